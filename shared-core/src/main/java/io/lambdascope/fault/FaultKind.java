package io.lambdascope.fault;

/// What went wrong, seen from the caller. Retry and each API's status follow from the kind alone: an API maps kinds
/// to its statuses in one exhaustive switch, and adding a kind makes every such switch fail to compile until it has
/// an answer.
public enum FaultKind {
    /// The request cannot be read or breaks a rule of its protocol; sending it again will not help.
    BAD_REQUEST,
    /// The query text or its types are wrong.
    BAD_QUERY,
    /// The query is well formed but cannot be evaluated over this data (a duplicate on the one side of a match …).
    EXECUTION,
    /// A limit of one query was reached: samples, series, memory, points.
    OVER_LIMIT,
    /// We know what is asked for and do not do it; the message names it.
    UNSUPPORTED,
    /// The body is larger than may be sent at once.
    TOO_LARGE,
    /// The content type or content encoding is none that we read.
    UNSUPPORTED_MEDIA,
    /// No token, or one that is not valid.
    UNAUTHENTICATED,
    /// The token is valid and does not allow this.
    FORBIDDEN,
    /// Nothing is there under this name.
    NOT_FOUND,
    /// The tenant sends faster than its limit; the same request will be taken later.
    RATE_LIMITED,
    /// The request ran out of time.
    TIMEOUT,
    /// A store or function throttled us or is away; the same request will be taken later.
    UNAVAILABLE,
    /// Stored bytes do not read as what they should be.
    CORRUPT_DATA,
    /// A fault of ours.
    INTERNAL
}

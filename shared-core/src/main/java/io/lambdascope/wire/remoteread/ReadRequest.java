package io.lambdascope.wire.remoteread;

import io.lambdascope.labels.Matcher;
import io.lambdascope.time.TimeRange;
import java.util.List;

/// A remote read request.
///
/// @param queries each wants an answer of its own
/// @param accepted the forms of answer that the client reads, the one that it likes best first, by their numbers in the
///     protocol; none: [Form#SAMPLES]
public record ReadRequest(List<Query> queries, List<Integer> accepted) {
    /// How an answer is written. The order is that of the protocol's numbers.
    public enum Form {
        /// One `prometheus.ReadResponse` with every sample.
        SAMPLES,
        /// Messages of `prometheus.ChunkedReadResponse` with chunks as Prometheus stores them.
        STREAMED_XOR_CHUNKS
    }

    /// Asks for series.
    ///
    /// @param matchers all must pass
    /// @param range of the samples wanted, as narrow as the request's hints make it; may be empty
    /// @param labelsOnly whether the client looks at no sample
    public record Query(List<Matcher> matchers, TimeRange range, boolean labelsOnly) {
        public Query {
            matchers = List.copyOf(matchers);
        }
    }

    public ReadRequest {
        queries = List.copyOf(queries);
        accepted = List.copyOf(accepted);
    }
}

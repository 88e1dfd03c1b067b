package io.lambdascope.source.logs;

/// From which end of the time a search for so many entries begins, and in which order it gives them.
public enum Direction {
    /// The earliest first.
    FORWARD,
    /// The latest first.
    BACKWARD
}

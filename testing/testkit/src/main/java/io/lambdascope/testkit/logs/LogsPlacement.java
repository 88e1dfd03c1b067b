package io.lambdascope.testkit.logs;

import java.util.List;

/// A way in which logs may lie; answers must not depend on it.
@FunctionalInterface
public interface LogsPlacement {
    /// Places entries, which arrived in this order and may repeat each other.
    PlacedLogs place(List<LogItem> items);
}

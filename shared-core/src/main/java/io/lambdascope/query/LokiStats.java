package io.lambdascope.query;

import io.lambdascope.source.logs.LogsStats;
import java.time.Duration;

/// What it took to answer a LogQL query.
///
/// @param took the time from request to answer
/// @param read what was read, and what need not be
/// @param keptLines lines that passed the query's filters
/// @param pieces into how many pieces the query was cut that ran apart, 0 if it ran here
public record LokiStats(Duration took, LogsStats read, long keptLines, int pieces) {}

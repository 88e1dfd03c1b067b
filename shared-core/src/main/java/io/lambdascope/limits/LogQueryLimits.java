package io.lambdascope.limits;

import java.time.Duration;
import java.util.List;

/// The limits of queries for logs, in section `logs` of the limits file, called as Loki calls them (`limits_config`).
public final class LogQueryLimits {
    private static final LimitGroup GROUP = new LimitGroup("logs");

    /// The most lines that a query may ask for, 0 for any number.
    public static final Limit<Long> MAX_ENTRIES_LIMIT_PER_QUERY =
            GROUP.count("max_entries_limit_per_query", 0, Integer.MAX_VALUE, 5000);

    /// From start to end of a query, 0 for any.
    public static final Limit<Duration> MAX_QUERY_LENGTH = GROUP.length("max_query_length", Duration.ofHours(721));

    /// What is older is as if it were not there, 0 for any.
    public static final Limit<Duration> MAX_QUERY_LOOKBACK = GROUP.length("max_query_lookback", Duration.ZERO);

    /// Series of the answer to a query for numbers, 0 for any number.
    public static final Limit<Long> MAX_QUERY_SERIES = GROUP.count("max_query_series", 0, 500);

    static final List<Limit<?>> ALL = GROUP.all();

    private LogQueryLimits() {}
}

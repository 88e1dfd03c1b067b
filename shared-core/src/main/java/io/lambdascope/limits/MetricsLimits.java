package io.lambdascope.limits;

import java.time.Duration;
import java.util.List;

/// The limits of metrics, called as Mimir calls them (`configuration-parameters`, `limits`), so that error texts and
/// advice found elsewhere fit. `docs/limits.md` lists them for operators; which of Mimir's are left out and which
/// defaults differ, and why, stand in `docs/adr/0023-limits-that-one-request-can-be-judged-by.md` and
/// `docs/adr/0055-limits-by-tenant.md`.
public final class MetricsLimits {
    private static final LimitGroup GROUP = new LimitGroup("");

    /// Bytes.
    public static final Limit<Long> MAX_LABEL_NAME_LENGTH = GROUP.count("max_label_name_length", 1, 1024);

    /// Bytes.
    public static final Limit<Long> MAX_LABEL_VALUE_LENGTH = GROUP.count("max_label_value_length", 1, 2048);

    /// The metric name counts as one.
    public static final Limit<Long> MAX_LABEL_NAMES_PER_SERIES = GROUP.count("max_label_names_per_series", 1, 30);

    /// The same for metrics whose name ends in `_info`.
    public static final Limit<Long> MAX_LABEL_NAMES_PER_INFO_SERIES =
            GROUP.count("max_label_names_per_info_series", 1, 80);

    /// Characters of family name and of unit; a longer help text is cut.
    public static final Limit<Long> MAX_METADATA_LENGTH =
            GROUP.count("max_metadata_length", 1, Integer.MAX_VALUE, 1024);

    /// Of one sample, 0 for any number.
    public static final Limit<Long> MAX_NATIVE_HISTOGRAM_BUCKETS = GROUP.count("max_native_histogram_buckets", 0, 0);

    /// Characters of all names and values of one exemplar. Not a limit of Mimir's: the 128 of OpenMetrics.
    public static final Limit<Long> MAX_EXEMPLAR_LABELS_LENGTH = GROUP.count("max_exemplar_labels_length", 1, 128);

    /// How far ahead of our clock a sample may be.
    public static final Limit<Duration> CREATION_GRACE_PERIOD =
            GROUP.length("creation_grace_period", Duration.ofMinutes(10));

    /// How old a sample may be when it arrives.
    public static final Limit<Duration> OUT_OF_ORDER_TIME_WINDOW =
            GROUP.length("out_of_order_time_window", Duration.ofDays(7));

    /// Bytes of a body when decompressed. Not a limit of Mimir's.
    public static final Limit<Long> MAX_PUSH_BYTES = GROUP.count("max_push_bytes", 1, 128 << 20, 32 << 20);

    /// Samples, exemplars and metadata a second, 0 for any number.
    public static final Limit<Double> INGESTION_RATE = GROUP.rate("ingestion_rate", 0);

    /// How many of them may come at once; less than a second's worth counts as that.
    public static final Limit<Long> INGESTION_BURST_SIZE = GROUP.count("ingestion_burst_size", 0, 200_000);

    /// Pushes a second, 0 for any number.
    public static final Limit<Double> REQUEST_RATE = GROUP.rate("request_rate", 0);

    /// How many of them may come at once; less than a second's worth counts as that.
    public static final Limit<Long> REQUEST_BURST_SIZE = GROUP.count("request_burst_size", 0, 0);

    /// Whether what comes too fast by remote write is answered 529, which every Prometheus sends again, rather than
    /// 429, which one has to be told to.
    public static final Limit<Boolean> SERVICE_OVERLOAD_STATUS_CODE_ON_RATE_LIMIT_ENABLED =
            GROUP.flag("service_overload_status_code_on_rate_limit_enabled", false);

    /// Bytes of the text of a query, 0 for what the parser takes.
    public static final Limit<Long> MAX_QUERY_EXPRESSION_SIZE_BYTES =
            GROUP.count("max_query_expression_size_bytes", 0, 0);

    /// From the first to the last step of a query, 0 for any.
    public static final Limit<Duration> MAX_TOTAL_QUERY_LENGTH = GROUP.length("max_total_query_length", Duration.ZERO);

    /// What is older is as if it were not there, 0 for any.
    public static final Limit<Duration> MAX_QUERY_LOOKBACK = GROUP.length("max_query_lookback", Duration.ZERO);

    /// How much time one request for series or labels covers, 0 for any.
    public static final Limit<Duration> MAX_LABELS_QUERY_LENGTH =
            GROUP.length("max_labels_query_length", Duration.ZERO);

    /// Samples of one query in memory at once.
    public static final Limit<Long> MAX_SAMPLES = GROUP.count("max_samples", 1, 50_000_000);

    /// Series that one query reads, 0 for any number.
    public static final Limit<Long> MAX_FETCHED_SERIES_PER_QUERY =
            GROUP.count("max_fetched_series_per_query", 0, 500_000);

    /// Stored bytes of the units that one query reads, 0 for any number.
    public static final Limit<Long> MAX_FETCHED_CHUNK_BYTES_PER_QUERY =
            GROUP.count("max_fetched_chunk_bytes_per_query", 0, 4L << 30);

    /// How long samples are kept, 0 for as long as the deployment says.
    public static final Limit<Duration> COMPACTOR_BLOCKS_RETENTION_PERIOD =
            GROUP.length("compactor_blocks_retention_period", Duration.ZERO);

    static final List<Limit<?>> ALL = GROUP.all();

    private MetricsLimits() {}
}

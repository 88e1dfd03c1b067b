package io.lambdascope.limits;

import io.lambdascope.limits.AttributeRule.Action;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The limits of logs, section `logs` of the limits file, called as Loki calls them (`limits_config`).
/// `docs/limits.md` lists them for operators; which of Loki's are left out, and why, stands in
/// `docs/adr/0068-what-of-a-log-push-is-refused.md`.
public final class LogsLimits {
    private static final LimitGroup GROUP = new LimitGroup("logs");

    /// 1 MB of those limits that are called so.
    public static final int BYTES_PER_MB = 1 << 20;

    /// MB of lines and structured metadata a second, 0 for any number.
    public static final Limit<Double> INGESTION_RATE_MB = GROUP.rate("ingestion_rate_mb", 4);

    /// How many MB may come at once; less than a second's worth counts as that.
    public static final Limit<Double> INGESTION_BURST_SIZE_MB = GROUP.rate("ingestion_burst_size_mb", 6);

    /// Bytes of a line, 0 for any number.
    public static final Limit<Long> MAX_LINE_SIZE = GROUP.count("max_line_size", 0, 256 << 10);

    /// Whether longer lines are cut rather than refused.
    public static final Limit<Boolean> MAX_LINE_SIZE_TRUNCATE = GROUP.flag("max_line_size_truncate", false);

    /// Whether entries may be too old.
    public static final Limit<Boolean> REJECT_OLD_SAMPLES = GROUP.flag("reject_old_samples", true);

    /// How old an entry may be when it arrives.
    public static final Limit<Duration> REJECT_OLD_SAMPLES_MAX_AGE =
            GROUP.length("reject_old_samples_max_age", Duration.ofDays(7));

    /// How far ahead of our clock an entry may be.
    public static final Limit<Duration> CREATION_GRACE_PERIOD =
            GROUP.length("creation_grace_period", Duration.ofMinutes(10));

    /// Of a stream; `service_name` does not count, since it may be ours.
    public static final Limit<Long> MAX_LABEL_NAMES_PER_SERIES = GROUP.count("max_label_names_per_series", 1, 15);

    /// Bytes.
    public static final Limit<Long> MAX_LABEL_NAME_LENGTH = GROUP.count("max_label_name_length", 1, 1024);

    /// Bytes.
    public static final Limit<Long> MAX_LABEL_VALUE_LENGTH = GROUP.count("max_label_value_length", 1, 2048);

    /// Whether entries may have structured metadata.
    public static final Limit<Boolean> ALLOW_STRUCTURED_METADATA = GROUP.flag("allow_structured_metadata", true);

    /// Bytes of the names and values of one entry, 0 for any number.
    public static final Limit<Long> MAX_STRUCTURED_METADATA_SIZE =
            GROUP.count("max_structured_metadata_size", 0, 64 << 10);

    /// Of one entry, 0 for any number.
    public static final Limit<Long> MAX_STRUCTURED_METADATA_ENTRIES_COUNT =
            GROUP.count("max_structured_metadata_entries_count", 0, 128);

    /// Labels or attributes of which the first that is there gives a stream its `service_name`; with none of them
    /// there is no such label.
    public static final Limit<List<String>> DISCOVER_SERVICE_NAME = GROUP.list(
            "discover_service_name",
            List.of(
                    "service",
                    "app",
                    "application",
                    "app_name",
                    "name",
                    "app_kubernetes_io_name",
                    "container",
                    "container_name",
                    "k8s_container_name",
                    "component",
                    "workload",
                    "job",
                    "k8s_job_name"));

    /// Whether entries get the structured metadata `detected_level`.
    public static final Limit<Boolean> DISCOVER_LOG_LEVELS = GROUP.flag("discover_log_levels", true);

    /// Whether the resource attributes that Loki makes labels of are not to be.
    public static final Limit<Boolean> OTLP_IGNORE_DEFAULTS =
            GROUP.flag("otlp_config.resource_attributes.ignore_defaults", false);

    /// What becomes of resource attributes; of those without a rule, the defaults decide.
    public static final Limit<List<AttributeRule>> OTLP_RESOURCE_ATTRIBUTES =
            GROUP.attributeRules("otlp_config.resource_attributes.attributes_config", EnumSet.allOf(Action.class));

    /// What becomes of attributes of scopes; those without a rule become structured metadata.
    public static final Limit<List<AttributeRule>> OTLP_SCOPE_ATTRIBUTES =
            GROUP.attributeRules("otlp_config.scope_attributes", Set.of(Action.STRUCTURED_METADATA, Action.DROP));

    /// What becomes of attributes of log records; those without a rule become structured metadata.
    public static final Limit<List<AttributeRule>> OTLP_LOG_ATTRIBUTES =
            GROUP.attributeRules("otlp_config.log_attributes", EnumSet.allOf(Action.class));

    /// Whether the severity's text becomes a label of the stream.
    public static final Limit<Boolean> OTLP_SEVERITY_TEXT_AS_LABEL =
            GROUP.flag("otlp_config.severity_text_as_label", false);

    static final List<Limit<?>> ALL = GROUP.all();

    private LogsLimits() {}
}

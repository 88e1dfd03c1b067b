package io.lambdascope.limits;

import java.util.Set;

/// How one tenant's OTLP metrics become series.
///
/// @param translationStrategy what becomes of names
/// @param promoteResourceAttributes resource attributes that become labels of each series
/// @param promoteAllResourceAttributes whether all others do too, but for `ignoreResourceAttributes`
/// @param ignoreResourceAttributes those that do not where all others do
/// @param keepIdentifyingResourceAttributes whether `target_info` has a label each for `service.name`,
///     `service.namespace` and `service.instance.id` beside `job` and `instance`
/// @param promoteScopeMetadata whether name, version, schema URL and attributes of the scope become labels
/// @param convertHistogramsToNhcb whether histograms with explicit bounds become one native histogram with custom
///     buckets rather than a float for each bucket
/// @param nativeDeltaIngestion whether data points of delta temporality are stored as they come; refused otherwise
public record OtlpSettings(
        TranslationStrategy translationStrategy,
        Set<String> promoteResourceAttributes,
        boolean promoteAllResourceAttributes,
        Set<String> ignoreResourceAttributes,
        boolean keepIdentifyingResourceAttributes,
        boolean promoteScopeMetadata,
        boolean convertHistogramsToNhcb,
        boolean nativeDeltaIngestion) {
    /// What becomes of names of metrics and attributes; called as Prometheus calls them.
    public enum TranslationStrategy {
        UNDERSCORE_ESCAPING_WITH_SUFFIXES("UnderscoreEscapingWithSuffixes", true, true),
        UNDERSCORE_ESCAPING_WITHOUT_SUFFIXES("UnderscoreEscapingWithoutSuffixes", true, false),
        NO_UTF8_ESCAPING_WITH_SUFFIXES("NoUTF8EscapingWithSuffixes", false, true),
        NO_TRANSLATION("NoTranslation", false, false);

        private final String text;
        private final boolean escapes;
        private final boolean addsSuffixes;

        TranslationStrategy(String text, boolean escapes, boolean addsSuffixes) {
            this.text = text;
            this.escapes = escapes;
            this.addsSuffixes = addsSuffixes;
        }

        /// As settings name it.
        public String text() {
            return text;
        }

        /// Whether what PromQL would want quoted becomes `_`.
        public boolean escapes() {
            return escapes;
        }

        /// Whether unit and type are added to names of metrics.
        public boolean addsSuffixes() {
            return addsSuffixes;
        }
    }

    /// Those of Prometheus, but that delta temporality is taken: `docs/adr/0042-otlp-metrics-become-series.md`.
    public static final OtlpSettings DEFAULTS = of(TenantLimits.DEFAULTS);

    public OtlpSettings {
        promoteResourceAttributes = Set.copyOf(promoteResourceAttributes);
        ignoreResourceAttributes = Set.copyOf(ignoreResourceAttributes);
    }

    /// The settings that a tenant's limits hold in their section `otlp`.
    public static OtlpSettings of(TenantLimits limits) {
        return new OtlpSettings(
                limits.get(OtlpLimits.TRANSLATION_STRATEGY),
                limits.get(OtlpLimits.PROMOTE_RESOURCE_ATTRIBUTES),
                limits.get(OtlpLimits.PROMOTE_ALL_RESOURCE_ATTRIBUTES),
                limits.get(OtlpLimits.IGNORE_RESOURCE_ATTRIBUTES),
                limits.get(OtlpLimits.KEEP_IDENTIFYING_RESOURCE_ATTRIBUTES),
                limits.get(OtlpLimits.PROMOTE_SCOPE_METADATA),
                limits.get(OtlpLimits.CONVERT_HISTOGRAMS_TO_NHCB),
                limits.get(OtlpLimits.NATIVE_DELTA_INGESTION));
    }

    /// Whether the resource attribute `key` becomes a label of each series.
    public boolean promotes(String key) {
        return promoteResourceAttributes.contains(key)
                || promoteAllResourceAttributes && !ignoreResourceAttributes.contains(key);
    }
}

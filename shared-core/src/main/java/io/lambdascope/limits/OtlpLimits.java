package io.lambdascope.limits;

import io.lambdascope.limits.OtlpSettings.TranslationStrategy;
import java.util.List;
import java.util.Set;

/// What becomes of a tenant's OTLP metrics, section `otlp` of the limits file: called as Prometheus calls it in the
/// block
/// of that name (prometheus `docs/configuration/configuration.md`). [OtlpSettings] says what each means.
final class OtlpLimits {
    private static final LimitGroup GROUP = new LimitGroup("otlp");

    static final Limit<TranslationStrategy> TRANSLATION_STRATEGY = GROUP.choice(
            "translation_strategy",
            TranslationStrategy.class,
            TranslationStrategy::text,
            TranslationStrategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES);

    static final Limit<Set<String>> PROMOTE_RESOURCE_ATTRIBUTES = GROUP.texts("promote_resource_attributes");

    static final Limit<Boolean> PROMOTE_ALL_RESOURCE_ATTRIBUTES = GROUP.flag("promote_all_resource_attributes", false);

    static final Limit<Set<String>> IGNORE_RESOURCE_ATTRIBUTES = GROUP.texts("ignore_resource_attributes");

    static final Limit<Boolean> KEEP_IDENTIFYING_RESOURCE_ATTRIBUTES =
            GROUP.flag("keep_identifying_resource_attributes", false);

    static final Limit<Boolean> PROMOTE_SCOPE_METADATA = GROUP.flag("promote_scope_metadata", false);

    static final Limit<Boolean> CONVERT_HISTOGRAMS_TO_NHCB = GROUP.flag("convert_histograms_to_nhcb", false);

    static final Limit<Boolean> NATIVE_DELTA_INGESTION = GROUP.flag("native_delta_ingestion", true);

    static final List<Limit<?>> ALL = GROUP.all();

    private OtlpLimits() {}
}

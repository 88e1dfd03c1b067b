package io.lambdascope.wire.otlp.metrics;

import io.lambdascope.labels.LabelText;
import io.lambdascope.limits.OtlpSettings.TranslationStrategy;

/// Names of attributes as names of labels.
final class LabelNames {
    private LabelNames() {}

    static String of(String key, TranslationStrategy strategy) {
        return strategy.escapes() ? LabelText.escapeName(key) : key;
    }
}

package io.lambdascope.wire.otlp.metrics;

import io.lambdascope.limits.OtlpSettings.TranslationStrategy;

/// Names of attributes as names of labels (prometheus/otlptranslator `label_namer.go`).
final class LabelNames {
    private LabelNames() {}

    /// Escaped: what is no letter, digit or `_` becomes `_`, a digit at the start gets `key_` before it and a single
    /// `_` there gets `key`; `__reserved__` names stay.
    static String of(String key, TranslationStrategy strategy) {
        if (!strategy.escapes() || key.isEmpty()) {
            return key;
        }
        StringBuilder escaped = new StringBuilder(key.length() + 4);
        key.codePoints().forEach(c -> escaped.append(isPlain(c) ? (char) c : '_'));
        char first = escaped.charAt(0);
        if (first >= '0' && first <= '9') {
            escaped.insert(0, "key_");
        } else if (first == '_' && (escaped.length() == 1 || escaped.charAt(1) != '_')) {
            escaped.insert(0, "key");
        }
        return escaped.toString();
    }

    private static boolean isPlain(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
    }
}

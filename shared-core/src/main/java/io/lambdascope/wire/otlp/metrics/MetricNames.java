package io.lambdascope.wire.otlp.metrics;

import io.lambdascope.limits.OtlpSettings.TranslationStrategy;
import java.util.ArrayList;
import java.util.List;

/// Names of metrics as Prometheus has them (prometheus/otlptranslator `metric_namer.go`).
final class MetricNames {
    private static final String TOTAL = "total";
    private static final String RATIO = "ratio";

    private MetricNames() {}

    /// @param counter whether it only goes up
    /// @param gauge whether it is a gauge and no sum
    static String of(String name, String unit, boolean counter, boolean gauge, TranslationStrategy strategy) {
        MetricUnit words = strategy.addsSuffixes() ? MetricUnit.of(unit, strategy) : MetricUnit.NONE;
        String kind = "";
        if (strategy.addsSuffixes()) {
            kind = counter ? TOTAL : gauge && unit.equals("1") ? RATIO : "";
        }
        if (!strategy.escapes()) {
            return asIs(name, words, kind);
        }
        String escaped = strategy.addsSuffixes() ? suffixed(words(name), words, kind) : escaped(name);
        return !escaped.isEmpty() && escaped.charAt(0) >= '0' && escaped.charAt(0) <= '9' ? "_" + escaped : escaped;
    }

    /// A word that the name has already is not repeated, but `total` and `ratio` move to the end.
    private static String suffixed(String name, MetricUnit unit, String kind) {
        String suffixed = hasWord(name, unit.main()) ? name : join(name, unit.main());
        suffixed = join(suffixed, unit.per());
        return kind.isEmpty() ? suffixed : join(withoutWord(suffixed, kind), kind);
    }

    private static String join(String name, String suffix) {
        return name.isEmpty() || suffix.isEmpty() ? name + suffix : name + "_" + suffix;
    }

    /// Whether `word` stands in `name`, between underscores or the ends.
    private static boolean hasWord(String name, String word) {
        for (int at = word.isEmpty() ? -1 : name.indexOf(word); at >= 0; at = name.indexOf(word, at + 1)) {
            int end = at + word.length();
            if ((at == 0 || name.charAt(at - 1) == '_') && (end == name.length() || name.charAt(end) == '_')) {
                return true;
            }
        }
        return false;
    }

    private static String withoutWord(String name, String word) {
        boolean atEnd = name.endsWith("_" + word);
        String rest = atEnd ? name.substring(0, name.length() - word.length() - 1) : name;
        if (!hasWord(rest, word)) {
            return rest;
        }
        List<String> words = split(rest, false);
        words.removeIf(word::equals);
        return String.join("_", words);
    }

    /// What stands between characters that are no letters, digits or colons, joined by one `_` each.
    static String words(String name) {
        return isWords(name) ? name : String.join("_", split(name, false));
    }

    private static boolean isWords(String name) {
        boolean between = true;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!isPlain(c, !between)) {
                return false;
            }
            between = c == '_';
        }
        return !between || name.isEmpty();
    }

    private static String escaped(String name) {
        return String.join("_", split(name, true));
    }

    private static List<String> split(String name, boolean keepUnderscores) {
        List<String> words = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= name.length(); i++) {
            if (i == name.length() || !isPlain(name.charAt(i), keepUnderscores)) {
                if (i > from) {
                    words.add(name.substring(from, i));
                }
                from = i + 1;
            }
        }
        return words;
    }

    private static boolean isPlain(char c, boolean underscore) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == ':'
                || c == '_' && underscore;
    }

    /// A suffix that the name ends with already stays where it is: main unit, per unit, then `total` or `ratio`.
    private static String asIs(String name, MetricUnit unit, String kind) {
        String base = withoutSuffix(withoutSuffix(name, kind), unit.per());
        String suffixed = base.endsWith(unit.main()) ? base : base + "_" + unit.main();
        suffixed = unit.per().isEmpty() ? suffixed : suffixed + "_" + unit.per();
        return kind.isEmpty() ? suffixed : suffixed + "_" + kind;
    }

    /// Takes the suffix and the one character before it, whatever joins them, from the end.
    private static String withoutSuffix(String name, String suffix) {
        int length = suffix.length() + 1;
        return !suffix.isEmpty() && name.endsWith(suffix) && name.length() > length
                ? name.substring(0, name.length() - length)
                : name;
    }
}

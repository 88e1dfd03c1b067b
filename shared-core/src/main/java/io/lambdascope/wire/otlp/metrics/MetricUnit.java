package io.lambdascope.wire.otlp.metrics;

import io.lambdascope.limits.OtlpSettings.TranslationStrategy;
import java.util.Map;

/// A UCUM unit in the words that Prometheus' names have (prometheus/otlptranslator `unit_namer.go`): `By/s` is
/// `bytes` and `per_second`. What has no word stands as it is; annotations such as `{request}` are no unit.
///
/// @param main before the slash, may be empty
/// @param per behind it, with `per_`; may be empty
record MetricUnit(String main, String per) {
    private static final Map<String, String> MAIN = Map.ofEntries(
            Map.entry("d", "days"),
            Map.entry("h", "hours"),
            Map.entry("min", "minutes"),
            Map.entry("s", "seconds"),
            Map.entry("ms", "milliseconds"),
            Map.entry("us", "microseconds"),
            Map.entry("ns", "nanoseconds"),
            Map.entry("By", "bytes"),
            Map.entry("KiBy", "kibibytes"),
            Map.entry("MiBy", "mebibytes"),
            Map.entry("GiBy", "gibibytes"),
            Map.entry("TiBy", "tebibytes"),
            Map.entry("KBy", "kilobytes"),
            Map.entry("MBy", "megabytes"),
            Map.entry("GBy", "gigabytes"),
            Map.entry("TBy", "terabytes"),
            Map.entry("m", "meters"),
            Map.entry("V", "volts"),
            Map.entry("A", "amperes"),
            Map.entry("J", "joules"),
            Map.entry("W", "watts"),
            Map.entry("g", "grams"),
            Map.entry("Cel", "celsius"),
            Map.entry("Hz", "hertz"),
            Map.entry("1", ""),
            Map.entry("%", "percent"));

    private static final Map<String, String> PER =
            Map.of("s", "second", "m", "minute", "h", "hour", "d", "day", "w", "week", "mo", "month", "y", "year");

    static final MetricUnit NONE = new MetricUnit("", "");

    static MetricUnit of(String unit, TranslationStrategy strategy) {
        if (unit.isEmpty()) {
            return NONE;
        }
        int slash = unit.indexOf('/');
        String main = word(slash < 0 ? unit : unit.substring(0, slash), MAIN, strategy);
        String per = slash < 0 ? "" : word(unit.substring(slash + 1), PER, strategy);
        return new MetricUnit(main, per.isEmpty() ? "" : "per_" + per);
    }

    private static String word(String unit, Map<String, String> words, TranslationStrategy strategy) {
        String stripped = unit.strip();
        String word = words.get(stripped);
        if (word != null) {
            return word;
        }
        boolean annotation = stripped.indexOf('{') >= 0 || stripped.indexOf('}') >= 0;
        return annotation ? "" : strategy.escapes() ? MetricNames.words(stripped) : stripped;
    }

    /// Both parts, as metadata has it.
    String text() {
        return main.isEmpty() || per.isEmpty() ? main + per : main + "_" + per;
    }
}

package io.lambdascope.testkit.promql;

import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.NativeHistogram.ResetHint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Native histogram literals: `{{schema:1 sum:5 count:4 buckets:[1 2 1]}}`.
final class HistogramNotation {
    private static final Pattern ENTRY = Pattern.compile("\\s*([a-z_]+)\\s*:\\s*(\\[[^]]*]|[^\\s\\[\\]]+)\\s*");
    private static final Set<String> KEYS = Set.of(
            "schema",
            "count",
            "sum",
            "z_bucket",
            "z_bucket_w",
            "buckets",
            "offset",
            "n_buckets",
            "n_offset",
            "custom_values",
            "counter_reset_hint");

    private final Map<String, String> entries = new HashMap<>();

    private HistogramNotation(String body) {
        Matcher entry = ENTRY.matcher(body);
        int at = 0;
        while (at < body.length() && !body.substring(at).isBlank()) {
            if (!entry.find(at) || entry.start() != at) {
                throw new ScriptException("cannot read histogram {{%s}} from column %d on".formatted(body, at + 3));
            }
            String key = entry.group(1);
            if (!KEYS.contains(key)) {
                throw new ScriptException("unknown key \"%s\" in histogram {{%s}}".formatted(key, body));
            }
            if (entries.put(key, entry.group(2)) != null) {
                throw new ScriptException("key \"%s\" stands twice in histogram {{%s}}".formatted(key, body));
            }
            at = entry.end();
        }
    }

    /// Reads what stands between the braces.
    static ScriptValue.Histogram parse(String body) {
        HistogramNotation notation = new HistogramNotation(body);
        return new ScriptValue.Histogram(notation.histogram(), notation.entries.containsKey("counter_reset_hint"));
    }

    private NativeHistogram histogram() {
        int schema = integer("schema");
        double[] customValues = numbers("custom_values");
        if (schema != NativeHistogram.CUSTOM_BUCKETS && (schema < -4 || schema > 8)) {
            throw new ScriptException("schema %d is none of -4 to 8 and -53".formatted(schema));
        }
        double[] positive = numbers("buckets");
        double[] negative = numbers("n_buckets");
        return new NativeHistogram(
                schema,
                number("z_bucket_w"),
                number("z_bucket"),
                number("count"),
                number("sum"),
                span(integer("offset"), positive),
                positive,
                span(integer("n_offset"), negative),
                negative,
                customValues,
                hint(entries.get("counter_reset_hint")));
    }

    private static int[] span(int offset, double[] buckets) {
        return buckets.length == 0 ? new int[0] : new int[] {offset, buckets.length};
    }

    private static ResetHint hint(@Nullable String text) {
        return switch (text) {
            case null -> ResetHint.UNKNOWN;
            case "unknown" -> ResetHint.UNKNOWN;
            case "reset" -> ResetHint.RESET;
            case "not_reset" -> ResetHint.NOT_RESET;
            case "gauge" -> ResetHint.GAUGE;
            default -> throw new ScriptException("unknown counter_reset_hint \"%s\"".formatted(text));
        };
    }

    private int integer(String key) {
        String text = entries.get(key);
        try {
            return text == null ? 0 : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new ScriptException("%s should be an integer, not \"%s\"".formatted(key, text));
        }
    }

    private double number(String key) {
        String text = entries.get(key);
        return text == null ? 0 : ScriptNumber.parse(text);
    }

    private double[] numbers(String key) {
        String text = entries.get(key);
        if (text == null) {
            return new double[0];
        }
        if (!text.startsWith("[")) {
            throw new ScriptException("%s should be a list as in [1 2], not \"%s\"".formatted(key, text));
        }
        List<Double> values = new ArrayList<>();
        for (String item : text.substring(1, text.length() - 1).trim().split("\\s+")) {
            if (!item.isEmpty()) {
                values.add(ScriptNumber.parse(item));
            }
        }
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}

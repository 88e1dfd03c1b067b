package io.lambdascope.testkit.promql;

import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.NativeHistogram.ResetHint;
import io.lambdascope.model.metrics.StaleMarker;
import io.lambdascope.result.PromResult;
import java.util.Arrays;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Values and results in the notation of scripts, for messages.
final class ResultText {
    private static final int SHOWN_SERIES = 5;

    private ResultText() {}

    static String of(ScriptValue value, boolean withHint) {
        return switch (value) {
            case ScriptValue.Gap _ -> "_";
            case ScriptValue.Number(double number) -> number(number);
            case ScriptValue.Histogram histogram -> histogram(histogram.value(), withHint);
        };
    }

    static String of(double value, @Nullable NativeHistogram histogram, boolean withHint) {
        return histogram == null ? number(value) : histogram(histogram, withHint);
    }

    private static String number(double value) {
        if (StaleMarker.isStale(value)) {
            return "stale";
        }
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.valueOf((long) value)
                : String.valueOf(value).replace("Infinity", "Inf");
    }

    private static String histogram(NativeHistogram histogram, boolean withHint) {
        StringBuilder text = new StringBuilder("{{schema:" + histogram.schema());
        text.append(" count:").append(number(histogram.count()));
        text.append(" sum:").append(number(histogram.sum()));
        if (histogram.zeroCount() != 0 || histogram.zeroThreshold() != 0) {
            text.append(" z_bucket:").append(number(histogram.zeroCount()));
            text.append(" z_bucket_w:").append(number(histogram.zeroThreshold()));
        }
        buckets(text, "", BucketMap.compact(BucketMap.positive(histogram)));
        buckets(text, "n_", BucketMap.compact(BucketMap.negative(histogram)));
        if (histogram.customValues().length > 0) {
            text.append(" custom_values:").append(list(histogram.customValues()));
        }
        if (withHint && histogram.resetHint() != ResetHint.UNKNOWN) {
            text.append(" counter_reset_hint:")
                    .append(histogram.resetHint().name().toLowerCase(Locale.ROOT));
        }
        return text.append("}}").toString();
    }

    private static void buckets(StringBuilder into, String sign, TreeMap<Integer, Double> populations) {
        if (!populations.isEmpty()) {
            double[] dense = new double[populations.lastKey() - populations.firstKey() + 1];
            populations.forEach((index, population) -> dense[index - populations.firstKey()] = population);
            into.append(" %soffset:%d %sbuckets:%s".formatted(sign, populations.firstKey(), sign, list(dense)));
        }
    }

    private static String list(double[] values) {
        return Arrays.stream(values).mapToObj(ResultText::number).collect(Collectors.joining(" ", "[", "]"));
    }

    /// The whole result, cut short if it has many series.
    static String of(PromResult result) {
        return switch (result) {
            case PromResult.Scalar scalar -> "scalar " + number(scalar.value());
            case PromResult.Text text -> "string \"" + text.value() + "\"";
            case PromResult.Vector vector ->
                "vector of %d: %s"
                        .formatted(
                                vector.samples().size(),
                                vector.samples().stream()
                                        .limit(SHOWN_SERIES)
                                        .map(ResultText::sample)
                                        .collect(Collectors.joining(", ")));
            case PromResult.Matrix matrix ->
                "matrix of %d: %s"
                        .formatted(
                                matrix.series().size(),
                                matrix.series().stream()
                                        .limit(SHOWN_SERIES)
                                        .map(ResultText::series)
                                        .collect(Collectors.joining(", ")));
        };
    }

    static String sample(PromResult.Sample sample) {
        return sample.labels() + " " + of(sample.value(), sample.histogram(), false);
    }

    static String series(PromResult.Series series) {
        StringBuilder text = new StringBuilder(series.labels().toString());
        for (int i = 0; i < series.size(); i++) {
            text.append(' ')
                    .append(of(series.values()[i], series.histogram(i), false))
                    .append('@')
                    .append(series.timestamps()[i]);
        }
        return text.toString();
    }
}

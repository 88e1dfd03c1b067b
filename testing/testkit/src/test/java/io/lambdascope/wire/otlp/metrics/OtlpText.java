package io.lambdascope.wire.otlp.metrics;

import io.lambdascope.labels.NumberText;
import io.lambdascope.model.metrics.Exemplar;
import io.lambdascope.model.metrics.MetricMetadata;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.NativeHistogram.ResetHint;
import io.lambdascope.model.metrics.StaleMarker;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/// What a request became, as people read it: a line for each sample, exemplar, refusal.
final class OtlpText {
    private OtlpText() {}

    static List<String> of(OtlpMetrics metrics, boolean withMetadata) {
        MetricsBatch batch = metrics.batch();
        List<String> lines = new ArrayList<>();
        for (int series = 0; series < batch.seriesCount(); series++) {
            for (int s = batch.sampleStart(series); s < batch.sampleEnd(series); s++) {
                NativeHistogram histogram = batch.histogram(s);
                String value = histogram == null ? number(batch.values()[s]) : text(histogram);
                String since = batch.startMillis(s) == 0 ? "" : " since " + time(batch.startMillis(s));
                lines.add("%s %s @ %s%s".formatted(batch.labels(series), value, time(batch.timestamps()[s]), since));
            }
        }
        for (MetricsBatch.SeriesExemplar item : batch.exemplars()) {
            Exemplar exemplar = item.exemplar();
            lines.add("exemplar of %s: %s %s @ %s"
                    .formatted(
                            batch.labels(item.series()),
                            exemplar.labels(),
                            number(exemplar.value()),
                            time(exemplar.timestampMillis())));
        }
        if (withMetadata) {
            for (MetricMetadata item : batch.metadata()) {
                lines.add("metadata %s: %s, unit \"%s\", \"%s\""
                        .formatted(item.family(), item.type().text(), item.unit(), item.help()));
            }
        }
        if (metrics.refused() > 0 || !metrics.rejections().isEmpty()) {
            lines.add("refused %d: %s"
                    .formatted(metrics.refused(), metrics.rejections().text()));
        }
        return lines;
    }

    private static String time(long millis) {
        long fromBase = millis - 1000 * OtlpCase.BASE_SECONDS;
        return fromBase < -1_000_000_000L
                ? millis + " ms"
                : "T+" + BigDecimal.valueOf(fromBase, 3).stripTrailingZeros().toPlainString();
    }

    private static String number(double value) {
        return StaleMarker.isStale(value) ? "stale" : NumberText.plain(value);
    }

    private static String text(NativeHistogram histogram) {
        StringJoiner text = new StringJoiner(" ", "{", "}");
        text.add(histogram.schema() == NativeHistogram.CUSTOM_BUCKETS ? "custom" : "schema:" + histogram.schema());
        text.add("count:" + number(histogram.count())).add("sum:" + number(histogram.sum()));
        if (histogram.zeroCount() != 0) {
            text.add("zero:%s within %s"
                    .formatted(number(histogram.zeroCount()), Double.toString(histogram.zeroThreshold())));
        }
        buckets("+", histogram.positiveSpans(), histogram.positiveBuckets(), text);
        buckets("-", histogram.negativeSpans(), histogram.negativeBuckets(), text);
        if (histogram.customValues().length > 0) {
            StringJoiner bounds = new StringJoiner(" ", "bounds:[", "]");
            for (double bound : histogram.customValues()) {
                bounds.add(number(bound));
            }
            text.add(bounds.toString());
        }
        if (histogram.resetHint() != ResetHint.UNKNOWN) {
            text.add(histogram.resetHint().toString().toLowerCase());
        }
        return text.toString();
    }

    /// Each bucket as `index:population`.
    private static void buckets(String sign, int[] spans, double[] populations, StringJoiner text) {
        if (populations.length == 0) {
            return;
        }
        StringJoiner buckets = new StringJoiner(" ", sign + "[", "]");
        int index = 0;
        int n = 0;
        for (int i = 0; i < spans.length; i += 2) {
            index += spans[i];
            if (i > 0) {
                buckets.add("|");
            }
            for (int k = 0; k < spans[i + 1]; k++) {
                buckets.add(index++ + ":" + number(populations[n++]));
            }
        }
        text.add(buckets.toString());
    }
}

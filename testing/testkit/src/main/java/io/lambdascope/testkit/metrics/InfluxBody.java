package io.lambdascope.testkit.metrics;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.MetricsBatch;
import java.nio.charset.StandardCharsets;

/// What a sender of Influx line protocol puts on the wire.
public final class InfluxBody {
    private InfluxBody() {}

    /// The floats of `batch` that can be sent (neither histograms nor NaN nor infinities), a line each, in nanoseconds:
    /// the metric name as measurement, with a field called `value`.
    public static byte[] of(MetricsBatch batch) {
        StringBuilder lines = new StringBuilder();
        for (int series = 0; series < batch.seriesCount(); series++) {
            Labels labels = batch.labels(series);
            for (int s = batch.sampleStart(series); s < batch.sampleEnd(series); s++) {
                if (canSend(batch, s)) {
                    line(labels, batch.values()[s], batch.timestamps()[s], lines);
                }
            }
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    public static boolean canSend(MetricsBatch batch, int sample) {
        return batch.histogram(sample) == null && Double.isFinite(batch.values()[sample]);
    }

    private static void line(Labels labels, double value, long timestampMillis, StringBuilder lines) {
        lines.append(escape(labels.metricName()));
        labels.without(Labels.NAME)
                .forEach((name, text) ->
                        lines.append(',').append(escape(name)).append('=').append(escape(text)));
        lines.append(" value=")
                .append(value)
                .append(' ')
                .append(timestampMillis)
                .append("000000\n");
    }

    private static String escape(String word) {
        return word.replaceAll("([,= ])", "\\\\$1");
    }
}

package io.lambdascope.testkit.metrics;

import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.SeriesSamples;
import io.lambdascope.source.metrics.MetricsCursor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Samples as text in which every bit counts, to compare.
public final class BatchText {
    private BatchText() {}

    /// The samples of a series of a batch, as they stand.
    public static List<String> samples(MetricsBatch batch, int series) {
        List<String> texts = new ArrayList<>();
        for (int s = batch.sampleStart(series); s < batch.sampleEnd(series); s++) {
            texts.add(sample(batch.timestamps()[s], batch.values()[s], batch.histogram(s), batch.startMillis(s)));
        }
        return texts;
    }

    public static List<String> samples(SeriesSamples samples) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            texts.add(sample(samples.timestamp(i), samples.value(i), samples.histogram(i), samples.startMillis(i)));
        }
        return texts;
    }

    /// Every series of a cursor with its samples.
    public static Map<String, List<String>> all(MetricsCursor cursor) {
        Map<String, List<String>> all = new TreeMap<>();
        while (cursor.next()) {
            all.put(cursor.labels().toString(), samples(cursor.samples()));
        }
        return all;
    }

    public static String sample(long time, double value, @Nullable NativeHistogram histogram, long start) {
        String text = "%d %x".formatted(time, Double.doubleToRawLongBits(value));
        if (histogram != null) {
            text += " schema %d %s zero %s %s count %s +%s%s -%s%s custom %s"
                    .formatted(
                            histogram.schema(),
                            histogram.resetHint(),
                            histogram.zeroThreshold(),
                            histogram.zeroCount(),
                            histogram.count(),
                            Arrays.toString(histogram.positiveSpans()),
                            Arrays.toString(histogram.positiveBuckets()),
                            Arrays.toString(histogram.negativeSpans()),
                            Arrays.toString(histogram.negativeBuckets()),
                            Arrays.toString(histogram.customValues()));
        }
        return start == 0 ? text : text + " since " + start;
    }
}

package io.lambdascope.wire.remoteread;

import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.NativeHistogram.ResetHint;
import io.lambdascope.model.metrics.SeriesSamples;
import io.lambdascope.testkit.metrics.BatchText;
import java.util.ArrayList;
import java.util.List;

/// Samples as text, of histograms only the populated buckets: which empty ones are listed beside them makes no
/// difference.
final class PopulatedBuckets {
    private PopulatedBuckets() {}

    static List<String> texts(SeriesSamples samples) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            texts.add(text(samples, i, true));
        }
        return texts;
    }

    /// @param hints whether hints of counter resets count
    static String text(SeriesSamples samples, int index, boolean hints) {
        NativeHistogram histogram = samples.histogram(index);
        return BatchText.sample(
                samples.timestamp(index),
                samples.value(index),
                histogram == null ? null : populated(histogram, hints),
                0);
    }

    private static NativeHistogram populated(NativeHistogram histogram, boolean hints) {
        boolean stale = histogram.isStale();
        Sign positive = Sign.of(histogram.positiveSpans(), histogram.positiveBuckets());
        Sign negative = Sign.of(histogram.negativeSpans(), histogram.negativeBuckets());
        return new NativeHistogram(
                stale ? 0 : histogram.schema(),
                stale ? 0 : histogram.zeroThreshold(),
                stale ? 0 : histogram.zeroCount(),
                stale ? 0 : histogram.count(),
                histogram.sum(),
                stale ? new int[0] : positive.indices,
                stale ? new double[0] : positive.populations,
                stale ? new int[0] : negative.indices,
                stale ? new double[0] : negative.populations,
                stale ? new double[0] : histogram.customValues(),
                stale || !hints ? ResetHint.UNKNOWN : histogram.resetHint());
    }

    private record Sign(int[] indices, double[] populations) {
        static Sign of(int[] spans, double[] populations) {
            List<Integer> indices = new ArrayList<>();
            List<Double> populated = new ArrayList<>();
            int index = 0;
            int n = 0;
            for (int i = 0; i < spans.length; i += 2) {
                index += spans[i];
                for (int j = 0; j < spans[i + 1]; j++, index++, n++) {
                    if (populations[n] != 0) {
                        indices.add(index);
                        populated.add(populations[n]);
                    }
                }
            }
            return new Sign(
                    indices.stream().mapToInt(Integer::intValue).toArray(),
                    populated.stream().mapToDouble(Double::doubleValue).toArray());
        }
    }
}

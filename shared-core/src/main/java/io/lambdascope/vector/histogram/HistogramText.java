package io.lambdascope.vector.histogram;

import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.vector.GoFloat;

/// A native histogram as text: what `count_values` puts into a label.
public final class HistogramText {
    private HistogramText() {}

    /// As in `{count:20, sum:10, [-2,-1):2, [-0.001,0.001]:2, (0.5,1]:1}`.
    public static String print(NativeHistogram input) {
        FloatHistogram histogram = FloatHistogram.of(input);
        BucketRun run = BucketRun.of(histogram);
        StringBuilder out = new StringBuilder("{count:")
                .append(GoFloat.general(histogram.count()))
                .append(", sum:")
                .append(GoFloat.general(histogram.sum()));
        int negatives = histogram.negative().compacted().size;
        for (int i = 0; i < run.size; i++) {
            boolean negative = i < negatives;
            out.append(", ")
                    .append(negative || run.isZero(i) ? '[' : '(')
                    .append(GoFloat.general(run.lower[i]))
                    .append(',')
                    .append(GoFloat.general(run.upper[i]))
                    .append(negative ? ')' : ']')
                    .append(':')
                    .append(GoFloat.general(run.counts[i]));
        }
        return out.append('}').toString();
    }
}

package io.lambdascope.exec.metrics;

import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.NativeHistogram.ResetHint;
import io.lambdascope.model.metrics.SeriesSamples;
import io.lambdascope.ql.promql.PromExpr;
import io.lambdascope.ql.promql.PromExpr.Call;
import io.lambdascope.ql.promql.PromExpr.Subquery;
import io.lambdascope.ql.promql.PromExpr.VectorSelector;
import io.lambdascope.ql.promql.PromWalk;
import io.lambdascope.vector.histogram.FloatHistogram;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds selectors of whose histograms only count and sum are wanted, as inside `histogram_count(rate(x[5m]))`.
/// Their buckets are left out once it is known from them where the counter was reset (prometheus
/// `promql/histogram_stats_iterator.go`).
final class HistogramStats {
    private static final int[] NO_SPANS = new int[0];
    private static final double[] NO_BUCKETS = new double[0];

    private final Set<VectorSelector> selectors = Collections.newSetFromMap(new IdentityHashMap<>());

    HistogramStats(PromExpr expr) {
        find(expr, false);
    }

    private void find(PromExpr expr, boolean statsOnly) {
        switch (expr) {
            case VectorSelector selector -> {
                if (statsOnly) {
                    selectors.add(selector);
                }
            }
            // the points of a subquery are no neighbours, so resets between them are found from their buckets
            case Subquery subquery -> find(subquery.input(), false);
            case Call call -> {
                boolean stats = switch (call.function()) {
                    case HISTOGRAM_COUNT, HISTOGRAM_SUM, HISTOGRAM_AVG -> true;
                    case HISTOGRAM_QUANTILE, HISTOGRAM_QUANTILES, HISTOGRAM_FRACTION -> false;
                    default -> statsOnly;
                };
                call.args().forEach(arg -> find(arg, stats));
            }
            case PromExpr.Binary binary -> {
                find(binary.left(), false);
                find(binary.right(), false);
            }
            default -> PromWalk.children(expr).forEach(child -> find(child, statsOnly));
        }
    }

    boolean isEnoughFor(VectorSelector selector) {
        return selectors.contains(selector);
    }

    /// The samples without buckets, and with the resets found in them since `fromMillis`.
    static SeriesSamples of(SeriesSamples samples, long fromMillis) {
        if (!samples.hasHistograms()) {
            return samples;
        }
        SeriesSamples result = new SeriesSamples();
        FloatHistogram previous = null;
        for (int i = 0; i < samples.size(); i++) {
            NativeHistogram histogram = samples.histogram(i);
            if (histogram == null || samples.timestamp(i) < fromMillis) {
                result.addFrom(samples, i);
                continue;
            }
            FloatHistogram current = FloatHistogram.of(histogram);
            result.add(samples.timestamp(i), stripped(histogram, hint(previous, current)));
            result.startedAt(samples.startMillis(i));
            previous = histogram.isStale() ? previous : current;
        }
        return result;
    }

    private static ResetHint hint(@Nullable FloatHistogram previous, FloatHistogram current) {
        if (current.hint() != ResetHint.UNKNOWN || previous == null) {
            return current.hint();
        }
        return current.isResetAfter(previous) ? ResetHint.RESET : ResetHint.NOT_RESET;
    }

    private static NativeHistogram stripped(NativeHistogram histogram, ResetHint hint) {
        return new NativeHistogram(
                histogram.schema(),
                histogram.zeroThreshold(),
                0,
                histogram.count(),
                histogram.sum(),
                NO_SPANS,
                NO_BUCKETS,
                NO_SPANS,
                NO_BUCKETS,
                histogram.customValues(),
                hint);
    }
}

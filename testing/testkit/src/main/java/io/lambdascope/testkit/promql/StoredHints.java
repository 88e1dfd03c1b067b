package io.lambdascope.testkit.promql;

import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.NativeHistogram.ResetHint;
import io.lambdascope.model.metrics.StaleMarker;
import io.lambdascope.testkit.promql.ScriptStore.Stored;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What Prometheus' storage makes of counter reset hints: a gauge stays one; of counters, the first of a stored chunk
/// comes back as unknown and the others as not reset (prometheus `tsdb/chunkenc/float_histogram.go`). A chunk ends
/// where the layout or the kind changes, at a reset, and after a stale marker.
final class StoredHints {
    private StoredHints() {}

    static List<Stored> apply(List<Stored> samples) {
        List<Stored> stored = new ArrayList<>(samples.size());
        @Nullable Stored before = null;
        for (Stored sample : samples) {
            stored.add(withHint(sample, before));
            before = sample;
        }
        return stored;
    }

    private static Stored withHint(Stored sample, @Nullable Stored before) {
        NativeHistogram histogram = sample.histogram();
        if (histogram == null || histogram.resetHint() == ResetHint.GAUGE) {
            return sample;
        }
        boolean first = before == null
                || before.histogram() == null
                || StaleMarker.isStale(before.value())
                || startsChunk(before.histogram(), histogram);
        NativeHistogram hinted = new NativeHistogram(
                histogram.schema(),
                histogram.zeroThreshold(),
                histogram.zeroCount(),
                histogram.count(),
                histogram.sum(),
                histogram.positiveSpans(),
                histogram.positiveBuckets(),
                histogram.negativeSpans(),
                histogram.negativeBuckets(),
                histogram.customValues(),
                first ? ResetHint.UNKNOWN : ResetHint.NOT_RESET);
        return new Stored(sample.timestampMillis(), sample.value(), hinted, sample.startMillis());
    }

    private static boolean startsChunk(NativeHistogram before, NativeHistogram now) {
        return now.resetHint() == ResetHint.RESET
                || before.resetHint() == ResetHint.GAUGE
                || now.schema() != before.schema()
                || now.zeroThreshold() != before.zeroThreshold()
                || !Arrays.equals(now.customValues(), before.customValues())
                || now.count() < before.count()
                || now.zeroCount() < before.zeroCount()
                || anyFell(BucketMap.positive(before), BucketMap.positive(now))
                || anyFell(BucketMap.negative(before), BucketMap.negative(now));
    }

    private static boolean anyFell(TreeMap<Integer, Double> before, TreeMap<Integer, Double> now) {
        for (Map.Entry<Integer, Double> bucket : before.entrySet()) {
            if (now.getOrDefault(bucket.getKey(), 0.0) < bucket.getValue()) {
                return true;
            }
        }
        return false;
    }
}

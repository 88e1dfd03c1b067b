package io.lambdascope.head.metrics;

import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.SampleRule;
import io.lambdascope.model.metrics.SeriesSamples;
import java.util.Arrays;

/// Brings samples of one series that come in any order, and maybe several times, into order, each moment once.
/// Reused from series to series.
final class SampleCollector {
    private final SeriesSamples sorted = new SeriesSamples();
    private final SeriesSamples arrived = new SeriesSamples();
    private boolean ascending = true;

    void clear() {
        sorted.clear();
        arrived.clear();
        ascending = true;
    }

    void add(MetricsBatch batch, int sample) {
        long time = batch.timestamps()[sample];
        ascending &= arrived.isEmpty() || arrived.timestamp(arrived.size() - 1) < time;
        NativeHistogram histogram = batch.histogram(sample);
        if (histogram == null) {
            arrived.add(time, batch.values()[sample]);
        } else {
            arrived.add(time, histogram);
        }
        arrived.startedAt(batch.startMillis(sample));
    }

    /// What was added since [#clear]; valid until the next one.
    SeriesSamples result() {
        if (ascending) {
            return arrived;
        }
        Integer[] order = new Integer[arrived.size()];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> {
            int byTime = Long.compare(arrived.timestamp(a), arrived.timestamp(b));
            return byTime != 0 ? byTime : SampleRule.compare(arrived, b, arrived, a);
        });
        sorted.clear();
        for (int index : order) {
            if (sorted.isEmpty() || sorted.timestamp(sorted.size() - 1) != arrived.timestamp(index)) {
                sorted.addFrom(arrived, index);
            }
        }
        return sorted;
    }
}

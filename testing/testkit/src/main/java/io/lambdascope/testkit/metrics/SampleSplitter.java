package io.lambdascope.testkit.metrics;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.model.metrics.SeriesSamples;
import io.lambdascope.model.metrics.StaleMarker;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.random.RandomGenerator;

/// Cuts series into batches as agents might have sent them: each sample in one batch at least.
public final class SampleSplitter {
    private final RandomGenerator random;
    private final int batches;
    private boolean shuffled;
    private boolean repeated;
    private boolean contradicted;

    /// @param batches how many to make
    public SampleSplitter(RandomGenerator random, int batches) {
        this.random = random;
        this.batches = batches;
    }

    /// Each sample goes to a batch of its own choice, and the samples of a series lie in no order; else a batch holds a
    /// stretch of time.
    public SampleSplitter shuffled() {
        shuffled = true;
        return this;
    }

    /// Some samples lie in two batches.
    public SampleSplitter repeated() {
        repeated = true;
        return this;
    }

    /// Beside some samples lies another of the same moment, in any batch, that must not count.
    public SampleSplitter contradicted() {
        contradicted = true;
        return this;
    }

    /// A sample and where it comes from.
    private record Pick(SeriesSamples from, int index) {}

    public List<MetricsBatch> split(SortedMap<Labels, SeriesSamples> data) {
        List<MetricsBatch> split = new ArrayList<>();
        for (int i = 0; i < batches; i++) {
            split.add(new MetricsBatch());
        }
        data.forEach((labels, samples) -> add(split, labels, samples));
        return split.stream().filter(batch -> !batch.isEmpty()).toList();
    }

    private void add(List<MetricsBatch> split, Labels labels, SeriesSamples samples) {
        List<List<Pick>> picks = new ArrayList<>();
        for (int i = 0; i < batches; i++) {
            picks.add(new ArrayList<>());
        }
        for (int i = 0; i < samples.size(); i++) {
            int batch = shuffled ? random.nextInt(batches) : i * batches / samples.size();
            picks.get(batch).add(new Pick(samples, i));
            if (repeated && random.nextInt(3) == 0) {
                picks.get(random.nextInt(batches)).add(new Pick(samples, i));
            }
            if (contradicted && random.nextInt(3) == 0) {
                picks.get(random.nextInt(batches)).add(loserOf(samples, i));
            }
        }
        for (int batch = 0; batch < batches; batch++) {
            if (!picks.get(batch).isEmpty()) {
                if (shuffled) {
                    Collections.shuffle(picks.get(batch), java.util.Random.from(random));
                }
                MetricsBatch into = split.get(batch);
                into.startSeries(labels);
                picks.get(batch).forEach(pick -> add(into, pick));
            }
        }
    }

    /// A sample that the one at `index` wins against, or that one itself where none does.
    private Pick loserOf(SeriesSamples samples, int index) {
        SeriesSamples loser = new SeriesSamples();
        double value = samples.value(index);
        if (StaleMarker.isStale(value)) {
            return new Pick(samples, index);
        }
        if (samples.histogram(index) == null && (random.nextBoolean() || !(value - 1 < value))) {
            loser.add(samples.timestamp(index), StaleMarker.VALUE);
        } else {
            loser.add(samples.timestamp(index), value - 1);
        }
        return new Pick(loser, 0);
    }

    private static void add(MetricsBatch batch, Pick pick) {
        SeriesSamples one = new SeriesSamples();
        one.addFrom(pick.from, pick.index);
        batch.addSamples(one);
    }
}

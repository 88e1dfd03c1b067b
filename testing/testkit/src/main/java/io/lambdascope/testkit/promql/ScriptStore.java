package io.lambdascope.testkit.promql;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.SeriesSamples;
import io.lambdascope.testkit.metrics.MemoryMetricsSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The data that a script has loaded so far.
public final class ScriptStore {
    /// A sample; `histogram` is null for a float.
    ///
    /// @param startMillis since when the counter has been counting, 0 for unknown
    record Stored(
            long timestampMillis, double value, @Nullable NativeHistogram histogram, long startMillis) {}

    private final SortedMap<Labels, List<Stored>> series = new TreeMap<>();

    public void clear() {
        series.clear();
    }

    /// @throws ScriptException if the samples cannot be added
    public void load(PromScript.Load load) {
        SortedMap<Labels, List<Stored>> added = new TreeMap<>();
        for (PromScript.LoadedSeries line : load.series()) {
            // a series that stands twice is what its last line says
            added.put(line.values().labels(), samplesOf(line, load.stepMillis()));
        }
        if (load.classicToNative()) {
            ClassicToNative.histogramsOf(added).forEach(added::putIfAbsent);
        }
        added.forEach(this::append);
    }

    private static List<Stored> samplesOf(PromScript.LoadedSeries line, long stepMillis) {
        List<Stored> samples = new ArrayList<>();
        for (int i = 0; i < line.values().values().size(); i++) {
            long timestamp = i * stepMillis;
            OptionalLong offset = line.startOffsets().isEmpty()
                    ? OptionalLong.empty()
                    : line.startOffsets().get(i);
            long start = offset.isPresent() ? timestamp + offset.getAsLong() : 0;
            switch (line.values().values().get(i)) {
                case ScriptValue.Gap _ -> {}
                case ScriptValue.Number(double value) -> samples.add(new Stored(timestamp, value, null, start));
                case ScriptValue.Histogram histogram ->
                    samples.add(new Stored(timestamp, histogram.value().sum(), histogram.value(), start));
            }
        }
        return samples;
    }

    private void append(Labels labels, List<Stored> samples) {
        List<Stored> there = series.computeIfAbsent(labels, _ -> new ArrayList<>());
        if (!there.isEmpty()
                && !samples.isEmpty()
                && samples.getFirst().timestampMillis <= there.getLast().timestampMillis) {
            throw new ScriptException("a later load goes back in time: %s at %d ms after %d ms"
                    .formatted(labels, samples.getFirst().timestampMillis, there.getLast().timestampMillis));
        }
        there.addAll(samples);
    }

    /// The data as the counter reset hints come back from Prometheus' storage.
    public SortedMap<Labels, SeriesSamples> samples() {
        SortedMap<Labels, SeriesSamples> stored = new TreeMap<>();
        series.forEach((labels, samples) -> {
            SeriesSamples run = new SeriesSamples();
            for (Stored sample : StoredHints.apply(samples)) {
                if (sample.histogram == null) {
                    run.add(sample.timestampMillis, sample.value);
                } else {
                    run.add(sample.timestampMillis, sample.histogram);
                }
                run.startedAt(sample.startMillis);
            }
            if (!run.isEmpty()) {
                stored.put(labels, run);
            }
        });
        return stored;
    }

    /// [#samples] as a source.
    public MemoryMetricsSource source() {
        MemoryMetricsSource source = new MemoryMetricsSource();
        samples().forEach(source::add);
        return source;
    }
}

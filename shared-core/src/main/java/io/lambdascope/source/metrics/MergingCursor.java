package io.lambdascope.source.metrics;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.SampleRule;
import io.lambdascope.model.metrics.SeriesSamples;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// Several cursors as one: a series that stands in more than one comes once, with the samples of all of them, of which
/// [SampleRule] keeps one per moment.
public final class MergingCursor implements MetricsCursor {
    /*
     * A heap of cursors by the labels they stand at. Those that stand at the smallest are taken out, and stay where
     * they are until the next series is asked for, since their samples are valid only so long. Their runs are merged
     * in rounds of neighbours by time, O(samples · log runs); runs that follow one another, as those of adjacent
     * windows do, are copied as they are.
     */
    private static final Comparator<SeriesSamples> BY_FIRST_MOMENT = Comparator.comparingLong(run -> run.timestamp(0));

    private final List<MetricsCursor> inputs;
    private final PriorityQueue<MetricsCursor> byLabels =
            new PriorityQueue<>(Comparator.comparing(MetricsCursor::labels));
    private final List<MetricsCursor> current = new ArrayList<>();
    private final List<SeriesSamples> runs = new ArrayList<>();
    private final List<SeriesSamples> spare = new ArrayList<>();
    private final List<SeriesSamples> lent = new ArrayList<>();
    private Labels labels = Labels.EMPTY;
    private SeriesSamples samples = new SeriesSamples();

    private MergingCursor(List<MetricsCursor> inputs) {
        this.inputs = inputs;
        current.addAll(inputs);
    }

    /// @param inputs not yet begun; closed with the cursor returned
    public static MetricsCursor of(List<? extends MetricsCursor> inputs) {
        return inputs.size() == 1 ? inputs.getFirst() : new MergingCursor(List.copyOf(inputs));
    }

    @Override
    public boolean next() {
        for (MetricsCursor cursor : current) {
            if (cursor.next()) {
                byLabels.add(cursor);
            }
        }
        current.clear();
        MetricsCursor first = byLabels.poll();
        if (first == null) {
            return false;
        }
        labels = first.labels();
        current.add(first);
        while (!byLabels.isEmpty() && byLabels.element().labels().equals(labels)) {
            current.add(byLabels.remove());
        }
        samples = current.size() == 1 ? first.samples() : merged();
        return true;
    }

    private SeriesSamples merged() {
        spare.addAll(lent);
        lent.clear();
        runs.clear();
        for (MetricsCursor cursor : current) {
            if (!cursor.samples().isEmpty()) {
                runs.add(cursor.samples());
            }
        }
        if (runs.isEmpty()) {
            return current.getFirst().samples();
        }
        runs.sort(BY_FIRST_MOMENT);
        while (runs.size() > 1) {
            int kept = 0;
            for (int i = 0; i < runs.size(); i += 2) {
                runs.set(kept++, i + 1 == runs.size() ? runs.get(i) : merge(runs.get(i), runs.get(i + 1)));
            }
            runs.subList(kept, runs.size()).clear();
        }
        return runs.getFirst();
    }

    private SeriesSamples merge(SeriesSamples earlier, SeriesSamples later) {
        SeriesSamples into = spare.isEmpty() ? new SeriesSamples() : spare.removeLast();
        lent.add(into);
        into.clear();
        if (earlier.timestamp(earlier.size() - 1) < later.timestamp(0)) {
            into.addAll(earlier);
            into.addAll(later);
        } else {
            SampleRule.merge(earlier, later, into);
        }
        return into;
    }

    @Override
    public Labels labels() {
        return labels;
    }

    @Override
    public SeriesSamples samples() {
        return samples;
    }

    @Override
    public void close() {
        inputs.forEach(MetricsCursor::close);
    }
}

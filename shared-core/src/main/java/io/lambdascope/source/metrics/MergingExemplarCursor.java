package io.lambdascope.source.metrics;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.Exemplar;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeSet;

/// Several cursors as one: a series that stands in more than one comes once, with the exemplars of all of them, equal
/// ones once.
public final class MergingExemplarCursor implements ExemplarCursor {
    private final List<ExemplarCursor> inputs;
    private final PriorityQueue<ExemplarCursor> byLabels =
            new PriorityQueue<>(Comparator.comparing(ExemplarCursor::labels));
    private boolean started;
    private Labels labels = Labels.EMPTY;
    private List<Exemplar> exemplars = List.of();

    /// @param inputs not yet begun; closed with this cursor
    public MergingExemplarCursor(List<? extends ExemplarCursor> inputs) {
        this.inputs = List.copyOf(inputs);
    }

    @Override
    public boolean next() {
        if (!started) {
            started = true;
            inputs.forEach(this::advance);
        }
        ExemplarCursor first = byLabels.poll();
        if (first == null) {
            return false;
        }
        labels = first.labels();
        exemplars = first.exemplars();
        List<ExemplarCursor> current = new ArrayList<>(List.of(first));
        while (!byLabels.isEmpty() && byLabels.element().labels().equals(labels)) {
            current.add(byLabels.remove());
        }
        if (current.size() > 1) {
            TreeSet<Exemplar> merged = new TreeSet<>(SeriesExemplars.ORDER);
            current.forEach(cursor -> merged.addAll(cursor.exemplars()));
            exemplars = List.copyOf(merged);
        }
        current.forEach(this::advance);
        return true;
    }

    private void advance(ExemplarCursor cursor) {
        if (cursor.next()) {
            byLabels.add(cursor);
        }
    }

    @Override
    public Labels labels() {
        return labels;
    }

    @Override
    public List<Exemplar> exemplars() {
        return exemplars;
    }

    @Override
    public void close() {
        inputs.forEach(ExemplarCursor::close);
    }
}

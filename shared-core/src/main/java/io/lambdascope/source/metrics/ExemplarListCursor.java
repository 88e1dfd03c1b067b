package io.lambdascope.source.metrics;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.Exemplar;
import java.util.List;

/// Exemplars that lie in memory, in order.
public final class ExemplarListCursor implements ExemplarCursor {
    private final List<SeriesExemplars> all;
    private int at = -1;

    /// @param all in ascending order of labels, each once
    public ExemplarListCursor(List<SeriesExemplars> all) {
        this.all = List.copyOf(all);
    }

    @Override
    public boolean next() {
        return ++at < all.size();
    }

    @Override
    public Labels labels() {
        return all.get(at).labels();
    }

    @Override
    public List<Exemplar> exemplars() {
        return all.get(at).exemplars();
    }

    @Override
    public void close() {}
}

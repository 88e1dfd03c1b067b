package io.lambdascope.block.metrics;

import io.lambdascope.block.RowSelector;
import io.lambdascope.block.TableReader;
import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.SeriesSamples;
import io.lambdascope.source.metrics.MetricsCursor;
import io.lambdascope.source.metrics.MetricsScan;
import org.jspecify.annotations.Nullable;

/// Walks over the `series` table: consecutive rows of one label set are one series.
final class SeriesCursor implements MetricsCursor {
    private final TableReader table;
    private final MetricsScan request;
    private final RowSelector selector;
    private final SeriesSamples samples = new SeriesSamples();
    private Labels labels = Labels.EMPTY;

    private int nextGroup;
    private RowSelector.@Nullable Selection group;
    private @Nullable ChunkReader chunks;
    private int row;

    SeriesCursor(TableReader table, MetricsScan request) {
        this.table = table;
        this.request = request;
        this.selector = new RowSelector(
                table, MetricsBlockFormat.wanted(request, MetricsBlockFormat.MIN_TIME, MetricsBlockFormat.MAX_TIME));
    }

    @Override
    public boolean next() {
        RowSelector.Selection current = currentGroup();
        while (current != null) {
            labels = current.labels().labels(row);
            boolean wanted = selector.accepts(labels);
            samples.clear();
            do {
                if (chunks != null) {
                    chunks.readNext(row, samples);
                }
                row++;
                current = currentGroup();
            } while (current != null && isSameSeries(current));
            if (wanted && (!request.samples() || !samples.isEmpty())) {
                return true;
            }
        }
        return false;
    }

    /// Whether the row now stood at continues the series of the one before, which the first of a row group may too.
    private boolean isSameSeries(RowSelector.Selection current) {
        return row > 0
                ? current.labels().same(row - 1, row)
                : current.labels().labels(row).equals(labels);
    }

    /// The row group of the row stood at, the next one that has a row if need be; null at the end.
    private RowSelector.@Nullable Selection currentGroup() {
        RowSelector.Selection current = group;
        while (current == null || row == current.count()) {
            if (nextGroup == table.rowGroups()) {
                group = null;
                return null;
            }
            current = selector.select(nextGroup);
            group = current;
            row = 0;
            if (current != null && request.samples()) {
                chunks = new ChunkReader(
                        table,
                        nextGroup,
                        current,
                        request.range().fromMillis(),
                        request.range().lastMillis());
            }
            nextGroup++;
        }
        return current;
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
        table.close();
    }
}

package io.lambdascope.block.metrics;

import io.lambdascope.block.ColumnBatch;
import io.lambdascope.block.Columns;
import io.lambdascope.block.LabelReader;
import io.lambdascope.block.RowSelector;
import io.lambdascope.block.TableReader;
import io.lambdascope.fault.Fault;
import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.Exemplar;
import io.lambdascope.source.metrics.ExemplarCursor;
import io.lambdascope.source.metrics.MetricsScan;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.jspecify.annotations.Nullable;

/// Walks over the `exemplars` table: consecutive rows of one label set are one series.
final class BlockExemplarCursor implements ExemplarCursor {
    private final TableReader table;
    private final RowSelector selector;
    private final ColumnDescriptor valueColumn;
    private final ColumnDescriptor keysColumn;
    private final ColumnDescriptor textsColumn;
    private Labels labels = Labels.EMPTY;
    private List<Exemplar> exemplars = List.of();

    private int nextGroup;
    private int row;
    private @Nullable Group group;

    /// The selected rows of one row group.
    private record Group(
            RowSelector.Selection rows, Columns.Longs values, LabelReader.MapSide keys, LabelReader.MapSide texts) {
        Exemplar exemplar(int row) {
            if (keys.end(row) - keys.start(row) != texts.end(row) - texts.start(row)) {
                throw Fault.corrupt("exemplar has labels without values");
            }
            Labels.Builder own = new Labels.Builder();
            for (int i = 0; i < keys.end(row) - keys.start(row); i++) {
                own.set(keys.text(keys.start(row) + i), texts.text(texts.start(row) + i));
            }
            double value = Double.longBitsToDouble(values.at(row));
            return new Exemplar(own.build(), value, rows.min().at(row));
        }
    }

    BlockExemplarCursor(TableReader table, MetricsScan request) {
        this.table = table;
        this.selector = new RowSelector(
                table, MetricsBlockFormat.wanted(request, MetricsBlockFormat.TIME, MetricsBlockFormat.TIME));
        this.valueColumn = table.required(MetricsBlockFormat.VALUE);
        this.keysColumn = side(table, "key");
        this.textsColumn = side(table, "value");
    }

    private static ColumnDescriptor side(TableReader table, String side) {
        ColumnDescriptor column = table.column(MetricsBlockFormat.EXEMPLAR_LABELS, "key_value", side);
        if (column == null) {
            throw Fault.corrupt("table of exemplars has no labels of exemplars");
        }
        return column;
    }

    @Override
    public boolean next() {
        Group current = currentGroup();
        while (current != null) {
            labels = current.rows.labels().labels(row);
            List<Exemplar> found = new ArrayList<>();
            do {
                found.add(current.exemplar(row));
                row++;
                current = currentGroup();
            } while (current != null && current.rows.labels().labels(row).equals(labels));
            if (selector.accepts(labels)) {
                exemplars = found;
                return true;
            }
        }
        return false;
    }

    private @Nullable Group currentGroup() {
        Group current = group;
        while (current == null || row == current.rows.count()) {
            if (nextGroup == table.rowGroups()) {
                group = null;
                return null;
            }
            RowSelector.Selection selection = selector.select(nextGroup);
            current = selection == null ? null : read(nextGroup, selection);
            group = current;
            row = 0;
            nextGroup++;
        }
        return current;
    }

    private Group read(int rowGroup, RowSelector.Selection selection) {
        ColumnBatch batch = table.read(rowGroup, List.of(valueColumn, keysColumn, textsColumn), selection.ranges());
        Columns.Longs values = new Columns.Longs(batch.rows());
        LabelReader.MapSide keys = new LabelReader.MapSide(batch.rows());
        LabelReader.MapSide texts = new LabelReader.MapSide(batch.rows());
        batch.decode(valueColumn, values);
        batch.decode(keysColumn, keys);
        batch.decode(textsColumn, texts);
        return new Group(selection, values, keys, texts);
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
        table.close();
    }
}

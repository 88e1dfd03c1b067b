package io.lambdascope.block;

import io.lambdascope.labels.Labels;
import java.util.List;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/// Writes label sets into the first columns of a table.
public final class LabelWriter {
    private final List<String> names;
    private final boolean rest;
    private final Binaries binaries = new Binaries();
    private @Nullable Labels last;
    private boolean[] lastInColumn = new boolean[0];
    private final @Nullable Binary[] lastValues;

    public LabelWriter(LabelColumns columns) {
        this.names = columns.names();
        this.rest = columns.rest();
        this.lastValues = new Binary[names.size()];
    }

    /// How many columns this fills.
    public int columns() {
        return names.size() + (rest ? 2 : 0);
    }

    /// Writes `labels` into the first [#columns] columns of the row that `table` is at.
    public void write(Labels labels, TableWriter table) {
        if (labels != last) {
            prepare(labels);
        }
        for (int column = 0; column < lastValues.length; column++) {
            Binary value = lastValues[column];
            if (value == null) {
                table.column(column).writeNull(0, 0);
            } else {
                table.column(column).write(value, 0, 1);
            }
        }
        if (rest) {
            writeMap(labels, lastInColumn, table.column(names.size()), table.column(names.size() + 1));
        }
    }

    /// Rows of the same labels follow one another.
    private void prepare(Labels labels) {
        boolean[] inColumn = new boolean[labels.size()];
        int at = 0;
        for (int column = 0; column < names.size(); column++) {
            String name = names.get(column);
            while (at < labels.size() && labels.name(at).compareTo(name) < 0) {
                at++;
            }
            boolean has = at < labels.size() && labels.name(at).equals(name);
            if (has) {
                inColumn[at] = true;
            }
            lastValues[column] = has ? binaries.of(labels.value(at)) : null;
        }
        if (!rest) {
            requireAll(labels, inColumn);
        }
        last = labels;
        lastInColumn = inColumn;
    }

    private static void requireAll(Labels labels, boolean[] inColumn) {
        for (int i = 0; i < inColumn.length; i++) {
            if (!inColumn[i]) {
                throw new IllegalArgumentException("label %s was not among those surveyed".formatted(labels.name(i)));
            }
        }
    }

    /// Writes the pairs that are not `left` out as a map: an optional group of repeated pairs.
    public void writeMap(Labels labels, boolean @Nullable [] left, ColumnWriter keys, ColumnWriter values) {
        boolean any = false;
        for (int i = 0; i < labels.size(); i++) {
            if (left == null || !left[i]) {
                keys.write(binaries.of(labels.name(i)), any ? 1 : 0, 2);
                values.write(binaries.of(labels.value(i)), any ? 1 : 0, 2);
                any = true;
            }
        }
        if (!any) {
            keys.writeNull(0, 0);
            values.writeNull(0, 0);
        }
    }
}

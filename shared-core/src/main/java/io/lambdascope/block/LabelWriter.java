package io.lambdascope.block;

import io.lambdascope.labels.Labels;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/// Writes label sets into the first columns of a table.
public final class LabelWriter {
    private static final int MAX_INTERNED = 1 << 16;

    private final List<String> names;
    private final boolean rest;
    private final Map<String, Binary> interned = new HashMap<>();

    public LabelWriter(LabelColumns columns) {
        this.names = columns.names();
        this.rest = columns.rest();
    }

    /// How many columns this fills.
    public int columns() {
        return names.size() + (rest ? 2 : 0);
    }

    /// Writes `labels` into the first [#columns] columns of the row that `table` is at.
    public void write(Labels labels, TableWriter table) {
        boolean[] inColumn = new boolean[labels.size()];
        int at = 0;
        for (int column = 0; column < names.size(); column++) {
            String name = names.get(column);
            while (at < labels.size() && labels.name(at).compareTo(name) < 0) {
                at++;
            }
            if (at < labels.size() && labels.name(at).equals(name)) {
                inColumn[at] = true;
                table.column(column).write(binary(labels.value(at)), 0, 1);
            } else {
                table.column(column).writeNull(0, 0);
            }
        }
        if (rest) {
            writeMap(labels, inColumn, table.column(names.size()), table.column(names.size() + 1));
        } else {
            requireAll(labels, inColumn);
        }
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
                keys.write(binary(labels.name(i)), any ? 1 : 0, 2);
                values.write(binary(labels.value(i)), any ? 1 : 0, 2);
                any = true;
            }
        }
        if (!any) {
            keys.writeNull(0, 0);
            values.writeNull(0, 0);
        }
    }

    private Binary binary(String text) {
        Binary binary = interned.get(text);
        if (binary == null) {
            if (interned.size() == MAX_INTERNED) {
                interned.clear();
            }
            binary = Binary.fromConstantByteArray(text.getBytes(StandardCharsets.UTF_8));
            interned.put(text, binary);
        }
        return binary;
    }
}

package io.lambdascope.block.logs;

import io.lambdascope.block.Binaries;
import io.lambdascope.block.LabelColumns;
import io.lambdascope.block.TableWriter;
import io.lambdascope.model.logs.LogEntries;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/// Writes structured metadata into columns of a table, one after the other from a given one on.
final class MetadataWriter {
    private final List<String> names;
    private final boolean hasRest;
    private final int firstColumn;
    private final Binaries binaries = new Binaries();

    /// by column: what the current run has for it
    private final LogEntries.@Nullable MetadataColumn[] columns;

    private final List<LogEntries.MetadataColumn> rest = new ArrayList<>();

    /// @param firstColumn of the table
    MetadataWriter(LabelColumns metadata, int firstColumn) {
        this.names = metadata.names();
        this.hasRest = metadata.rest();
        this.firstColumn = firstColumn;
        this.columns = new LogEntries.MetadataColumn[names.size()];
    }

    /// Entries that are written from now on are those of `run`.
    void start(LogEntries run) {
        rest.clear();
        List<LogEntries.MetadataColumn> found = run.metadata();
        int at = 0;
        for (int column = 0; column < columns.length; column++) {
            String name = names.get(column);
            while (at < found.size() && found.get(at).name().compareTo(name) < 0) {
                rest.add(found.get(at++));
            }
            columns[column] = at < found.size() && found.get(at).name().equals(name) ? found.get(at++) : null;
        }
        rest.addAll(found.subList(at, found.size()));
        if (!hasRest && !rest.isEmpty()) {
            throw new IllegalArgumentException("key %s was not among those surveyed"
                    .formatted(rest.getFirst().name()));
        }
    }

    /// Writes what `entry` of the run has.
    ///
    /// @return how many bytes that is, keys and values
    long write(int entry, TableWriter table) {
        long bytes = 0;
        for (int i = 0; i < columns.length; i++) {
            LogEntries.MetadataColumn column = columns[i];
            if (column != null && column.has(entry)) {
                Binary value = binaries.of(column.value(entry));
                table.column(firstColumn + i).write(value, 0, 1);
                bytes += value.length() + binaries.of(column.name()).length();
            } else {
                table.column(firstColumn + i).writeNull(0, 0);
            }
        }
        return hasRest ? bytes + writeRest(entry, table) : bytes;
    }

    private long writeRest(int entry, TableWriter table) {
        ColumnWriter keys = table.column(firstColumn + columns.length);
        ColumnWriter values = table.column(firstColumn + columns.length + 1);
        long bytes = 0;
        int repetition = 0;
        for (LogEntries.MetadataColumn column : rest) {
            if (column.has(entry)) {
                Binary key = binaries.of(column.name());
                Binary value = binaries.of(column.value(entry));
                keys.write(key, repetition, 2);
                values.write(value, repetition, 2);
                bytes += key.length() + value.length();
                repetition = 1;
            }
        }
        if (repetition == 0) {
            keys.writeNull(0, 0);
            values.writeNull(0, 0);
        }
        return bytes;
    }
}

package io.lambdascope.block;

import io.lambdascope.labels.Labels;
import io.lambdascope.labels.Matcher;
import io.lambdascope.source.Shard;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.filter2.columnindex.RowRanges;
import org.jspecify.annotations.Nullable;

/// Finds the rows of a table with label columns that a scan wants.
public final class RowSelector {
    /*
     * Three steps, each on fewer rows than the one before: statistics of row groups and pages; the columns that
     * matchers name, each distinct value matched once, with the times and the hash; then all other label columns of
     * the rows that are left.
     */
    private final TableReader table;
    private final LabelReader labels;
    private final Wanted wanted;
    private final ColumnDescriptor minTime;
    private final ColumnDescriptor maxTime;
    private final @Nullable ColumnDescriptor hash;
    private final Map<Matcher, ColumnDescriptor> onColumns = new HashMap<>();
    /// Matchers that a column cannot answer.
    private final List<Matcher> onLabels = new ArrayList<>();
    private boolean nothing;

    /// Rows that a scan wants.
    ///
    /// @param ranges where they stand in their row group
    public record Selection(
            int count, RowRanges ranges, LabelReader.Rows labels, Columns.Longs min, Columns.Longs max) {}

    /// Which rows.
    ///
    /// @param hash the column that says what `shard` goes by; without it, labels say
    /// @param minTime the column of a row's first moment
    /// @param maxTime the column of its last moment, may be the same
    /// @param from rows whose last moment is at or after it, in the columns' unit
    /// @param last rows whose first moment is at or before it
    public record Wanted(
            List<Matcher> matchers, Shard shard, String hash, String minTime, String maxTime, long from, long last) {}

    public RowSelector(TableReader table, Wanted wanted) {
        this(table, wanted, new LabelReader(table));
    }

    /// @param labels what is read of the labels of rows that are wanted: at least what matchers name
    public RowSelector(TableReader table, Wanted wanted, LabelReader labels) {
        this.table = table;
        this.wanted = wanted;
        this.labels = labels;
        this.minTime = table.required(wanted.minTime());
        this.maxTime = table.required(wanted.maxTime());
        this.hash = wanted.shard().isAll() ? null : table.column(wanted.hash());
        for (Matcher matcher : wanted.matchers()) {
            ColumnDescriptor column = labels.column(matcher.name());
            if (column != null) {
                onColumns.put(matcher, column);
            } else if (labels.hasRest()) {
                onLabels.add(matcher);
            } else if (!matcher.matchesEmpty()) {
                nothing = true;
            }
        }
    }

    /// Whether [#accepts] has nothing to say.
    public boolean decidesByColumns() {
        return onLabels.isEmpty() && (wanted.shard().isAll() || hash != null);
    }

    /// What the columns did not decide.
    public boolean accepts(Labels found) {
        for (Matcher matcher : onLabels) {
            if (!matcher.matches(found)) {
                return false;
            }
        }
        return wanted.shard().isAll() || hash != null || wanted.shard().holds(found.stableHash());
    }

    /// The rows of `rowGroup` that pass, or null if there are none.
    public @Nullable Selection select(int rowGroup) {
        RowRanges rows = nothing ? RowRanges.EMPTY : prune(rowGroup);
        if (rows.rowCount() == 0) {
            return null;
        }
        List<ColumnDescriptor> deciding = new ArrayList<>(List.of(minTime));
        for (ColumnDescriptor column : onColumns.values()) {
            addOnce(deciding, column);
        }
        addOnce(deciding, maxTime);
        if (hash != null) {
            addOnce(deciding, hash);
        }
        ColumnBatch batch = table.read(rowGroup, deciding, rows);
        int[] kept = new int[batch.rows()];
        Map<ColumnDescriptor, LabelReader.Column> known = new HashMap<>();
        int count = keep(batch, kept, known);
        if (count == 0) {
            return null;
        }
        RowRanges keptRows = ranges(rows, kept, count);
        known.replaceAll((_, column) -> column.select(kept, count));
        List<ColumnDescriptor> others = new ArrayList<>(labels.columns());
        others.removeAll(known.keySet());
        addOnce(others, minTime);
        addOnce(others, maxTime);
        ColumnBatch rest = table.read(rowGroup, others, keptRows);
        Columns.Longs min = Columns.Longs.of(rest, minTime);
        Columns.Longs max = minTime.equals(maxTime) ? min : Columns.Longs.of(rest, maxTime);
        return new Selection(count, keptRows, labels.decode(rest, known), min, max);
    }

    private static void addOnce(List<ColumnDescriptor> columns, ColumnDescriptor column) {
        if (!columns.contains(column)) {
            columns.add(column);
        }
    }

    private RowRanges prune(int rowGroup) {
        RowRanges rows = Pruning.rows(table, rowGroup, maxTime, Pruning.between(wanted.from(), Long.MAX_VALUE));
        if (rows.rowCount() != 0) {
            RowRanges early = Pruning.rows(table, rowGroup, minTime, Pruning.between(Long.MIN_VALUE, wanted.last()));
            rows = RowRanges.intersection(rows, early);
        }
        for (Map.Entry<Matcher, ColumnDescriptor> entry : onColumns.entrySet()) {
            Matcher matcher = entry.getKey();
            if (matcher.op() == Matcher.Op.EQUAL && rows.rowCount() != 0) {
                Pruning.Bounds bounds = Pruning.equalTo(matcher.value().getBytes(StandardCharsets.UTF_8));
                rows = RowRanges.intersection(rows, Pruning.rows(table, rowGroup, entry.getValue(), bounds));
            }
        }
        return rows;
    }

    private int keep(ColumnBatch batch, int[] kept, Map<ColumnDescriptor, LabelReader.Column> known) {
        int rows = batch.rows();
        boolean[] dropped = new boolean[rows];
        Columns.Longs min = Columns.Longs.of(batch, minTime);
        Columns.Longs max = minTime.equals(maxTime) ? min : Columns.Longs.of(batch, maxTime);
        for (int row = 0; row < rows; row++) {
            dropped[row] = max.at(row) < wanted.from() || min.at(row) > wanted.last();
        }
        if (hash != null) {
            Columns.Longs hashes = Columns.Longs.of(batch, hash);
            for (int row = 0; row < rows; row++) {
                dropped[row] |= !wanted.shard().holds(hashes.at(row));
            }
        }
        onColumns.forEach((matcher, descriptor) -> {
            LabelReader.Column column = known.get(descriptor);
            if (column == null) {
                column = new LabelReader.Column(rows);
                batch.decode(descriptor, column);
                known.put(descriptor, column);
            }
            drop(column, matcher, dropped);
        });
        int count = 0;
        for (int row = 0; row < rows; row++) {
            if (!dropped[row]) {
                kept[count++] = row;
            }
        }
        return count;
    }

    private static void drop(LabelReader.Column column, Matcher matcher, boolean[] dropped) {
        boolean matchesEmpty = matcher.matchesEmpty();
        byte[] answers = new byte[column.strings()];
        for (int row = 0; row < dropped.length; row++) {
            int number = column.number(row);
            if (dropped[row]) {
                continue;
            }
            if (number < 0) {
                dropped[row] = !matchesEmpty;
                continue;
            }
            if (answers[number] == 0) {
                answers[number] = (byte) (matcher.matches(column.string(number)) ? 1 : 2);
            }
            dropped[row] = answers[number] == 2;
        }
    }

    /// Of the rows in `rows`, those whose place among them is in `kept`.
    private static RowRanges ranges(RowRanges rows, int[] kept, int count) {
        RowRanges.Builder builder = RowRanges.builder();
        PrimitiveIterator.OfLong all = rows.iterator();
        int place = 0;
        int next = 0;
        long from = -1;
        long to = -1;
        while (next < count) {
            long row = all.nextLong();
            if (place++ != kept[next]) {
                continue;
            }
            next++;
            if (row != to + 1 || from < 0) {
                if (from >= 0) {
                    builder.addSelectedRange(from, to);
                }
                from = row;
            }
            to = row;
        }
        builder.addSelectedRange(from, to);
        return builder.build();
    }
}

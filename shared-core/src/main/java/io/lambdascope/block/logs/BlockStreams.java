package io.lambdascope.block.logs;

import io.lambdascope.block.ColumnBatch;
import io.lambdascope.block.Columns;
import io.lambdascope.block.RowSelector;
import io.lambdascope.block.TableReader;
import io.lambdascope.fault.Fault;
import io.lambdascope.labels.Labels;
import io.lambdascope.source.logs.LogsScan;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;

/// Reads the table that tells of each stream where its entries are.
final class BlockStreams {
    /// A stream: its entries are the rows `[firstRow, endRow)` of the table of entries.
    ///
    /// @param bytes of lines and structured metadata
    record Stream(Labels labels, long firstRow, long endRow, long bytes, long minTime, long maxTime) {}

    private BlockStreams() {}

    /// The streams that pass `request` and may have entries in its range, in the order of their rows.
    static List<Stream> read(TableReader table, LogsScan request) {
        List<Stream> found = new ArrayList<>();
        if (request.range().isEmpty()) {
            return found;
        }
        RowSelector selector = new RowSelector(table, LogsBlockFormat.wanted(request));
        long end = 0;
        for (int group = 0; group < table.rowGroups(); group++) {
            RowSelector.Selection rows = selector.select(group);
            if (rows != null) {
                end = read(table, group, rows, selector, end, found);
            }
        }
        return found;
    }

    private static long read(
            TableReader table,
            int group,
            RowSelector.Selection rows,
            RowSelector selector,
            long lastEnd,
            List<Stream> into) {
        ColumnDescriptor firstRow = table.required(LogsBlockFormat.FIRST_ROW);
        ColumnDescriptor count = table.required(LogsBlockFormat.ENTRY_COUNT);
        ColumnDescriptor bytes = table.required(LogsBlockFormat.BYTES);
        ColumnBatch batch = table.read(group, List.of(firstRow, count, bytes), rows.ranges());
        Columns.Longs firstRows = Columns.Longs.of(batch, firstRow);
        Columns.Longs counts = Columns.Longs.of(batch, count);
        Columns.Longs sizes = Columns.Longs.of(batch, bytes);
        long end = lastEnd;
        for (int row = 0; row < rows.count(); row++) {
            Labels labels = rows.labels().labels(row);
            long first = firstRows.at(row);
            if (first < end || counts.at(row) < 1 || counts.at(row) > Long.MAX_VALUE - first) {
                throw Fault.corrupt("stream begins at row %d, the one before ends at %d", first, end);
            }
            end = first + counts.at(row);
            if (selector.accepts(labels)) {
                into.add(new Stream(
                        labels,
                        first,
                        end,
                        sizes.at(row),
                        rows.min().at(row),
                        rows.max().at(row)));
            }
        }
        return end;
    }
}

package io.lambdascope.block.logs;

import io.lambdascope.block.ColumnBatch;
import io.lambdascope.block.Columns;
import io.lambdascope.block.TableReader;
import io.lambdascope.fault.Fault;
import io.lambdascope.source.logs.LogsFacts;
import io.lambdascope.source.logs.LogsScan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.filter2.columnindex.RowRanges;
import org.apache.parquet.io.api.Binary;

/// Reads the table that tells of each page of lines what it holds, and rules pages out.
final class BlockPages {
    private final TableReader table;
    private final List<Page> pages = new ArrayList<>();

    /// A page of lines: the rows `[firstRow, endRow)` of the table of entries, with times from `minTime` to `maxTime`.
    record Page(int number, long firstRow, long endRow, long minTime, long maxTime) {
        int rows() {
            return (int) (endRow - firstRow);
        }
    }

    /// Reads all but the filters.
    BlockPages(TableReader table) {
        this.table = table;
        ColumnDescriptor firstRow = table.required(LogsBlockFormat.FIRST_ROW);
        ColumnDescriptor rowCount = table.required(LogsBlockFormat.ROWS);
        ColumnDescriptor minTime = table.required(LogsBlockFormat.MIN_TIME);
        ColumnDescriptor maxTime = table.required(LogsBlockFormat.MAX_TIME);
        long end = 0;
        for (int group = 0; group < table.rowGroups(); group++) {
            ColumnBatch batch = table.read(group, List.of(firstRow, rowCount, minTime, maxTime), all(group));
            Columns.Longs firstRows = Columns.Longs.of(batch, firstRow);
            Columns.Longs counts = Columns.Longs.of(batch, rowCount);
            Columns.Longs mins = Columns.Longs.of(batch, minTime);
            Columns.Longs maxs = Columns.Longs.of(batch, maxTime);
            for (int row = 0; row < batch.rows(); row++) {
                if (firstRows.at(row) != end || counts.at(row) < 1 || counts.at(row) > Integer.MAX_VALUE) {
                    throw Fault.corrupt("page %d has %d rows from %d", pages.size(), counts.at(row), firstRows.at(row));
                }
                end += counts.at(row);
                pages.add(new Page(pages.size(), firstRows.at(row), end, mins.at(row), maxs.at(row)));
            }
        }
    }

    private RowRanges all(int group) {
        return RowRanges.createSingle(table.rowsOf(group));
    }

    int count() {
        return pages.size();
    }

    /// The pages that hold rows of `streams` and may hold entries that pass `request`, in the order of rows.
    List<Page> candidates(List<BlockStreams.Stream> streams, LogsScan request) {
        List<Page> found = new ArrayList<>();
        int stream = 0;
        for (Page page : pages) {
            while (stream < streams.size() && streams.get(stream).endRow() <= page.firstRow) {
                stream++;
            }
            if (stream < streams.size()
                    && streams.get(stream).firstRow() < page.endRow
                    && page.maxTime >= request.range().fromNanos()
                    && page.minTime < request.range().toNanos()) {
                found.add(page);
            }
        }
        return found.isEmpty() || saysNothing(request.hints()) ? found : filtered(found, request.hints());
    }

    private static boolean saysNothing(LogsScan.Hints hints) {
        return hints.metadata().isEmpty() && hints.literals().stream().noneMatch(BlockPages::mayRuleOut);
    }

    private static boolean mayRuleOut(Set<String> alternatives) {
        return alternatives.stream()
                .allMatch(text -> text.getBytes(StandardCharsets.UTF_8).length >= TextFilter.WORD_BYTES);
    }

    private List<Page> filtered(List<Page> candidates, LogsScan.Hints hints) {
        List<Page> found = new ArrayList<>();
        int firstOfGroup = 0;
        int next = 0;
        for (int group = 0; group < table.rowGroups(); group++) {
            int endOfGroup = firstOfGroup + (int) table.rowsOf(group);
            List<Page> ofGroup = new ArrayList<>();
            while (next < candidates.size() && candidates.get(next).number < endOfGroup) {
                ofGroup.add(candidates.get(next++));
            }
            if (!ofGroup.isEmpty()) {
                addPassing(group, firstOfGroup, ofGroup, hints, found);
            }
            firstOfGroup = endOfGroup;
        }
        return found;
    }

    private void addPassing(int group, int firstOfGroup, List<Page> candidates, LogsScan.Hints hints, List<Page> into) {
        RowRanges.Builder rows = RowRanges.builder();
        candidates.forEach(page -> rows.addSelectedRange(page.number - firstOfGroup, page.number - firstOfGroup));
        ColumnDescriptor words = table.required(LogsBlockFormat.WORDS);
        ColumnDescriptor numbers = table.required(LogsBlockFormat.NUMBERS);
        ColumnDescriptor metadata = table.required(LogsBlockFormat.METADATA);
        ColumnBatch batch = table.read(group, List.of(words, numbers, metadata), rows.build());
        Columns.Bytes wordBits = Columns.Bytes.of(batch, words);
        Columns.Bytes numberBits = Columns.Bytes.of(batch, numbers);
        Columns.Bytes facts = Columns.Bytes.of(batch, metadata);
        for (int row = 0; row < candidates.size(); row++) {
            TextFilter filter = new TextFilter(bytes(wordBits, row), bytes(numberBits, row));
            if (mayPass(filter, hints.literals())
                    && LogsFacts.decode(bytes(facts, row)).mayMatch(hints.metadata())) {
                into.add(candidates.get(row));
            }
        }
    }

    private static boolean mayPass(TextFilter filter, List<Set<String>> literals) {
        for (Set<String> alternatives : literals) {
            if (alternatives.stream().noneMatch(filter::mayContain)) {
                return false;
            }
        }
        return true;
    }

    private static byte[] bytes(Columns.Bytes column, int row) {
        Binary value = column.at(row);
        if (value == null) {
            throw Fault.corrupt("page has no filter");
        }
        return value.getBytesUnsafe();
    }
}

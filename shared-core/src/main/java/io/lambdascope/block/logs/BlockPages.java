package io.lambdascope.block.logs;

import io.lambdascope.block.ColumnBatch;
import io.lambdascope.block.Columns;
import io.lambdascope.block.TableReader;
import io.lambdascope.fault.Fault;
import io.lambdascope.labels.Matcher;
import io.lambdascope.source.logs.LogsFacts;
import io.lambdascope.source.logs.LogsScan;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.filter2.columnindex.RowRanges;
import org.apache.parquet.io.api.Binary;

/// Reads the table that tells of each page of lines what it holds, and rules pages out.
final class BlockPages {
    private final TableReader table;
    private final ColumnDescriptor words;
    private final ColumnDescriptor numbers;
    private final ColumnDescriptor metadata;
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
        this.words = table.required(LogsBlockFormat.WORDS);
        this.numbers = table.required(LogsBlockFormat.NUMBERS);
        this.metadata = table.required(LogsBlockFormat.METADATA);
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
        List<List<TextFilter.Sought>> texts = request.hints().literals().stream()
                .map(alternatives ->
                        alternatives.stream().map(TextFilter.Sought::of).toList())
                .filter(alternatives -> alternatives.stream().noneMatch(TextFilter.Sought::saysNothing))
                .toList();
        boolean ruledOut = !texts.isEmpty() || !request.hints().metadata().isEmpty();
        return ruledOut && !found.isEmpty()
                ? filtered(found, texts, request.hints().metadata())
                : found;
    }

    private List<Page> filtered(List<Page> candidates, List<List<TextFilter.Sought>> texts, List<Matcher> matchers) {
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
                addPassing(read(group, firstOfGroup, ofGroup), ofGroup, texts, matchers, found);
            }
            firstOfGroup = endOfGroup;
        }
        return found;
    }

    private ColumnBatch read(int group, int firstOfGroup, List<Page> candidates) {
        RowRanges.Builder rows = RowRanges.builder();
        candidates.forEach(page -> rows.addSelectedRange(page.number - firstOfGroup, page.number - firstOfGroup));
        return table.read(group, List.of(words, numbers, metadata), rows.build());
    }

    private void addPassing(
            ColumnBatch batch,
            List<Page> candidates,
            List<List<TextFilter.Sought>> texts,
            List<Matcher> matchers,
            List<Page> into) {
        Columns.Bytes wordBits = Columns.Bytes.of(batch, words);
        Columns.Bytes numberBits = Columns.Bytes.of(batch, numbers);
        Columns.Bytes facts = Columns.Bytes.of(batch, metadata);
        for (int row = 0; row < candidates.size(); row++) {
            TextFilter filter = new TextFilter(bytes(wordBits, row), bytes(numberBits, row));
            boolean mayHoldTexts = texts.stream()
                    .allMatch(alternatives -> alternatives.stream().anyMatch(filter::mayContain));
            if (mayHoldTexts && LogsFacts.decode(bytes(facts, row)).mayMatch(matchers)) {
                into.add(candidates.get(row));
            }
        }
    }

    private static byte[] bytes(Columns.Bytes column, int row) {
        Binary value = column.at(row);
        if (value == null) {
            throw Fault.corrupt("page has no filter");
        }
        return value.getBytesUnsafe();
    }
}

package io.lambdascope.block.logs;

import io.lambdascope.block.ColumnBatch;
import io.lambdascope.block.TableReader;
import io.lambdascope.fault.Fault;
import io.lambdascope.source.logs.Horizon;
import io.lambdascope.source.logs.LogsScan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.filter2.columnindex.RowRanges;
import org.jspecify.annotations.Nullable;

/// Pages of lines in the order in which they are read, some at once: each batch lies in one row group.
final class PageBatches {
    /*
     * A search that wants the latest entries may have enough after the first page, so it begins with one and takes
     * twice as many each time. Whoever wants all gets as many as a request should fetch.
     */
    private static final int MAX_ROWS = 1 << 18;
    private static final int MAX_PAGES_OF_LINES = 16;

    private final TableReader table;
    private final long[] groupStarts;
    private final List<BlockPages.Page> pages;
    private final boolean byStream;
    private final int mostPages;
    private int size;
    private int taken;

    /// @param pages those that are wanted, in the order of rows
    PageBatches(TableReader table, List<BlockPages.Page> pages, LogsScan request) {
        this.table = table;
        this.pages = new ArrayList<>(pages);
        this.byStream = request.order() == LogsScan.Order.BY_STREAM;
        switch (request.order()) {
            case BY_STREAM -> {}
            case LATEST_FIRST ->
                this.pages.sort(
                        Comparator.comparingLong(BlockPages.Page::maxTime).reversed());
            case EARLIEST_FIRST -> this.pages.sort(Comparator.comparingLong(BlockPages.Page::minTime));
        }
        this.mostPages = request.columns().lines() ? MAX_PAGES_OF_LINES : Integer.MAX_VALUE / 2;
        this.size = byStream ? mostPages : 1;
        this.groupStarts = new long[table.rowGroups() + 1];
        for (int group = 0; group < table.rowGroups(); group++) {
            groupStarts[group + 1] = groupStarts[group] + table.rowsOf(group);
        }
    }

    /// The next pages that `horizon` leaves, in the order of rows; none at the end.
    List<BlockPages.Page> next(Horizon horizon) {
        List<BlockPages.Page> batch = new ArrayList<>();
        long rows = 0;
        int group = -1;
        while (taken < pages.size() && batch.size() < size) {
            BlockPages.Page page = pages.get(taken);
            if (!horizon.mayUse(page.minTime(), page.maxTime())) {
                taken++;
                continue;
            }
            int groupOfPage = groupOf(page);
            if (!batch.isEmpty() && (groupOfPage != group || rows + page.rows() > MAX_ROWS)) {
                break;
            }
            group = groupOfPage;
            rows += page.rows();
            batch.add(page);
            taken++;
        }
        if (!byStream) {
            size = Math.min(mostPages, 2 * size);
            batch.sort(Comparator.comparingLong(BlockPages.Page::firstRow));
        }
        return batch;
    }

    private int groupOf(BlockPages.Page page) {
        for (int group = 0; group < groupStarts.length - 1; group++) {
            if (page.firstRow() >= groupStarts[group] && page.endRow() <= groupStarts[group + 1]) {
                return group;
            }
        }
        throw Fault.corrupt("page with the rows from %d to %d lies in no row group", page.firstRow(), page.endRow());
    }

    /// Reads columns of a batch.
    ///
    /// @param lines null if they are not wanted
    ColumnBatch read(
            List<BlockPages.Page> batch,
            ColumnDescriptor times,
            @Nullable ColumnDescriptor lines,
            List<ColumnDescriptor> metadata) {
        List<ColumnDescriptor> wanted = new ArrayList<>(metadata);
        wanted.add(times);
        if (lines != null) {
            wanted.add(lines);
        }
        int group = groupOf(batch.getFirst());
        RowRanges.Builder rows = RowRanges.builder();
        for (BlockPages.Page page : batch) {
            rows.addSelectedRange(page.firstRow() - groupStarts[group], page.endRow() - groupStarts[group] - 1);
        }
        return table.read(group, wanted, rows.build());
    }
}

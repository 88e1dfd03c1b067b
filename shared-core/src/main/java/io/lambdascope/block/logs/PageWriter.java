package io.lambdascope.block.logs;

import io.lambdascope.block.TableWriter;
import io.lambdascope.model.logs.LogEntries;
import io.lambdascope.source.logs.LogsFacts;
import org.apache.parquet.io.api.Binary;

/// Writes the table that tells of each page of lines what it holds.
final class PageWriter {
    private final TableWriter table;
    private final int maxFactBytes;
    private final TextFilter.Builder filter = new TextFilter.Builder();
    private LogsFacts.Builder metadata = new LogsFacts.Builder();
    private boolean begins = true;
    private long firstRow;
    private long minTime = Long.MAX_VALUE;
    private long maxTime = Long.MIN_VALUE;

    PageWriter(TableWriter table, int maxFactBytes) {
        this.table = table;
        this.maxFactBytes = maxFactBytes;
    }

    /// Takes note of an entry, before or after its row is written, but before the page ends that holds it.
    void add(LogEntries run, int entry) {
        long time = run.times()[entry];
        minTime = Math.min(minTime, time);
        maxTime = Math.max(maxTime, time);
        filter.add(run.lines(), run.lineStarts()[entry], run.lineStarts()[entry + 1]);
        for (LogEntries.MetadataColumn column : run.metadata()) {
            boolean repeated = !begins && entry > 0 && column.numbers()[entry] == column.numbers()[entry - 1];
            if (column.has(entry) && !repeated) {
                metadata.add(column.name(), column.value(entry));
            }
        }
        begins = false;
    }

    /// The page with the last `rows` entries is over.
    void endPage(int rows) {
        TextFilter texts = filter.build();
        table.column(0).write(firstRow, 0, 0);
        table.column(1).write((long) rows, 0, 0);
        table.column(2).write(minTime, 0, 0);
        table.column(3).write(maxTime, 0, 0);
        table.column(4).write(Binary.fromConstantByteArray(texts.words()), 0, 0);
        table.column(5).write(Binary.fromConstantByteArray(texts.numbers()), 0, 0);
        table.column(6)
                .write(Binary.fromConstantByteArray(metadata.build(maxFactBytes).encode()), 0, 0);
        table.endRow();
        firstRow += rows;
        begins = true;
        minTime = Long.MAX_VALUE;
        maxTime = Long.MIN_VALUE;
        metadata = new LogsFacts.Builder();
    }
}

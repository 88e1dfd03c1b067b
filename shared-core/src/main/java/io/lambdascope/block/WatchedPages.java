package io.lambdascope.block;

import java.io.IOException;
import java.util.function.IntConsumer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriteStore;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.SizeStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.statistics.geospatial.GeospatialStatistics;

/// Pages on their way to a file, those of one column announced: parquet-java decides where a page ends, and tells
/// nobody.
///
/// @param column whose pages are announced
/// @param ended told of the rows of each page, in order
record WatchedPages(PageWriteStore pages, ColumnDescriptor column, IntConsumer ended) implements PageWriteStore {
    @Override
    public PageWriter getPageWriter(ColumnDescriptor path) {
        PageWriter writer = pages.getPageWriter(path);
        return path.equals(column) ? new Announcing(writer, ended) : writer;
    }

    @Override
    public void close() {
        try {
            pages.close();
        } catch (Exception e) {
            throw new IllegalStateException("pages do not close", e);
        }
    }

    private record Announcing(PageWriter writer, IntConsumer ended) implements PageWriter {
        @Override
        public void writePage(
                BytesInput bytes, int values, Statistics<?> statistics, Encoding rl, Encoding dl, Encoding data) {
            throw notVersion2();
        }

        @Override
        public void writePage(
                BytesInput bytes,
                int values,
                int rows,
                Statistics<?> statistics,
                Encoding rl,
                Encoding dl,
                Encoding data) {
            throw notVersion2();
        }

        private static UnsupportedOperationException notVersion2() {
            return new UnsupportedOperationException("tables are written with pages of version 2");
        }

        @Override
        public void writePageV2(
                int rows,
                int nulls,
                int values,
                BytesInput rl,
                BytesInput dl,
                Encoding encoding,
                BytesInput data,
                Statistics<?> statistics)
                throws IOException {
            writer.writePageV2(rows, nulls, values, rl, dl, encoding, data, statistics);
            ended.accept(rows);
        }

        @Override
        public void writePageV2(
                int rows,
                int nulls,
                int values,
                BytesInput rl,
                BytesInput dl,
                Encoding encoding,
                BytesInput data,
                Statistics<?> statistics,
                SizeStatistics sizes,
                GeospatialStatistics places)
                throws IOException {
            writer.writePageV2(rows, nulls, values, rl, dl, encoding, data, statistics, sizes, places);
            ended.accept(rows);
        }

        @Override
        public long getMemSize() {
            return writer.getMemSize();
        }

        @Override
        public long allocatedSize() {
            return writer.allocatedSize();
        }

        @Override
        public void writeDictionaryPage(DictionaryPage page) throws IOException {
            writer.writeDictionaryPage(page);
        }

        @Override
        public String memUsageString(String prefix) {
            return writer.memUsageString(prefix);
        }

        @Override
        public void close() {
            writer.close();
        }
    }
}

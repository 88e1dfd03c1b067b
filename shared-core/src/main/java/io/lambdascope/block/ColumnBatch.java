package io.lambdascope.block;

import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;

/// Some columns of some rows, fetched and not yet decoded. Each column is read once, front to back, into a converter
/// that takes its values.
public final class ColumnBatch {
    private final String key;
    private final PageReadStore pages;
    private final List<ColumnDescriptor> columns;
    private final MessageType schema;
    private final String createdBy;

    ColumnBatch(String key, PageReadStore pages, List<ColumnDescriptor> columns, MessageType schema, String createdBy) {
        this.key = key;
        this.pages = pages;
        this.columns = List.copyOf(columns);
        this.schema = schema;
        this.createdBy = createdBy;
    }

    public int rows() {
        return Math.toIntExact(pages.getRowCount());
    }

    /// Takes one column's values, row by row.
    public abstract static class Sink extends PrimitiveConverter {
        /// There is no value in this row.
        public abstract void addNull();

        /// The values that come next are the next row's.
        public void startRow() {}
    }

    /// The pages of `column`, which [LengthsFirst] wrote; all of its rows were read that lie in one of these pages.
    public BytesPages pages(ColumnDescriptor column) {
        return new BytesPages(key, pages.getPageReader(column));
    }

    /// Decodes `column` into `sink`.
    ///
    /// @throws io.lambdascope.fault.Fault CORRUPT_DATA
    public void decode(ColumnDescriptor column, Sink sink) {
        if (!columns.contains(column)) {
            throw new IllegalArgumentException("column was not read: " + column);
        }
        TableReader.guarded(key, () -> {
            ColumnReader reader = new ColumnReadStoreImpl(
                            new SelectedPages(pages, column), new EveryPath(sink), schema, createdBy)
                    .getColumnReader(column);
            int rows = rows();
            int maxDefinition = column.getMaxDefinitionLevel();
            int row = -1;
            while (true) {
                boolean first = reader.getCurrentRepetitionLevel() == 0;
                if (first && ++row == rows) {
                    return row;
                }
                if (first) {
                    sink.startRow();
                }
                if (reader.getCurrentDefinitionLevel() == maxDefinition) {
                    reader.writeCurrentValueToConverter();
                } else {
                    sink.addNull();
                }
                reader.consume();
            }
        });
    }

    /// parquet-java asks a tree of converters for the one at the column's path; here every path leads to `sink`.
    private static final class EveryPath extends GroupConverter {
        private final Sink sink;

        EveryPath(Sink sink) {
            this.sink = sink;
        }

        @Override
        public Converter getConverter(int field) {
            return this;
        }

        @Override
        public PrimitiveConverter asPrimitiveConverter() {
            return sink;
        }

        @Override
        public void start() {}

        @Override
        public void end() {}
    }
}

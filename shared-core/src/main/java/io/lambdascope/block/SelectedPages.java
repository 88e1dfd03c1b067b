package io.lambdascope.block;

import java.util.Optional;
import java.util.PrimitiveIterator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.jspecify.annotations.Nullable;

/// The pages of one column that hold selected rows, for one reading.
final class SelectedPages implements PageReadStore {
    /*
     * parquet-java's SynchronizingColumnReader takes the end of the row numbers for the end of the column, and so
     * misses the last row where it lies in a page after the one before. Here the row numbers end only when there is
     * no further page: to know that, pages are read one ahead.
     */
    private final PageReadStore pages;
    private final OneAhead reader;

    SelectedPages(PageReadStore pages, ColumnDescriptor column) {
        this.pages = pages;
        this.reader = new OneAhead(pages.getPageReader(column));
    }

    @Override
    public PageReader getPageReader(ColumnDescriptor column) {
        return reader;
    }

    @Override
    public long getRowCount() {
        return pages.getRowCount();
    }

    @Override
    public Optional<PrimitiveIterator.OfLong> getRowIndexes() {
        return pages.getRowIndexes().map(rows -> new PrimitiveIterator.OfLong() {
            @Override
            public boolean hasNext() {
                return rows.hasNext() || reader.hasNext();
            }

            @Override
            public long nextLong() {
                return rows.hasNext() ? rows.nextLong() : Long.MAX_VALUE;
            }
        });
    }

    private static final class OneAhead implements PageReader {
        private final PageReader pages;
        private boolean begun;
        private @Nullable DataPage next;

        OneAhead(PageReader pages) {
            this.pages = pages;
        }

        boolean hasNext() {
            begin();
            return next != null;
        }

        private void begin() {
            if (!begun) {
                begun = true;
                next = pages.readPage();
            }
        }

        @Override
        public @Nullable DictionaryPage readDictionaryPage() {
            return pages.readDictionaryPage();
        }

        @Override
        public long getTotalValueCount() {
            return pages.getTotalValueCount();
        }

        @Override
        public @Nullable DataPage readPage() {
            begin();
            DataPage page = next;
            next = page == null ? null : pages.readPage();
            return page;
        }
    }
}

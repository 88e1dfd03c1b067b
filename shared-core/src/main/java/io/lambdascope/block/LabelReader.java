package io.lambdascope.block;

import io.lambdascope.fault.Fault;
import io.lambdascope.labels.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/// The label columns of a table, and how label sets are put together from them.
public final class LabelReader {
    /// One label of some rows, a number into `strings` for each; -1 where a row has no such label.
    public static final class Column extends ColumnBatch.Sink {
        private final int[] numbers;
        private final List<String> strings = new ArrayList<>();
        private int size;
        private int dictionarySize;
        private @Nullable Binary lastBinary;

        public Column(int rows) {
            numbers = new int[rows];
        }

        @Override
        public boolean hasDictionarySupport() {
            return true;
        }

        @Override
        public void setDictionary(Dictionary dictionary) {
            if (dictionarySize != 0 || !strings.isEmpty()) {
                return;
            }
            dictionarySize = dictionary.getMaxId() + 1;
            for (int i = 0; i < dictionarySize; i++) {
                strings.add(dictionary.decodeToBinary(i).toStringUsingUTF8());
            }
        }

        @Override
        public void addValueFromDictionary(int number) {
            if (number < 0 || number >= dictionarySize) {
                throw Fault.corrupt("label is number %d of %d", number, dictionarySize);
            }
            numbers[size++] = number;
        }

        @Override
        public void addBinary(Binary value) {
            if (lastBinary == null || !lastBinary.equals(value)) {
                strings.add(value.toStringUsingUTF8());
                lastBinary = value.copy();
            }
            numbers[size++] = strings.size() - 1;
        }

        @Override
        public void addNull() {
            numbers[size++] = -1;
        }

        /// The value in `row`, or the empty string.
        public String text(int row) {
            int number = numbers[row];
            return number < 0 ? "" : strings.get(number);
        }

        public int number(int row) {
            return numbers[row];
        }

        /// How many numbers there are.
        public int strings() {
            return strings.size();
        }

        public String string(int number) {
            return strings.get(number);
        }

        /// The same column with the rows `kept` only.
        Column select(int[] kept, int count) {
            Column selected = new Column(count);
            selected.strings.addAll(strings);
            selected.dictionarySize = dictionarySize;
            for (int i = 0; i < count; i++) {
                selected.numbers[i] = numbers[kept[i]];
            }
            selected.size = count;
            return selected;
        }
    }

    /// One side of the map column, values of all rows one behind the other.
    public static final class MapSide extends ColumnBatch.Sink {
        private final List<String> texts = new ArrayList<>();
        private final int[] ends;
        private int row = -1;

        public MapSide(int rows) {
            ends = new int[rows];
        }

        @Override
        public void startRow() {
            row++;
            ends[row] = texts.size();
        }

        @Override
        public void addBinary(Binary value) {
            texts.add(value.toStringUsingUTF8());
            ends[row] = texts.size();
        }

        @Override
        public void addNull() {}

        public int start(int ofRow) {
            return ofRow == 0 ? 0 : ends[ofRow - 1];
        }

        public int end(int ofRow) {
            return ends[ofRow];
        }

        public String text(int index) {
            return texts.get(index);
        }
    }

    /// Columns by label name, in the order of names.
    private final TreeMap<String, ColumnDescriptor> byName = new TreeMap<>();

    private final @Nullable ColumnDescriptor restKeys;
    private final @Nullable ColumnDescriptor restValues;

    public LabelReader(TableReader table) {
        this(table, null);
    }

    /// @param only labels to read, null for all
    public LabelReader(TableReader table, @Nullable Set<String> only) {
        for (ColumnDescriptor column : table.schema().getColumns()) {
            String name = LabelColumns.labelOf(column);
            if (name != null && (only == null || only.contains(name))) {
                byName.put(name, column);
            }
        }
        boolean rest = only == null || byName.size() < only.size();
        restKeys = rest ? table.column(LabelColumns.REST_KEYS) : null;
        restValues = rest ? table.column(LabelColumns.REST_VALUES) : null;
    }

    /// The column of the label, or null if it has none.
    @Nullable
    ColumnDescriptor column(String name) {
        return byName.get(name);
    }

    /// Whether labels without a column may occur.
    boolean hasRest() {
        return restKeys != null;
    }

    /// All columns that label sets are made from.
    public List<ColumnDescriptor> columns() {
        List<ColumnDescriptor> all = new ArrayList<>(byName.values());
        if (restKeys != null && restValues != null) {
            all.add(restKeys);
            all.add(restValues);
        }
        return all;
    }

    /// Label sets of the rows of `batch`, which holds all columns but those in `known`.
    Rows decode(ColumnBatch batch, Map<ColumnDescriptor, Column> known) {
        String[] names = byName.keySet().toArray(new String[0]);
        Column[] columns = new Column[names.length];
        int i = 0;
        for (ColumnDescriptor descriptor : byName.values()) {
            Column column = known.get(descriptor);
            if (column == null) {
                column = new Column(batch.rows());
                batch.decode(descriptor, column);
            }
            columns[i++] = column;
        }
        MapSide keys = null;
        MapSide values = null;
        if (restKeys != null && restValues != null) {
            keys = new MapSide(batch.rows());
            values = new MapSide(batch.rows());
            batch.decode(restKeys, keys);
            batch.decode(restValues, values);
        }
        return new Rows(names, columns, keys, values);
    }

    /// Label sets of rows, put together when asked for.
    public record Rows(
            String[] names,
            Column[] columns,
            @Nullable MapSide restKeys,
            @Nullable MapSide restValues) {
        public Labels labels(int row) {
            if (restKeys != null && restValues != null && restKeys.start(row) < restKeys.end(row)) {
                return withRest(row, restKeys, restValues);
            }
            String[] pairs = new String[2 * names.length];
            int n = 0;
            for (int i = 0; i < names.length; i++) {
                int number = columns[i].number(row);
                if (number >= 0) {
                    pairs[n++] = names[i];
                    pairs[n++] = columns[i].string(number);
                }
            }
            return Labels.ofSorted(Arrays.copyOf(pairs, n));
        }

        private Labels withRest(int row, MapSide keys, MapSide values) {
            if (keys.end(row) - keys.start(row) != values.end(row) - values.start(row)) {
                throw Fault.corrupt(
                        "row has %d names of labels and %d values",
                        keys.end(row) - keys.start(row), values.end(row) - values.start(row));
            }
            Labels.Builder builder = new Labels.Builder();
            for (int i = 0; i < names.length; i++) {
                if (columns[i].number(row) >= 0) {
                    builder.set(names[i], columns[i].text(row));
                }
            }
            for (int i = 0; i < keys.end(row) - keys.start(row); i++) {
                builder.set(keys.text(keys.start(row) + i), values.text(values.start(row) + i));
            }
            return builder.build();
        }

        /// The column of a label, or null if it has none.
        public @Nullable Column column(String name) {
            int at = Arrays.binarySearch(names, name);
            return at < 0 ? null : columns[at];
        }

        /// Whether the labels of two rows are the same.
        public boolean same(int a, int b) {
            for (Column column : columns) {
                if (column.number(a) != column.number(b) && !column.text(a).equals(column.text(b))) {
                    return false;
                }
            }
            return restKeys == null || labels(a).equals(labels(b));
        }
    }
}

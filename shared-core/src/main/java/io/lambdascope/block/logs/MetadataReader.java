package io.lambdascope.block.logs;

import io.lambdascope.block.ColumnBatch;
import io.lambdascope.block.Columns;
import io.lambdascope.block.LabelReader;
import io.lambdascope.block.TableReader;
import io.lambdascope.fault.Fault;
import io.lambdascope.model.logs.LogEntries;
import io.lambdascope.source.logs.LogsScan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.parquet.column.ColumnDescriptor;
import org.jspecify.annotations.Nullable;

/// Reads the structured metadata that a scan wants.
final class MetadataReader {
    /// What the keys without a column may take in one run: as many numbers as there are keys times entries.
    private static final int MAX_REST_NUMBERS = 1 << 20;

    private final LogsScan.Columns wanted;
    private final Map<String, ColumnDescriptor> columns = new TreeMap<>();
    private @Nullable ColumnDescriptor restKeys;
    private @Nullable ColumnDescriptor restValues;

    MetadataReader(TableReader table, LogsScan.Columns wanted) {
        this.wanted = wanted;
        for (ColumnDescriptor column : table.schema().getColumns()) {
            String[] path = column.getPath();
            if (path.length == 1 && path[0].startsWith(LogsBlockFormat.METADATA_PREFIX)) {
                String key = path[0].substring(LogsBlockFormat.METADATA_PREFIX.length());
                if (wanted.wants(key)) {
                    columns.put(key, column);
                }
            }
        }
        if (wanted.metadata() == null || !columns.keySet().containsAll(wanted.metadata())) {
            restKeys = table.column(LogsBlockFormat.REST_KEYS);
            restValues = table.column(LogsBlockFormat.REST_VALUES);
        }
    }

    /// The columns to read.
    List<ColumnDescriptor> columns() {
        List<ColumnDescriptor> all = new ArrayList<>(columns.values());
        if (restKeys != null && restValues != null) {
            all.add(restKeys);
            all.add(restValues);
        }
        return all;
    }

    /// The structured metadata of the rows of `batch`, which holds [#columns].
    Batch decode(ColumnBatch batch) {
        List<Key> keys = new ArrayList<>();
        columns.forEach((name, column) -> {
            Columns.Bytes values = Columns.Bytes.of(batch, column);
            keys.add(new Key(name, utf8(name), values, new Texts(values)));
        });
        if (restKeys == null || restValues == null) {
            return new Batch(keys, null, null, wanted);
        }
        LabelReader.MapSide names = new LabelReader.MapSide(batch.rows());
        LabelReader.MapSide values = new LabelReader.MapSide(batch.rows());
        batch.decode(restKeys, names);
        batch.decode(restValues, values);
        return new Batch(keys, names, values, wanted);
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /// A key that has a column.
    private record Key(String name, int nameBytes, Columns.Bytes values, Texts texts) {}

    private static final class Texts implements LogEntries.Texts {
        private final Columns.Bytes values;
        private final @Nullable String[] known;

        Texts(Columns.Bytes values) {
            this.values = values;
            this.known = new String[values.numbers()];
        }

        @Override
        public String get(int number) {
            String text = known[number];
            if (text == null) {
                text = values.value(number).toStringUsingUTF8();
                known[number] = text;
            }
            return text;
        }

        @Override
        public int size() {
            return known.length;
        }
    }

    private record TextList(List<String> texts) implements LogEntries.Texts {
        @Override
        public String get(int number) {
            return texts.get(number);
        }

        @Override
        public int size() {
            return texts.size();
        }
    }

    /// Structured metadata of some rows.
    record Batch(
            List<Key> keys,
            LabelReader.@Nullable MapSide restNames,
            LabelReader.@Nullable MapSide restValues,
            LogsScan.Columns wanted) {
        /// Where a run of the rows `[from, to)` has to end, so that what [#columns] makes of it stays small.
        int end(int from, int to) {
            LabelReader.MapSide names = restNames;
            if (names == null || names.start(from) == names.end(to - 1)) {
                return to;
            }
            Set<String> different = new HashSet<>();
            for (int row = from; row < to; row++) {
                for (int at = names.start(row); at < names.end(row); at++) {
                    different.add(names.text(at));
                }
                if (row > from && (long) different.size() * (row + 1 - from) > MAX_REST_NUMBERS) {
                    return row;
                }
            }
            return to;
        }

        /// The columns of the rows `[from, to)` that have a value in one of them, by name.
        List<LogEntries.MetadataColumn> columns(int from, int to) {
            List<LogEntries.MetadataColumn> found = new ArrayList<>();
            for (Key key : keys) {
                int[] numbers = Arrays.copyOfRange(key.values().numbersOfRows(), from, to);
                for (int number : numbers) {
                    if (number >= 0) {
                        found.add(new LogEntries.MetadataColumn(key.name(), numbers, key.texts()));
                        break;
                    }
                }
            }
            if (restNames != null && restValues != null && restNames.start(from) < restNames.end(to - 1)) {
                addRest(from, to, restNames, restValues, found);
                found.sort(Comparator.comparing(LogEntries.MetadataColumn::name));
            }
            return found;
        }

        private void addRest(
                int from,
                int to,
                LabelReader.MapSide names,
                LabelReader.MapSide values,
                List<LogEntries.MetadataColumn> into) {
            Map<String, int[]> numbersByName = new TreeMap<>();
            List<String> texts = new ArrayList<>();
            for (int row = from; row < to; row++) {
                int shift = valueShift(row, names, values);
                for (int at = names.start(row); at < names.end(row); at++) {
                    if (wanted.wants(names.text(at))) {
                        int[] numbers = numbersByName.computeIfAbsent(names.text(at), _ -> absent(to - from));
                        numbers[row - from] = texts.size();
                        texts.add(values.text(at + shift));
                    }
                }
            }
            TextList shared = new TextList(texts);
            numbersByName.forEach((name, numbers) -> into.add(new LogEntries.MetadataColumn(name, numbers, shared)));
        }

        private static int valueShift(int row, LabelReader.MapSide names, LabelReader.MapSide values) {
            if (names.end(row) - names.start(row) != values.end(row) - values.start(row)) {
                throw Fault.corrupt(
                        "entry has %d keys of structured metadata and %d values",
                        names.end(row) - names.start(row), values.end(row) - values.start(row));
            }
            return values.start(row) - names.start(row);
        }

        private static int[] absent(int size) {
            int[] numbers = new int[size];
            Arrays.fill(numbers, -1);
            return numbers;
        }

        /// Bytes of keys and values of the rows `[from, to)`.
        long bytes(int from, int to) {
            long bytes = 0;
            for (Key key : keys) {
                for (int row = from; row < to; row++) {
                    int number = key.values().number(row);
                    bytes += number < 0
                            ? 0
                            : key.nameBytes() + key.values().value(number).length();
                }
            }
            if (restNames != null && restValues != null) {
                for (int at = restNames.start(from); at < restNames.end(to - 1); at++) {
                    bytes += utf8(restNames.text(at));
                }
                for (int at = restValues.start(from); at < restValues.end(to - 1); at++) {
                    bytes += utf8(restValues.text(at));
                }
            }
            return bytes;
        }
    }
}

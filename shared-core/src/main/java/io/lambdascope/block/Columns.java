package io.lambdascope.block;

import io.lambdascope.fault.Fault;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/// Columns as arrays: what [ColumnBatch] decodes numbers and bytes into.
public final class Columns {
    private Columns() {}

    /// Numbers, none absent.
    public static final class Longs extends ColumnBatch.Sink {
        private final long[] values;
        private int size;

        public Longs(int rows) {
            values = new long[rows];
        }

        /// Decodes `column` of `batch`.
        public static Longs of(ColumnBatch batch, ColumnDescriptor column) {
            Longs longs = new Longs(batch.rows());
            batch.decode(column, longs);
            return longs;
        }

        @Override
        public void addLong(long value) {
            values[size++] = value;
        }

        @Override
        public void addInt(int value) {
            values[size++] = value;
        }

        @Override
        public void addDouble(double value) {
            values[size++] = Double.doubleToRawLongBits(value);
        }

        @Override
        public void addNull() {
            throw Fault.corrupt("number is absent in row %d", size);
        }

        /// The numbers of all rows. Not a copy.
        public long[] values() {
            return values;
        }

        /// The number in `row`; of a column of doubles, its bits.
        public long at(int row) {
            return values[row];
        }
    }

    /// Byte strings, a number for each distinct one where the column has a dictionary.
    public static final class Bytes extends ColumnBatch.Sink {
        private final int[] numbers;
        private final List<Binary> values = new ArrayList<>();
        private int size;
        private int dictionarySize;

        public Bytes(int rows) {
            numbers = new int[rows];
        }

        /// Decodes `column` of `batch`.
        public static Bytes of(ColumnBatch batch, ColumnDescriptor column) {
            Bytes bytes = new Bytes(batch.rows());
            batch.decode(column, bytes);
            return bytes;
        }

        @Override
        public boolean hasDictionarySupport() {
            return true;
        }

        @Override
        public void setDictionary(Dictionary dictionary) {
            if (values.isEmpty()) {
                dictionarySize = dictionary.getMaxId() + 1;
                for (int i = 0; i < dictionarySize; i++) {
                    values.add(dictionary.decodeToBinary(i));
                }
            }
        }

        @Override
        public void addValueFromDictionary(int number) {
            if (number < 0 || number >= dictionarySize) {
                throw Fault.corrupt("value is number %d of %d", number, dictionarySize);
            }
            numbers[size++] = number;
        }

        @Override
        public void addBinary(Binary value) {
            values.add(value);
            numbers[size++] = values.size() - 1;
        }

        @Override
        public void addNull() {
            numbers[size++] = -1;
        }

        /// The number of the value in `row`, -1 if there is none; equal numbers mean equal values.
        public int number(int row) {
            return numbers[row];
        }

        /// How many numbers there are.
        public int numbers() {
            return values.size();
        }

        /// The value that has `number`.
        public Binary value(int number) {
            return values.get(number);
        }

        /// The numbers of all rows. Not a copy.
        public int[] numbersOfRows() {
            return numbers;
        }

        /// The value in `row`, or null.
        public @Nullable Binary at(int row) {
            return numbers[row] < 0 ? null : values.get(numbers[row]);
        }
    }
}

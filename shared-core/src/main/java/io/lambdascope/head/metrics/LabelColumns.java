package io.lambdascope.head.metrics;

import io.lambdascope.head.ColumnWriter;
import io.lambdascope.model.metrics.MetricsBatch;
import java.util.Arrays;

/// The labels of all series as three columns.
///
/// @param shapeNames which label names a series of each shape has
/// @param seriesShapes the shape of each series
/// @param values the label values of each series
record LabelColumns(ColumnWriter shapeNames, ColumnWriter seriesShapes, ColumnWriter values) {
    /*
     * Series of one metric have the same label names, and neighbours mostly the same values under most of them. So a
     * series is its shape (0: as the series before) and, for each name, a value: 0 for what that name had last, 1 for
     * a string not named so far, which then gets the next number, and else its number + 2.
     */
    static final int AS_BEFORE = 0;
    static final int NEW_STRING = 1;
    static final int NUMBERS_FROM = 2;

    static LabelColumns of(MetricsBatch batch, SymbolNumbers numbers) {
        LabelColumns columns = new LabelColumns(
                new ColumnWriter(256),
                new ColumnWriter(batch.seriesCount() + 16),
                new ColumnWriter(4 * batch.seriesCount() + 16));
        columns.fill(batch, numbers);
        return columns;
    }

    private void fill(MetricsBatch batch, SymbolNumbers numbers) {
        Shapes shapes = new Shapes(batch);
        int[] labels = batch.labelSymbols();
        int[] lastValues = new int[batch.symbols().size()];
        Arrays.fill(lastValues, -1);
        int lastShape = -1;
        for (int series = 0; series < batch.seriesCount(); series++) {
            int from = batch.labelStart(series);
            int to = batch.labelEnd(series);
            int known = shapes.size();
            int shape = shapes.of(series, lastShape);
            if (shape == known) {
                shapeNames.varint((to - from) / 2);
                for (int i = from; i < to; i += 2) {
                    shapeNames.varint(numbers.of(labels[i]));
                }
            }
            seriesShapes.varint(shape == lastShape ? 0 : shape + 1);
            lastShape = shape;
            for (int i = from; i < to; i += 2) {
                int name = labels[i];
                int value = labels[i + 1];
                if (lastValues[name] == value) {
                    values.octet(AS_BEFORE);
                } else {
                    lastValues[name] = value;
                    int next = numbers.size();
                    int number = numbers.of(value);
                    values.varint(number == next ? NEW_STRING : number + NUMBERS_FROM);
                }
            }
        }
    }

    /// Label name lists, numbered in the order they come.
    private static final class Shapes {
        private final MetricsBatch batch;
        /// by shape: a series that has it
        private int[] examples = new int[64];
        private int[] hashes = new int[64];
        /// shape + 1 by hash, linear probing, at most half full
        private int[] slots = new int[128];
        private int size;

        Shapes(MetricsBatch batch) {
            this.batch = batch;
        }

        int size() {
            return size;
        }

        int of(int series, int likely) {
            if (likely >= 0 && same(series, examples[likely])) {
                return likely;
            }
            int hash = hash(series);
            int mask = slots.length - 1;
            int slot = hash & mask;
            while (slots[slot] != 0) {
                int shape = slots[slot] - 1;
                if (hashes[shape] == hash && same(series, examples[shape])) {
                    return shape;
                }
                slot = slot + 1 & mask;
            }
            return insert(series, hash, slot);
        }

        private int insert(int series, int hash, int slot) {
            if (size == examples.length) {
                examples = Arrays.copyOf(examples, 2 * size);
                hashes = Arrays.copyOf(hashes, 2 * size);
            }
            examples[size] = series;
            hashes[size] = hash;
            slots[slot] = ++size;
            if (2 * size > slots.length) {
                slots = new int[2 * slots.length];
                int mask = slots.length - 1;
                for (int shape = 0; shape < size; shape++) {
                    int free = hashes[shape] & mask;
                    while (slots[free] != 0) {
                        free = free + 1 & mask;
                    }
                    slots[free] = shape + 1;
                }
            }
            return size - 1;
        }

        private boolean same(int a, int b) {
            int[] labels = batch.labelSymbols();
            int i = batch.labelStart(a);
            int j = batch.labelStart(b);
            int end = batch.labelEnd(a);
            if (end - i != batch.labelEnd(b) - j) {
                return false;
            }
            for (; i < end; i += 2, j += 2) {
                if (labels[i] != labels[j]) {
                    return false;
                }
            }
            return true;
        }

        private int hash(int series) {
            int[] labels = batch.labelSymbols();
            int hash = 0;
            for (int i = batch.labelStart(series); i < batch.labelEnd(series); i += 2) {
                hash = 31 * hash + labels[i];
            }
            hash *= 0x9E3779B1;
            return hash ^ hash >>> 15;
        }
    }
}

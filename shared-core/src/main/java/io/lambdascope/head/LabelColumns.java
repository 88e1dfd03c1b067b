package io.lambdascope.head;

import io.lambdascope.model.LabelSets;
import java.util.Arrays;

/// Label sets as three columns.
///
/// @param shapeNames which label names a set of each shape has
/// @param shapes the shape of each set
/// @param values the label values of each set
public record LabelColumns(ColumnWriter shapeNames, ColumnWriter shapes, ColumnWriter values) {
    /*
     * Series of one metric have the same label names, and neighbours mostly the same values under most of them. So a
     * set is its shape (0: as the set before) and, for each name, a value: 0 for what that name had last, 1 for
     * a string not named so far, which then gets the next number, and else its number + 2.
     */
    static final int AS_BEFORE = 0;
    static final int NEW_STRING = 1;
    static final int NUMBERS_FROM = 2;

    /// @param numbers gives the symbols of the sets' table their numbers in the segment
    public static LabelColumns of(LabelSets sets, SymbolNumbers numbers) {
        LabelColumns columns = new LabelColumns(
                new ColumnWriter(256), new ColumnWriter(sets.size() + 16), new ColumnWriter(4 * sets.size() + 16));
        columns.fill(sets, numbers);
        return columns;
    }

    private void fill(LabelSets sets, SymbolNumbers numbers) {
        Shapes known = new Shapes(sets);
        int[] labels = sets.pairs();
        int[] lastValues = new int[sets.table().size()];
        Arrays.fill(lastValues, -1);
        int lastShape = -1;
        for (int set = 0; set < sets.size(); set++) {
            int from = sets.start(set);
            int to = sets.end(set);
            int before = known.size();
            int shape = known.of(set, lastShape);
            if (shape == before) {
                shapeNames.varint((to - from) / 2);
                for (int i = from; i < to; i += 2) {
                    shapeNames.varint(numbers.of(labels[i]));
                }
            }
            shapes.varint(shape == lastShape ? 0 : shape + 1);
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

    /// Writes the three columns.
    public void writeTo(ColumnWriter payload) {
        payload.column(shapeNames);
        payload.column(shapes);
        payload.column(values);
    }

    /// Label name lists, numbered in the order they come.
    private static final class Shapes {
        private final LabelSets sets;
        /// by shape: a set that has it
        private int[] examples = new int[64];
        private int[] hashes = new int[64];
        /// shape + 1 by hash, linear probing, at most half full
        private int[] slots = new int[128];
        private int size;

        Shapes(LabelSets sets) {
            this.sets = sets;
        }

        int size() {
            return size;
        }

        int of(int set, int likely) {
            if (likely >= 0 && same(set, examples[likely])) {
                return likely;
            }
            int hash = hash(set);
            int mask = slots.length - 1;
            int slot = hash & mask;
            while (slots[slot] != 0) {
                int shape = slots[slot] - 1;
                if (hashes[shape] == hash && same(set, examples[shape])) {
                    return shape;
                }
                slot = slot + 1 & mask;
            }
            return insert(set, hash, slot);
        }

        private int insert(int set, int hash, int slot) {
            if (size == examples.length) {
                examples = Arrays.copyOf(examples, 2 * size);
                hashes = Arrays.copyOf(hashes, 2 * size);
            }
            examples[size] = set;
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
            int[] labels = sets.pairs();
            int i = sets.start(a);
            int j = sets.start(b);
            int end = sets.end(a);
            if (end - i != sets.end(b) - j) {
                return false;
            }
            for (; i < end; i += 2, j += 2) {
                if (labels[i] != labels[j]) {
                    return false;
                }
            }
            return true;
        }

        private int hash(int set) {
            int[] labels = sets.pairs();
            int hash = 0;
            for (int i = sets.start(set); i < sets.end(set); i += 2) {
                hash = 31 * hash + labels[i];
            }
            hash *= 0x9E3779B1;
            return hash ^ hash >>> 15;
        }
    }
}

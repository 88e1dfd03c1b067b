package io.lambdascope.wire.otlp.logs;

import io.lambdascope.model.LabelSets;
import io.lambdascope.model.SymbolTable;
import java.util.Arrays;

/// Names and values, as symbols, in the order in which they were added.
final class SymbolPairs {
    private int[] pairs = new int[32];
    private int size;

    void clear() {
        size = 0;
    }

    void add(int name, int value) {
        if (size == pairs.length) {
            pairs = Arrays.copyOf(pairs, 2 * size);
        }
        pairs[size++] = name;
        pairs[size++] = value;
    }

    void addAll(SymbolPairs others) {
        for (int i = 0; i < others.size; i += 2) {
            add(others.pairs[i], others.pairs[i + 1]);
        }
    }

    /// Brings them into the order of their names; of a name that stands twice the first counts.
    void sort(SymbolTable symbols) {
        LabelSets sorted = new LabelSets(symbols);
        sorted.begin();
        writeTo(sorted);
        sorted.sortLast();
        size = 0;
        for (int at = sorted.start(0); at < sorted.end(0); at += 2) {
            add(sorted.pairs()[at], sorted.pairs()[at + 1]);
        }
    }

    /// How many there are.
    int count() {
        return size / 2;
    }

    /// The value of the first that is called `name`, -1 if none is.
    int value(int name) {
        for (int i = 0; i < size; i += 2) {
            if (pairs[i] == name) {
                return pairs[i + 1];
            }
        }
        return -1;
    }

    void writeTo(LabelSets sets) {
        for (int i = 0; i < size; i += 2) {
            sets.add(pairs[i], pairs[i + 1]);
        }
    }

    /// Whether both hold the same in the same order.
    boolean same(SymbolPairs other) {
        return Arrays.equals(pairs, 0, size, other.pairs, 0, other.size);
    }
}

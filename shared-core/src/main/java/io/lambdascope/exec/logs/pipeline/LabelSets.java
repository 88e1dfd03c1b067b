package io.lambdascope.exec.logs.pipeline;

import io.lambdascope.labels.Labels;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Label sets that were seen before, so that lines with the same labels share one object.
final class LabelSets {
    /*
     * Two tables. The first knows in which order names and values came, and is asked without making anything. The
     * second knows the sets themselves, since the same set comes in several orders.
     */
    private static final int MAX_SETS = 100_000;
    private static final int SLOTS = 1 << 14;

    private record Seen(int hash, LabelName[] names, String[] values, Labels labels) {
        boolean is(int hash, LabelName[] names, String[] values, int size) {
            if (this.hash != hash || this.names.length != size) {
                return false;
            }
            for (int i = 0; i < size; i++) {
                if (this.names[i] != names[i] || !this.values[i].equals(values[i])) {
                    return false;
                }
            }
            return true;
        }
    }

    private final @Nullable Seen[] seen = new Seen[SLOTS];
    private Map<Labels, Labels> sets = new HashMap<>();
    private int generation;

    private LabelName[] names = new LabelName[32];
    private String[] values = new String[32];
    private int size;

    /// The object that stands for all sets equal to `labels`.
    Labels same(Labels labels) {
        if (sets.size() >= MAX_SETS) {
            sets = new HashMap<>();
            Arrays.fill(seen, null);
        }
        Labels known = sets.putIfAbsent(labels, labels);
        return known == null ? labels : known;
    }

    /// Begins a set.
    ///
    /// @param generation of the names, see [LineLabels#generation]
    void begin(int generation) {
        size = 0;
        if (this.generation != generation) {
            this.generation = generation;
            Arrays.fill(seen, null);
        }
    }

    void add(LabelName name, String value) {
        if (size == names.length) {
            names = Arrays.copyOf(names, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        names[size] = name;
        values[size++] = value;
    }

    /// The set of all that was added since [#begin].
    Labels end() {
        int hash = 0;
        for (int i = 0; i < size; i++) {
            hash = 31 * (31 * hash + names[i].id) + values[i].hashCode();
        }
        int slot = (hash ^ hash >>> 15) & SLOTS - 1;
        Seen known = seen[slot];
        if (known != null && known.is(hash, names, values, size)) {
            return known.labels;
        }
        Labels labels = same(sorted());
        seen[slot] = new Seen(hash, Arrays.copyOf(names, size), Arrays.copyOf(values, size), labels);
        return labels;
    }

    /// Most names come in order already: those of the stream, then those of the metadata.
    private Labels sorted() {
        String[] pairs = new String[2 * size];
        for (int i = 0; i < size; i++) {
            String name = names[i].name;
            int at = 2 * i;
            while (at > 0 && pairs[at - 2].compareTo(name) > 0) {
                pairs[at] = pairs[at - 2];
                pairs[at + 1] = pairs[at - 1];
                at -= 2;
            }
            pairs[at] = name;
            pairs[at + 1] = values[i];
        }
        return Labels.ofSorted(pairs);
    }
}

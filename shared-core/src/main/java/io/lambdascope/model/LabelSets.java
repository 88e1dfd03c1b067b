package io.lambdascope.model;

import io.lambdascope.fault.Rejections;
import io.lambdascope.labels.Labels;
import java.util.Arrays;

/// Label sets as numbers in a [SymbolTable], one behind the other: what makes a million of them cost a few bytes each.
/// A set is begun, filled, and finished by the next one or by the end.
public final class LabelSets {
    private static final int MAX_QUOTED_LABELS = 20;

    /// Up to so many labels are sorted where they are.
    private static final int FEW = 64;

    private static final int BEFORE = 1;
    private static final int SAME = 2;
    private static final int BEHIND = 3;

    private final SymbolTable symbols;
    private int size;
    /// name, value, name, value … of all sets
    private int[] pairs = new int[256];
    private int[] ends = new int[64];

    public LabelSets(SymbolTable symbols) {
        this.symbols = symbols;
    }

    /// Where the strings are.
    public SymbolTable table() {
        return symbols;
    }

    /// How many sets there are.
    public int size() {
        return size;
    }

    /// Begins the next set and gives its number.
    public int begin() {
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, 2 * size);
        }
        ends[size] = start(size);
        return size++;
    }

    /// Forgets the set begun last.
    public void dropLast() {
        size--;
    }

    /// Forgets all sets.
    public void clear() {
        size = 0;
    }

    /// Adds a label to the set begun last, in the order in which it is to stand.
    public void add(int nameSymbol, int valueSymbol) {
        int end = ends[size - 1];
        if (end + 2 > pairs.length) {
            pairs = Arrays.copyOf(pairs, 2 * pairs.length);
        }
        pairs[end] = nameSymbol;
        pairs[end + 1] = valueSymbol;
        ends[size - 1] = end + 2;
    }

    public void add(Labels labels) {
        for (int i = 0; i < labels.size(); i++) {
            add(symbols.intern(labels.name(i)), symbols.intern(labels.value(i)));
        }
    }

    /// Brings set number `number` into the order of its names; labels with the same name keep theirs.
    public void sort(int number) {
        int from = start(number);
        if (ends[number] - from > 2 * FEW) {
            if (!isSorted(from, ends[number])) {
                sortMany(from, ends[number]);
            }
            return;
        }
        for (int next = from + 2; next < ends[number]; next += 2) {
            int name = pairs[next];
            int value = pairs[next + 1];
            int at = next;
            for (; at > from && symbols.compare(pairs[at - 2], name) > 0; at -= 2) {
                pairs[at] = pairs[at - 2];
                pairs[at + 1] = pairs[at - 1];
            }
            pairs[at] = name;
            pairs[at + 1] = value;
        }
    }

    private boolean isSorted(int from, int to) {
        for (int at = from + 2; at < to; at += 2) {
            if (symbols.compare(pairs[at - 2], pairs[at]) > 0) {
                return false;
            }
        }
        return true;
    }

    /// What nobody honest sends must not take the square of its size.
    private void sortMany(int from, int to) {
        int[] before = Arrays.copyOfRange(pairs, from, to);
        Integer[] order = new Integer[before.length / 2];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> symbols.compare(before[2 * a], before[2 * b]));
        for (int i = 0; i < order.length; i++) {
            pairs[from + 2 * i] = before[2 * order[i]];
            pairs[from + 2 * i + 1] = before[2 * order[i] + 1];
        }
    }

    /// Brings the set begun last into the order of its names; of a name that stands twice the first counts.
    public void sortLast() {
        sort(size - 1);
        int from = start(size - 1);
        int to = ends[size - 1];
        int kept = from;
        for (int i = from; i < to; i += 2) {
            if (i == from || pairs[i] != pairs[kept - 2]) {
                pairs[kept] = pairs[i];
                pairs[kept + 1] = pairs[i + 1];
                kept += 2;
            }
        }
        ends[size - 1] = kept;
    }

    /// Gives each set the label `name`, where it has its place in the order of names; a set that has it already gets
    /// another value for it. All sets must be sorted.
    ///
    /// @param values the symbol of the value for each set, -1 for a set that stays as it is
    public void put(int name, int[] values) {
        int[] orders = new int[symbols.size()];
        int[] wider = new int[Math.max(16, start(size) + 2 * size)];
        int to = 0;
        int from = 0;
        for (int set = 0; set < size; set++) {
            boolean missing = values[set] >= 0;
            for (; from < ends[set]; from += 2) {
                int order = order(pairs[from], name, orders);
                if (missing && order >= SAME) {
                    missing = false;
                    wider[to++] = name;
                    wider[to++] = values[set];
                }
                if (order != SAME || values[set] < 0) {
                    wider[to++] = pairs[from];
                    wider[to++] = pairs[from + 1];
                }
            }
            if (missing) {
                wider[to++] = name;
                wider[to++] = values[set];
            }
            ends[set] = to;
        }
        pairs = wider;
    }

    /// Where symbol `other` stands from `name`; `known` keeps what was found, 0 for nothing.
    private int order(int other, int name, int[] known) {
        if (known[other] == 0) {
            known[other] = other == name ? SAME : symbols.compare(other, name) < 0 ? BEFORE : BEHIND;
        }
        return known[other];
    }

    /// Symbols of name, value, name, value … of all sets. Not a copy.
    public int[] pairs() {
        return pairs;
    }

    /// Where set number `number` begins in [#pairs].
    public int start(int number) {
        return number == 0 ? 0 : ends[number - 1];
    }

    /// Where it ends.
    public int end(int number) {
        return ends[number];
    }

    /// The symbol of the value that set number `number` has under `name`, -1 if it has none.
    public int value(int number, int name) {
        for (int at = start(number); at < ends[number]; at += 2) {
            if (pairs[at] == name) {
                return pairs[at + 1];
            }
        }
        return -1;
    }

    /// Set number `number` as an object.
    public Labels labels(int number) {
        int from = start(number);
        String[] texts = new String[ends[number] - from];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = symbols.text(pairs[from + i]);
        }
        return Labels.ofSorted(texts);
    }

    /// Set number `number` in a message to its sender, who may have sent labels of any number and length: as much of
    /// them as one can read.
    public String quote(int number) {
        int from = start(number);
        String[] texts = new String[Math.min(ends[number] - from, 2 * MAX_QUOTED_LABELS)];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = Rejections.shorten(symbols.text(pairs[from + i]));
        }
        return Rejections.shorten(Labels.ofSorted(texts).toString());
    }

    /// Whether set number `number` holds the same symbols as set `other` of `others`, whose table is this one's.
    public boolean same(int number, LabelSets others, int other) {
        return Arrays.equals(pairs, start(number), ends[number], others.pairs, others.start(other), others.ends[other]);
    }
}

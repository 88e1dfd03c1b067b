package io.lambdascope.labels;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A set of labels: names with values, sorted by name, no name twice, no empty value (an empty value means "no such
/// label"). The metric name is the label [#NAME]. Immutable; two sets are equal when they hold the same pairs.
public final class Labels implements Comparable<Labels> {
    /// The label that holds the metric name.
    public static final String NAME = "__name__";

    public static final Labels EMPTY = new Labels(new String[0]);

    /// name, value, name, value …
    private final String[] pairs;

    private int hashCode;
    private long stableHash;

    private Labels(String[] pairs) {
        this.pairs = pairs;
    }

    /// Labels from name, value, name, value …, in any order. A pair with an empty value is left out.
    ///
    /// @throws IllegalArgumentException if a name stands twice
    public static Labels of(String... pairs) {
        Builder builder = new Builder();
        for (int i = 0; i < pairs.length; i += 2) {
            if (builder.get(pairs[i]) != null) {
                throw new IllegalArgumentException("label name \"%s\" stands twice".formatted(pairs[i]));
            }
            builder.set(pairs[i], pairs[i + 1]);
        }
        return builder.build();
    }

    public static Labels of(Map<String, String> labels) {
        Builder builder = new Builder();
        labels.forEach(builder::set);
        return builder.build();
    }

    /// Takes over `pairs` (name, value, name, value …), which the caller has sorted by name, with no name twice and
    /// no empty value. For decoders that have checked this already.
    public static Labels ofSorted(String[] pairs) {
        return pairs.length == 0 ? EMPTY : new Labels(pairs);
    }

    public int size() {
        return pairs.length / 2;
    }

    public boolean isEmpty() {
        return pairs.length == 0;
    }

    public String name(int index) {
        return pairs[2 * index];
    }

    public String value(int index) {
        return pairs[2 * index + 1];
    }

    /// The value of the label `name`, or the empty string where there is none.
    public String get(String name) {
        int at = indexOf(name);
        return at < 0 ? "" : pairs[2 * at + 1];
    }

    public boolean has(String name) {
        return indexOf(name) >= 0;
    }

    /// The metric name, or the empty string.
    public String metricName() {
        return get(NAME);
    }

    public void forEach(BiConsumer<String, String> action) {
        for (int i = 0; i < pairs.length; i += 2) {
            action.accept(pairs[i], pairs[i + 1]);
        }
    }

    /// The labels whose name passes.
    public Labels filter(Predicate<String> keepName) {
        String[] kept = new String[pairs.length];
        int n = 0;
        for (int i = 0; i < pairs.length; i += 2) {
            if (keepName.test(pairs[i])) {
                kept[n++] = pairs[i];
                kept[n++] = pairs[i + 1];
            }
        }
        return n == pairs.length ? this : ofSorted(Arrays.copyOf(kept, n));
    }

    /// These labels without `name`.
    public Labels without(String name) {
        return has(name) ? filter(other -> !other.equals(name)) : this;
    }

    /// These labels with `name` set to `value`, or removed where `value` is empty.
    public Labels with(String name, String value) {
        return toBuilder().set(name, value).build();
    }

    public Builder toBuilder() {
        Builder builder = new Builder();
        forEach(builder::set);
        return builder;
    }

    private int indexOf(String name) {
        int low = 0;
        int high = pairs.length / 2 - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = pairs[2 * middle].compareTo(name);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    /// A hash that is the same in every process and release: what shards series and what `limit_ratio` samples by.
    /// xxHash64, seed 0, over each name and value as UTF-8 with its length before it: what Prometheus hashes
    /// (prometheus `model/labels/labels_stringlabels.go`).
    public long stableHash() {
        long hash = stableHash;
        if (hash == 0) {
            hash = LabelHash.of(pairs);
            stableHash = hash;
        }
        return hash;
    }

    /// Prometheus' order: label by label, name before value; a set that another begins with comes first.
    @Override
    public int compareTo(Labels other) {
        int common = Math.min(pairs.length, other.pairs.length);
        for (int i = 0; i < common; i++) {
            int order = pairs[i].compareTo(other.pairs[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(pairs.length, other.pairs.length);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || other instanceof Labels that && Arrays.equals(pairs, that.pairs);
    }

    @Override
    public int hashCode() {
        int hash = hashCode;
        if (hash == 0) {
            hash = Arrays.hashCode(pairs);
            hashCode = hash;
        }
        return hash;
    }

    /// As PromQL writes it: `name{label="value"}`; names that are not plain identifiers are quoted.
    @Override
    public String toString() {
        return LabelText.print(this);
    }

    /// Collects labels in any order; a later value replaces an earlier one, an empty one removes it.
    public static final class Builder {
        private final TreeMap<String, String> values = new TreeMap<>();

        public Builder set(String name, String value) {
            if (value.isEmpty()) {
                values.remove(name);
            } else {
                values.put(name, value);
            }
            return this;
        }

        public Builder remove(String name) {
            values.remove(name);
            return this;
        }

        public @Nullable String get(String name) {
            return values.get(name);
        }

        public Labels build() {
            String[] pairs = new String[2 * values.size()];
            int n = 0;
            for (Map.Entry<String, String> entry : values.entrySet()) {
                pairs[n++] = entry.getKey();
                pairs[n++] = entry.getValue();
            }
            return ofSorted(pairs);
        }
    }
}

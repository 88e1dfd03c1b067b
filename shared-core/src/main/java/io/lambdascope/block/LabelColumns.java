package io.lambdascope.block;

import io.lambdascope.labels.Labels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/// Which labels of a block get a column of their own; the others share a map. A schema has to be known before the
/// first row is written, hence the [Survey] over all labels.
///
/// @param names of labels with a column, sorted
/// @param rest whether there are others
public record LabelColumns(List<String> names, boolean rest) {
    /// The column of [Labels#NAME].
    private static final String METRIC = "metric";

    private static final String PREFIX = "label_";
    static final String[] REST_KEYS = {"labels_rest", "key_value", "key"};
    static final String[] REST_VALUES = {"labels_rest", "key_value", "value"};

    public LabelColumns {
        names = List.copyOf(names);
    }

    /// The column of a label.
    private static String columnOf(String labelName) {
        return labelName.equals(Labels.NAME) ? METRIC : PREFIX + labelName;
    }

    /// The label that stands in `column`, or null if none does.
    static @Nullable String labelOf(ColumnDescriptor column) {
        String[] path = column.getPath();
        if (path.length != 1) {
            return null;
        }
        if (path[0].equals(METRIC)) {
            return Labels.NAME;
        }
        return path[0].startsWith(PREFIX) ? path[0].substring(PREFIX.length()) : null;
    }

    /// The columns, as a schema wants them: the first ones of a table.
    public List<Type> types() {
        List<Type> types = new ArrayList<>();
        for (String name : names) {
            types.add(ColumnTypes.optionalString(columnOf(name)));
        }
        if (rest) {
            types.add(ColumnTypes.map(REST_KEYS[0]));
        }
        return types;
    }

    /// Sees the labels of every series of the block to come.
    public static final class Survey {
        private final Map<String, Integer> seriesByName = new HashMap<>();
        private long series;

        public void add(Labels labels) {
            series++;
            for (int i = 0; i < labels.size(); i++) {
                seriesByName.merge(labels.name(i), 1, Integer::sum);
            }
        }

        /// Adds `count` uses of a name.
        public void add(String name, int count) {
            seriesByName.merge(name, count, Integer::sum);
        }

        public long series() {
            return series;
        }

        /// The most usual names get a column. One that differs from a more usual one in nothing but case does not:
        /// DuckDB and Athena know columns by name without case.
        ///
        /// @param most how many columns there may be
        public LabelColumns columns(int most) {
            return columns(most, 0);
        }

        /// The same for names that are used at least `least` times only.
        public LabelColumns columns(int most, long least) {
            List<String> byUse = new ArrayList<>(seriesByName.keySet());
            byUse.sort(Comparator.comparing((String name) -> !name.equals(Labels.NAME))
                    .thenComparingInt(name -> -seriesByName.getOrDefault(name, 0))
                    .thenComparing(Comparator.naturalOrder()));
            Set<String> folded = new HashSet<>();
            List<String> chosen = new ArrayList<>();
            for (String name : byUse) {
                if (chosen.size() < most
                        && seriesByName.getOrDefault(name, 0) >= least
                        && folded.add(name.toLowerCase(Locale.ROOT))) {
                    chosen.add(name);
                }
            }
            chosen.sort(Comparator.naturalOrder());
            return new LabelColumns(chosen, chosen.size() < byUse.size());
        }
    }
}

package io.lambdascope.block.metrics;

import io.lambdascope.labels.Labels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Which labels of a block get a column of their own; the others share a map. A schema has to be known before the
/// first row is written, hence the [Survey] over all labels.
///
/// @param names of labels with a column, sorted
/// @param rest whether there are others
public record LabelColumns(List<String> names, boolean rest) {
    public LabelColumns {
        names = List.copyOf(names);
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

        public long series() {
            return series;
        }

        /// The most usual names get a column. One that differs from a more usual one in nothing but case does not:
        /// DuckDB and Athena know columns by name without case.
        ///
        /// @param most how many columns there may be
        public LabelColumns columns(int most) {
            List<String> byUse = new ArrayList<>(seriesByName.keySet());
            byUse.sort(Comparator.comparing((String name) -> !name.equals(Labels.NAME))
                    .thenComparingInt(name -> -seriesByName.getOrDefault(name, 0))
                    .thenComparing(Comparator.naturalOrder()));
            Set<String> folded = new HashSet<>();
            List<String> chosen = new ArrayList<>();
            for (String name : byUse) {
                if (chosen.size() < most && folded.add(name.toLowerCase(Locale.ROOT))) {
                    chosen.add(name);
                }
            }
            chosen.sort(Comparator.naturalOrder());
            return new LabelColumns(chosen, chosen.size() < byUse.size());
        }
    }
}

package io.lambdascope.block.metrics;

import io.lambdascope.block.LabelReader;
import io.lambdascope.block.RowSelector;
import io.lambdascope.block.TableReader;
import io.lambdascope.labels.Labels;
import io.lambdascope.labels.Matcher;
import io.lambdascope.source.metrics.MetricsScan;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// The values of one label in a block. Reads the columns of that label, of those that matchers name, and of time; the
/// other labels of a series do not matter.
final class BlockLabelValues {
    private final String name;
    private final TableReader table;
    private final RowSelector selector;

    /// @param request all shards, since a shard may be known by all labels only
    BlockLabelValues(String name, TableReader table, MetricsScan request) {
        this.name = name;
        this.table = table;
        Set<String> needed = new HashSet<>(Set.of(name));
        for (Matcher matcher : request.matchers()) {
            needed.add(matcher.name());
        }
        this.selector = new RowSelector(
                table,
                MetricsBlockFormat.wanted(request, MetricsBlockFormat.MIN_TIME, MetricsBlockFormat.MAX_TIME),
                new LabelReader(table, needed));
    }

    SortedSet<String> read() {
        SortedSet<String> values = new TreeSet<>();
        for (int group = 0; group < table.rowGroups(); group++) {
            RowSelector.Selection rows = selector.select(group);
            if (rows != null) {
                add(rows, values);
            }
        }
        values.remove("");
        return values;
    }

    private void add(RowSelector.Selection rows, SortedSet<String> values) {
        LabelReader.Column column = rows.labels().column(name);
        if (column == null || !selector.decidesByColumns()) {
            for (int row = 0; row < rows.count(); row++) {
                Labels labels = rows.labels().labels(row);
                if (selector.accepts(labels)) {
                    values.add(labels.get(name));
                }
            }
            return;
        }
        boolean[] seen = new boolean[column.strings()];
        for (int row = 0; row < rows.count(); row++) {
            int number = column.number(row);
            if (number >= 0 && !seen[number]) {
                seen[number] = true;
                values.add(column.string(number));
            }
        }
    }
}

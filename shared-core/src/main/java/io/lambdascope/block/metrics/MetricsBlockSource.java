package io.lambdascope.block.metrics;

import io.lambdascope.block.BlockCache;
import io.lambdascope.block.ColumnBatch;
import io.lambdascope.block.LabelReader;
import io.lambdascope.block.TableReader;
import io.lambdascope.model.metrics.MetricMetadata;
import io.lambdascope.source.Unit;
import io.lambdascope.source.metrics.ExemplarCursor;
import io.lambdascope.source.metrics.ExemplarListCursor;
import io.lambdascope.source.metrics.MergingCursor;
import io.lambdascope.source.metrics.MetricsCursor;
import io.lambdascope.source.metrics.MetricsScan;
import io.lambdascope.source.metrics.MetricsSource;
import io.lambdascope.store.ObjectStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.filter2.columnindex.RowRanges;
import org.jspecify.annotations.Nullable;

/// Reads a block of metrics through range reads: first the footer (from the cache if it was read before), then the
/// columns that matchers name, of pages that may match, then what else is wanted of the rows that do.
public final class MetricsBlockSource implements MetricsSource {
    private final ObjectStore store;
    private final Unit unit;
    private final BlockCache cache;

    /// Reads nothing yet.
    ///
    /// @param unit a block, whose place names its tables
    public MetricsBlockSource(ObjectStore store, Unit unit, BlockCache cache) {
        this.store = store;
        this.unit = unit;
        this.cache = cache;
    }

    /// The table `name`, or null if the block has none.
    private @Nullable TableReader open(String name) {
        if (!(unit.place() instanceof Unit.Place.Prefix(var _, List<Unit.Table> tables))) {
            throw new IllegalArgumentException("unit %s is no block".formatted(unit.id()));
        }
        for (Unit.Table table : tables) {
            if (table.name().equals(name)) {
                TableReader reader = TableReader.open(store, unit, table, cache);
                MetricsBlockFormat.Version.of(reader.format());
                return reader;
            }
        }
        return null;
    }

    @Override
    public MetricsCursor scan(MetricsScan request) {
        TableReader table = request.range().isEmpty() ? null : open(MetricsBlockFormat.SERIES);
        return table == null ? MergingCursor.of(List.of()) : new SeriesCursor(table, request);
    }

    @Override
    public SortedSet<String> labelValues(String name, MetricsScan request) {
        if (!request.shard().isAll()) {
            return MetricsSource.super.labelValues(name, request);
        }
        TableReader table = request.range().isEmpty() ? null : open(MetricsBlockFormat.SERIES);
        if (table == null) {
            return Collections.emptySortedSet();
        }
        try (table) {
            return new BlockLabelValues(name, table, request).read();
        }
    }

    @Override
    public ExemplarCursor exemplars(MetricsScan request) {
        TableReader table = request.range().isEmpty() ? null : open(MetricsBlockFormat.EXEMPLARS);
        return table == null ? new ExemplarListCursor(List.of()) : new BlockExemplarCursor(table, request);
    }

    @Override
    public List<MetricMetadata> metadata() {
        TableReader table = open(MetricsBlockFormat.METADATA);
        if (table == null) {
            return List.of();
        }
        try (table) {
            Set<MetricMetadata> items = new LinkedHashSet<>();
            for (int group = 0; group < table.rowGroups(); group++) {
                readMetadata(table, group, items);
            }
            return List.copyOf(items);
        }
    }

    private static void readMetadata(TableReader table, int group, Set<MetricMetadata> into) {
        List<ColumnDescriptor> wanted = new ArrayList<>();
        for (String name : List.of(
                MetricsBlockFormat.FAMILY, MetricsBlockFormat.TYPE, MetricsBlockFormat.HELP, MetricsBlockFormat.UNIT)) {
            wanted.add(table.required(name));
        }
        ColumnBatch batch = table.read(group, wanted, RowRanges.createSingle(table.rowsOf(group)));
        List<LabelReader.Column> columns = new ArrayList<>();
        for (ColumnDescriptor descriptor : wanted) {
            LabelReader.Column column = new LabelReader.Column(batch.rows());
            batch.decode(descriptor, column);
            columns.add(column);
        }
        for (int row = 0; row < batch.rows(); row++) {
            into.add(new MetricMetadata(
                    columns.get(0).text(row),
                    typeOf(columns.get(1).text(row)),
                    columns.get(2).text(row),
                    columns.get(3).text(row)));
        }
    }

    private static MetricMetadata.Type typeOf(String text) {
        for (MetricMetadata.Type type : MetricMetadata.Type.values()) {
            if (type.text().equals(text)) {
                return type;
            }
        }
        return MetricMetadata.Type.UNKNOWN;
    }

    @Override
    public void close() {}
}

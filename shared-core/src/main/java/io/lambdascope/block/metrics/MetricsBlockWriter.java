package io.lambdascope.block.metrics;

import io.lambdascope.block.BlockFiles;
import io.lambdascope.block.BlockInfo;
import io.lambdascope.block.LabelColumns;
import io.lambdascope.block.LabelWriter;
import io.lambdascope.block.TableWriter;
import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.Exemplar;
import io.lambdascope.model.metrics.MetricMetadata;
import io.lambdascope.model.metrics.SeriesSamples;
import io.lambdascope.source.Unit;
import io.lambdascope.source.metrics.ExemplarCursor;
import io.lambdascope.source.metrics.MetricsCursor;
import io.lambdascope.source.metrics.MetricsFacts;
import io.lambdascope.store.ObjectStore;
import io.lambdascope.time.TimeRange;
import java.io.Closeable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/// Writes one block of metrics: tables to local disk first, then, at [#finish], to the object store. Memory stays
/// within one row group, however long the block.
public final class MetricsBlockWriter implements Closeable {
    private final MetricsBlockSettings settings;
    private final LabelColumns columns;
    private final BlockFiles files;
    private final Set<String> metricNames = new HashSet<>();
    private final Set<MetricMetadata> metadata = new LinkedHashSet<>();

    private @Nullable TableWriter series;
    private @Nullable RowWriter rows;
    private @Nullable TableWriter exemplars;
    private @Nullable LabelWriter exemplarLabels;
    private @Nullable Labels lastSeries;
    private @Nullable Labels lastExemplars;
    private @Nullable TimeRange range;
    private long samples;
    private long seriesCount;

    /// @param columns from a [LabelColumns.Survey] that has seen the labels of all series and of all with exemplars
    /// @param prefix under which the block's objects go, ends in `/`; never used before
    /// @param scratch an existing directory for files, which are deleted when the writer is closed
    public MetricsBlockWriter(
            MetricsBlockSettings settings, LabelColumns columns, ObjectStore store, String prefix, Path scratch) {
        this.settings = settings;
        this.columns = columns;
        this.files = new BlockFiles(store, prefix, scratch, MetricsBlockFormat.Version.CURRENT.text());
    }

    /// Appends all series of `cursor`, which stays open.
    public void addAll(MetricsCursor cursor) {
        while (cursor.next()) {
            add(cursor.labels(), cursor.samples());
        }
    }

    /// Appends a series; one without samples is left out.
    ///
    /// @param labels greater than those of the series before
    public void add(Labels labels, SeriesSamples run) {
        if (lastSeries != null && lastSeries.compareTo(labels) >= 0) {
            throw new IllegalArgumentException("series %s comes after %s".formatted(labels, lastSeries));
        }
        lastSeries = labels;
        if (run.isEmpty()) {
            return;
        }
        RowWriter into = rows;
        if (into == null) {
            series = newTable(MetricsBlockFormat.SERIES, MetricsBlockFormat.series(columns));
            into = new RowWriter(settings, new LabelWriter(columns), series);
            rows = into;
        }
        into.write(labels, run);
        metricNames.add(labels.metricName());
        samples += run.size();
        seriesCount++;
        extend(run.timestamp(0), run.timestamp(run.size() - 1));
    }

    private void extend(long fromMillis, long lastMillis) {
        TimeRange more = TimeRange.ofMillisInclusive(fromMillis, lastMillis);
        range = range == null ? more : range.union(more);
    }

    /// Appends the exemplars of all series of `cursor`, which stays open.
    public void addExemplars(ExemplarCursor cursor) {
        while (cursor.next()) {
            addExemplars(cursor.labels(), cursor.exemplars());
        }
    }

    /// Appends the exemplars of a series.
    ///
    /// @param labels greater than those of the series before with exemplars
    /// @param ofSeries in the order of [ExemplarCursor#exemplars]
    public void addExemplars(Labels labels, List<Exemplar> ofSeries) {
        if (lastExemplars != null && lastExemplars.compareTo(labels) >= 0) {
            throw new IllegalArgumentException("exemplars of %s come after %s".formatted(labels, lastExemplars));
        }
        lastExemplars = labels;
        TableWriter table = exemplars;
        LabelWriter labelWriter = exemplarLabels;
        if (table == null || labelWriter == null) {
            table = newTable(MetricsBlockFormat.EXEMPLARS, MetricsBlockFormat.exemplars(columns));
            labelWriter = new LabelWriter(columns);
            exemplars = table;
            exemplarLabels = labelWriter;
        }
        int column = labelWriter.columns();
        for (Exemplar exemplar : ofSeries) {
            labelWriter.write(labels, table);
            table.column(column).write(exemplar.timestampMillis(), 0, 0);
            table.column(column + 1).write(exemplar.value(), 0, 0);
            labelWriter.writeMap(exemplar.labels(), null, table.column(column + 2), table.column(column + 3));
            table.endRow();
            extend(exemplar.timestampMillis(), exemplar.timestampMillis());
        }
        metricNames.add(labels.metricName());
    }

    /// Adds metadata; an item that is there already counts once.
    public void addMetadata(Iterable<MetricMetadata> items) {
        items.forEach(metadata::add);
    }

    /// Whether there is nothing to write.
    public boolean isEmpty() {
        return series == null && exemplars == null && metadata.isEmpty();
    }

    /// Writes the tables to the object store and says what they are. Whatever happens before this returns, no reader
    /// knows of them: the catalog does.
    ///
    /// @param ifOnlyMetadata the range of a block that has neither samples nor exemplars
    public BlockInfo finish(TimeRange ifOnlyMetadata) {
        if (isEmpty()) {
            throw new IllegalStateException("a block with nothing in it is not written");
        }
        if (!metadata.isEmpty()) {
            writeMetadata();
        }
        List<Unit.Table> tables = files.finish();
        return new BlockInfo(
                range == null ? ifOnlyMetadata : range,
                series == null ? 0 : series.rows(),
                samples,
                seriesCount,
                tables.stream().mapToLong(Unit.Table::bytes).sum(),
                MetricsFacts.of(metricNames, settings.maxFactBytes()).encode(),
                tables);
    }

    private void writeMetadata() {
        TableWriter table = newTable(MetricsBlockFormat.METADATA, MetricsBlockFormat.metadata());
        for (MetricMetadata item : metadata) {
            String[] texts = {item.family(), item.type().text(), item.help(), item.unit()};
            for (int column = 0; column < texts.length; column++) {
                table.column(column)
                        .write(Binary.fromConstantByteArray(texts[column].getBytes(StandardCharsets.UTF_8)), 0, 0);
            }
            table.endRow();
        }
    }

    private TableWriter newTable(String name, MessageType schema) {
        return files.newTable(
                name, schema, MetricsBlockFormat.properties(settings), settings.zstdLevel(), settings.rowGroupBytes());
    }

    /// Deletes the local files.
    @Override
    public void close() {
        files.close();
    }
}

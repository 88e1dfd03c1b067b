package io.lambdascope.block.metrics;

import io.lambdascope.block.LabelWriter;
import io.lambdascope.block.TableWriter;
import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.SeriesSamples;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/// Cuts the samples of a series into rows of the `series` table.
final class RowWriter {
    /// Half of what a reader takes.
    private static final int MAX_ROW_POPULATIONS = 1 << 21;

    private final MetricsBlockSettings settings;
    private final TableWriter table;
    private final LabelWriter labelWriter;
    private final FloatChunk floats = new FloatChunk();
    private final HistogramChunk histograms = new HistogramChunk();
    private final TimesChunk times = new TimesChunk();
    private final LongChunk startsChunk = new LongChunk();
    private final ChunkOutput out = new ChunkOutput();

    private long[] rowTimes = new long[256];
    private double[] rowValues = new double[256];
    private NativeHistogram[] rowHistograms = new NativeHistogram[0];
    private long[] rowStarts = new long[256];

    RowWriter(MetricsBlockSettings settings, LabelWriter labelWriter, TableWriter table) {
        this.settings = settings;
        this.labelWriter = labelWriter;
        this.table = table;
    }

    void write(Labels labels, SeriesSamples samples) {
        long rowMillis = settings.rowLength().toMillis();
        int from = 0;
        while (from < samples.size()) {
            long window = Math.floorDiv(samples.timestamp(from), rowMillis);
            int to = from;
            int floatCount = 0;
            int histogramCount = 0;
            long populations = 0;
            while (to < samples.size()
                    && to - from < settings.maxRowSamples()
                    && Math.floorDiv(samples.timestamp(to), rowMillis) == window) {
                NativeHistogram histogram = samples.histogram(to);
                if (histogram == null) {
                    floatCount++;
                } else {
                    populations += HistogramChunk.populationsOf(histogram);
                    if (populations > MAX_ROW_POPULATIONS && histogramCount > 0) {
                        break;
                    }
                    histogramCount++;
                }
                to++;
            }
            if (floatCount > 0) {
                writeRow(labels, samples, from, to, false, floatCount);
            }
            if (histogramCount > 0) {
                writeRow(labels, samples, from, to, true, histogramCount);
            }
            from = to;
        }
    }

    /// Writes the floats or the histograms of `samples[from, to)`, of which there are `count`.
    private void writeRow(Labels labels, SeriesSamples samples, int from, int to, boolean wantHistograms, int count) {
        if (rowTimes.length < count) {
            rowTimes = new long[count];
            rowValues = new double[count];
            rowStarts = new long[count];
        }
        if (wantHistograms && rowHistograms.length < count) {
            rowHistograms = new NativeHistogram[count];
        }
        int n = 0;
        boolean started = false;
        for (int i = from; i < to; i++) {
            NativeHistogram histogram = samples.histogram(i);
            if ((histogram != null) == wantHistograms) {
                rowTimes[n] = samples.timestamp(i);
                rowValues[n] = samples.value(i);
                rowStarts[n] = samples.startMillis(i);
                started |= rowStarts[n] != 0;
                if (histogram != null) {
                    rowHistograms[n] = histogram;
                }
                n++;
            }
        }
        labelWriter.write(labels, table);
        int column = labelWriter.columns();
        table.column(column++).write(labels.stableHash(), 0, 0);
        table.column(column++).write(rowTimes[0], 0, 0);
        table.column(column++).write(rowTimes[n - 1], 0, 0);
        table.column(column++).write(n, 0, 0);
        table.column(column++).write(Binary.fromConstantByteArray(times.encode(rowTimes, n)), 0, 0);
        out.clear();
        if (wantHistograms) {
            histograms.encode(rowHistograms, n, out);
        } else {
            floats.encode(rowValues, 0, n, out);
        }
        table.column(column++).write(Binary.fromConstantByteArray(out.toByteArray()), 0, 0);
        byte @Nullable [] starts = started ? encodeStarts(n) : null;
        if (starts == null) {
            table.column(column).writeNull(0, 0);
        } else {
            table.column(column).write(Binary.fromConstantByteArray(starts), 0, 1);
        }
        table.endRow();
    }

    private byte[] encodeStarts(int count) {
        out.clear();
        startsChunk.encode(rowStarts, count, 1, 0, out);
        return out.toByteArray();
    }
}

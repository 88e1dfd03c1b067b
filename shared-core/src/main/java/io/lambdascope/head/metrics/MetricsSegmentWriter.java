package io.lambdascope.head.metrics;

import io.lambdascope.head.ColumnWriter;
import io.lambdascope.head.LabelColumns;
import io.lambdascope.head.Segment;
import io.lambdascope.head.SegmentFormat;
import io.lambdascope.head.SymbolNumbers;
import io.lambdascope.labels.Labels;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.model.SymbolTable;
import io.lambdascope.model.metrics.Exemplar;
import io.lambdascope.model.metrics.MetricMetadata;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.StaleMarker;
import io.lambdascope.source.metrics.MetricsFacts;
import io.lambdascope.time.TimeRange;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Writes a batch of metrics as a segment. Layout: `docs/formats/segment.md`.
public final class MetricsSegmentWriter {
    static final int VERSION = 1;
    static final int SAMPLE_COUNTS = 1;
    static final int HISTOGRAMS = 2;
    static final int START_TIMESTAMPS = 4;
    static final int EXEMPLARS = 8;
    static final int METADATA = 16;

    /// What the pruning facts of a segment may take: they are paid for by the KB in the head table.
    private static final int MAX_FACTS_BYTES = 1024;

    private final MetricsBatch batch;
    private final SymbolNumbers numbers;
    private final ColumnWriter payload;

    private MetricsSegmentWriter(MetricsBatch batch, SymbolNumbers numbers) {
        this.batch = batch;
        this.numbers = numbers;
        this.payload = new ColumnWriter(1024 + 24 * batch.sampleCount());
    }

    /// Encodes `batch`, whose symbol table may grow by the strings of exemplars and metadata.
    ///
    /// @param emptyMillis what the segment's time is if it holds neither sample nor exemplar: when it arrived
    /// @param level of zstd, as in [SegmentFormat#LEVEL_FAST]
    public static Segment encode(Tenant tenant, MetricsBatch batch, long emptyMillis, int level) {
        for (MetricsBatch.SeriesExemplar exemplar : batch.exemplars()) {
            exemplar.exemplar().labels().forEach((name, value) -> {
                batch.symbols().intern(name);
                batch.symbols().intern(value);
            });
        }
        for (MetricMetadata item : batch.metadata()) {
            batch.symbols().intern(item.family());
            batch.symbols().intern(item.help());
            batch.symbols().intern(item.unit());
        }
        MetricsSegmentWriter writer = new MetricsSegmentWriter(batch, new SymbolNumbers(batch.symbols()));
        writer.write();
        long[] times = writer.times(emptyMillis);
        return SegmentFormat.encode(
                tenant,
                Signal.METRICS,
                TimeRange.millisToNanos(times[0]),
                TimeRange.millisToNanos(times[1]),
                batch.seriesCount(),
                writer.facts().encode(),
                writer.payload.array(),
                writer.payload.size(),
                level);
    }

    private void write() {
        LabelColumns labels = LabelColumns.of(batch.series(), numbers);
        ColumnWriter exemplars = exemplars();
        ColumnWriter metadata = metadata();
        int series = batch.seriesCount();
        boolean counted = !oneSampleEach();
        payload.octet(VERSION);
        payload.varint(numbers.size());
        payload.varint(series);
        payload.varint(batch.sampleCount());
        payload.octet((counted ? SAMPLE_COUNTS : 0)
                | (batch.hasHistograms() ? HISTOGRAMS : 0)
                | (batch.hasStartTimestamps() ? START_TIMESTAMPS : 0)
                | (batch.exemplars().isEmpty() ? 0 : EXEMPLARS)
                | (batch.metadata().isEmpty() ? 0 : METADATA));
        numbers.writeTo(payload);
        labels.writeTo(payload);
        if (counted) {
            ColumnWriter counts = new ColumnWriter(series);
            for (int i = 0; i < series; i++) {
                counts.varint(batch.sampleEnd(i) - batch.sampleStart(i));
            }
            payload.column(counts);
        }
        payload.column(timestamps());
        values();
        if (batch.hasStartTimestamps()) {
            payload.column(startTimestamps());
        }
        if (!batch.exemplars().isEmpty()) {
            payload.column(exemplars);
        }
        if (!batch.metadata().isEmpty()) {
            payload.column(metadata);
        }
    }

    private boolean oneSampleEach() {
        int series = batch.seriesCount();
        for (int i = 0; i < series; i++) {
            if (batch.sampleEnd(i) != i + 1) {
                return false;
            }
        }
        return batch.sampleCount() == series;
    }

    /// The first sample of a series against the first of the series before, then differences of differences.
    private ColumnWriter timestamps() {
        ColumnWriter out = new ColumnWriter(batch.sampleCount() + 16);
        long[] timestamps = batch.timestamps();
        long first = 0;
        long step = 0;
        for (int i = 0; i < batch.seriesCount(); i++) {
            int from = batch.sampleStart(i);
            int to = batch.sampleEnd(i);
            for (int s = from; s < to; s++) {
                if (s == from) {
                    out.zigzag(timestamps[s] - first);
                    first = timestamps[s];
                } else {
                    long nextStep = timestamps[s] - timestamps[s - 1];
                    out.zigzag(nextStep - step);
                    step = nextStep;
                }
            }
        }
        return out;
    }

    /// Tags, digits, bits and histograms, each in a column of its own.
    private void values() {
        int samples = batch.sampleCount();
        ColumnWriter tags = new ColumnWriter(samples);
        ColumnWriter digits = new ColumnWriter(4 * samples);
        ColumnWriter bits = new ColumnWriter(2 * samples);
        ColumnWriter histograms = new ColumnWriter(16);
        double[] values = batch.values();
        boolean mayHoldHistograms = batch.hasHistograms();
        for (int i = 0; i < batch.seriesCount(); i++) {
            int lastTag = DecimalCode.INTEGER;
            long lastMantissa = 0;
            int to = batch.sampleEnd(i);
            for (int s = batch.sampleStart(i); s < to; s++) {
                NativeHistogram histogram = mayHoldHistograms ? batch.histogram(s) : null;
                double value = values[s];
                if (histogram != null) {
                    tags.octet(DecimalCode.HISTOGRAM);
                    HistogramCode.write(histogram, histograms);
                    continue;
                }
                if (StaleMarker.isStale(value)) {
                    tags.octet(DecimalCode.STALE);
                    continue;
                }
                int tag = DecimalCode.tagOf(value, lastTag);
                tags.octet(tag);
                if (tag == DecimalCode.RAW) {
                    bits.fixedDouble(value);
                    continue;
                }
                long mantissa = DecimalCode.mantissa(value, tag);
                digits.zigzag(tag == lastTag ? mantissa - lastMantissa : mantissa);
                lastTag = tag;
                lastMantissa = mantissa;
            }
        }
        payload.column(tags);
        payload.column(digits);
        payload.column(bits);
        if (mayHoldHistograms) {
            payload.column(histograms);
        }
    }

    /// How long before its timestamp each sample's counter began, plus one; 0 for unknown.
    private ColumnWriter startTimestamps() {
        ColumnWriter out = new ColumnWriter(4 * batch.sampleCount());
        for (int s = 0; s < batch.sampleCount(); s++) {
            long start = batch.startMillis(s);
            if (start == 0) {
                out.octet(0);
            } else {
                out.octet(1);
                out.zigzag(batch.timestamps()[s] - start);
            }
        }
        return out;
    }

    private ColumnWriter exemplars() {
        ColumnWriter out = new ColumnWriter(16);
        SymbolTable symbols = batch.symbols();
        out.varint(batch.exemplars().size());
        for (MetricsBatch.SeriesExemplar item : batch.exemplars()) {
            Exemplar exemplar = item.exemplar();
            out.varint(item.series());
            out.zigzag(exemplar.timestampMillis());
            HistogramCode.writeDouble(exemplar.value(), out);
            out.varint(exemplar.labels().size());
            exemplar.labels().forEach((name, value) -> {
                out.varint(numbers.of(symbols.intern(name)));
                out.varint(numbers.of(symbols.intern(value)));
            });
        }
        return out;
    }

    private ColumnWriter metadata() {
        ColumnWriter out = new ColumnWriter(16);
        SymbolTable symbols = batch.symbols();
        out.varint(batch.metadata().size());
        for (MetricMetadata item : batch.metadata()) {
            out.varint(numbers.of(symbols.intern(item.family())));
            out.varint(item.type().code());
            out.varint(numbers.of(symbols.intern(item.help())));
            out.varint(numbers.of(symbols.intern(item.unit())));
        }
        return out;
    }

    private long[] times(long emptyMillis) {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        long[] timestamps = batch.timestamps();
        for (int s = 0; s < batch.sampleCount(); s++) {
            first = Math.min(first, timestamps[s]);
            last = Math.max(last, timestamps[s]);
        }
        for (MetricsBatch.SeriesExemplar item : batch.exemplars()) {
            first = Math.min(first, item.exemplar().timestampMillis());
            last = Math.max(last, item.exemplar().timestampMillis());
        }
        return first > last ? new long[] {emptyMillis, emptyMillis} : new long[] {first, last};
    }

    private MetricsFacts facts() {
        SymbolTable symbols = batch.symbols();
        int nameSymbol = symbols.intern(Labels.NAME);
        int[] labels = batch.labelSymbols();
        BitSet seen = new BitSet(symbols.size());
        List<String> names = new ArrayList<>();
        for (int i = 0; i < batch.seriesCount(); i++) {
            String name = "";
            boolean isNew = true;
            for (int at = batch.labelStart(i); at < batch.labelEnd(i); at += 2) {
                if (labels[at] == nameSymbol) {
                    int value = labels[at + 1];
                    isNew = !seen.get(value);
                    if (isNew) {
                        seen.set(value);
                        name = symbols.text(value);
                    }
                    break;
                }
            }
            if (isNew) {
                names.add(name);
            }
        }
        return MetricsFacts.of(names, MAX_FACTS_BYTES);
    }
}

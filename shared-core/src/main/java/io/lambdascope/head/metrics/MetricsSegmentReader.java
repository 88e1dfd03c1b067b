package io.lambdascope.head.metrics;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.head.ColumnReader;
import io.lambdascope.head.LabelColumnsReader;
import io.lambdascope.head.Segment;
import io.lambdascope.head.SymbolNumbers;
import io.lambdascope.labels.Labels;
import io.lambdascope.model.Signal;
import io.lambdascope.model.metrics.Exemplar;
import io.lambdascope.model.metrics.MetricMetadata;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.StaleMarker;
import org.jspecify.annotations.Nullable;

/// Reads what [MetricsSegmentWriter] wrote, as a batch.
public final class MetricsSegmentReader {
    private final ColumnReader in;
    private final MetricsBatch batch = new MetricsBatch();
    /// symbol of the batch by number in the segment
    private int[] symbols = {};

    private MetricsSegmentReader(ColumnReader in) {
        this.in = in;
    }

    /// @throws Fault CORRUPT_DATA if `segment` is not what it should be
    public static MetricsBatch read(Segment segment) {
        if (segment.header().signal() != Signal.METRICS) {
            throw Fault.corrupt(
                    "segment %s holds %s, not metrics",
                    segment.id(), segment.header().signal().text());
        }
        byte[] payload = segment.payload();
        MetricsSegmentReader reader = new MetricsSegmentReader(new ColumnReader(payload, 0, payload.length));
        try {
            reader.read();
            return reader.batch;
        } catch (IndexOutOfBoundsException | ArithmeticException e) {
            throw new Fault(
                    FaultKind.CORRUPT_DATA,
                    "segment %s contradicts itself: %s".formatted(segment.id(), e.getMessage()),
                    e);
        }
    }

    private void read() {
        int version = in.octet();
        if (version != MetricsSegmentWriter.VERSION) {
            throw Fault.corrupt("columns of metrics have version %d, this build reads 1", version);
        }
        int symbolCount = in.countOfBytes();
        int series = in.countOfBytes();
        int samples = in.countOfBytes();
        int flags = in.octet();
        symbols = SymbolNumbers.read(in, symbolCount, batch.symbols());
        LabelColumnsReader labels = new LabelColumnsReader(in, symbols, 0);
        ColumnReader counts = has(flags, MetricsSegmentWriter.SAMPLE_COUNTS) ? in.column() : null;
        ColumnReader timestamps = in.column();
        ValueReader values = new ValueReader(in, has(flags, MetricsSegmentWriter.HISTOGRAMS));
        ColumnReader starts = has(flags, MetricsSegmentWriter.START_TIMESTAMPS) ? in.column() : null;
        long first = 0;
        long step = 0;
        int left = samples;
        for (int i = 0; i < series; i++) {
            batch.startSeries();
            labels.readInto(batch.series());
            int count = counts == null ? 1 : counts.count(left);
            left -= count;
            values.startSeries();
            long time = 0;
            for (int s = 0; s < count; s++) {
                if (s == 0) {
                    first += timestamps.zigzag();
                    time = first;
                } else {
                    step += timestamps.zigzag();
                    time += step;
                }
                values.readInto(batch, time);
                if (starts != null && starts.octet() != 0) {
                    batch.startedAt(time - starts.zigzag());
                }
            }
        }
        if (left != 0) {
            throw Fault.corrupt("%d samples belong to no series", left);
        }
        if (has(flags, MetricsSegmentWriter.EXEMPLARS)) {
            readExemplars(in.column());
        }
        if (has(flags, MetricsSegmentWriter.METADATA)) {
            readMetadata(in.column());
        }
    }

    private static boolean has(int flags, int flag) {
        return (flags & flag) != 0;
    }

    private void readExemplars(ColumnReader column) {
        int count = column.countOfBytes();
        for (int i = 0; i < count; i++) {
            int series = column.count(batch.seriesCount() - 1);
            long time = column.zigzag();
            double value = HistogramCode.readDouble(column);
            String[] pairs = new String[2 * column.countOfBytes()];
            for (int part = 0; part < pairs.length; part++) {
                pairs[part] = text(column);
            }
            batch.exemplars()
                    .add(new MetricsBatch.SeriesExemplar(series, new Exemplar(Labels.ofSorted(pairs), value, time)));
        }
    }

    private void readMetadata(ColumnReader column) {
        int count = column.countOfBytes();
        for (int i = 0; i < count; i++) {
            String family = text(column);
            MetricMetadata.Type type = MetricMetadata.Type.ofCode(column.count(255));
            batch.addMetadata(new MetricMetadata(family, type, text(column), text(column)));
        }
    }

    private String text(ColumnReader column) {
        return batch.symbols().text(symbols[column.count(symbols.length - 1)]);
    }

    /// Reads values sample by sample.
    private static final class ValueReader {
        private final ColumnReader tags;
        private final ColumnReader digits;
        private final ColumnReader bits;
        private final @Nullable ColumnReader histograms;
        private int lastTag;
        private long lastMantissa;

        ValueReader(ColumnReader in, boolean mayHoldHistograms) {
            this.tags = in.column();
            this.digits = in.column();
            this.bits = in.column();
            this.histograms = mayHoldHistograms ? in.column() : null;
        }

        void startSeries() {
            lastTag = DecimalCode.INTEGER;
            lastMantissa = 0;
        }

        void readInto(MetricsBatch batch, long time) {
            int tag = tags.octet();
            switch (tag) {
                case DecimalCode.RAW -> batch.addSample(time, bits.fixedDouble());
                case DecimalCode.STALE -> batch.addSample(time, StaleMarker.VALUE);
                case DecimalCode.HISTOGRAM -> {
                    if (histograms == null) {
                        throw Fault.corrupt("a histogram where there should be none");
                    }
                    NativeHistogram histogram = HistogramCode.read(histograms);
                    batch.addSample(time, histogram);
                }
                default -> {
                    if (tag > DecimalCode.MAX_TAG) {
                        throw Fault.corrupt("a value has the tag %d", tag);
                    }
                    long mantissa = digits.zigzag() + (tag == lastTag ? lastMantissa : 0);
                    batch.addSample(time, DecimalCode.value(mantissa, tag));
                    lastTag = tag;
                    lastMantissa = mantissa;
                }
            }
        }
    }
}

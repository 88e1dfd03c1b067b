package io.lambdascope.wire.remotewrite;

import static io.lambdascope.wire.ProtoReader.FIXED64;
import static io.lambdascope.wire.ProtoReader.LENGTH;
import static io.lambdascope.wire.ProtoReader.VARINT;

import io.lambdascope.fault.Rejections;
import io.lambdascope.model.metrics.Exemplar;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.wire.ProtoReader;
import io.lambdascope.wire.SnappyBlock;

/// Reads a remote write 2.0 body (prometheus/docs `specs/prw/remote_write_spec_2_0.md`, prometheus
/// `prompb/io/prometheus/write/v2/types.proto`): snappy around `io.prometheus.write.v2.Request`.
///
/// A series that breaks a rule of the message (labels that are no pairs, references to no symbol, samples and
/// histograms
/// at once or neither) is refused and the rest is read, as Prometheus does. As in 1.0, whether labels keep the rules is
/// judged by who stores them, and a label with an empty value is left out.
public final class RemoteWrite2Decoder {
    /*
     * The symbols of the request are entered into the batch's table once; from then on a label is two numbers that are
     * looked up in an array. Fields may come in any order, so a series is judged when it has been read, and taken back
     * if it is refused.
     */
    private static final int TIME_SERIES = 5 << 3 | LENGTH;

    private static final int LABELS_REFS = 1 << 3 | LENGTH;
    private static final int LABELS_REF = 1 << 3 | VARINT;
    private static final int SAMPLES = 2 << 3 | LENGTH;
    private static final int HISTOGRAMS = 3 << 3 | LENGTH;
    private static final int EXEMPLARS = 4 << 3 | LENGTH;
    private static final int METADATA = 5 << 3 | LENGTH;
    /// Of the first drafts of 2.0, for all samples of the series; today each has its own.
    private static final int CREATED_TIMESTAMP = 6 << 3 | VARINT;

    /// @param batch what can be read
    /// @param rejections of series and exemplars that break a rule of the message
    public record Decoded(MetricsBatch batch, Rejections rejections) {}

    private final ProtoReader in;
    private final MetricsBatch batch = new MetricsBatch();
    private final Rejections rejections = new Rejections("err-remote-write-");
    private final DecodedObjects objects = new DecodedObjects();
    private final RequestSymbols symbols;
    private final LabelRefs labels = new LabelRefs();
    private final LabelRefs exemplarLabels = new LabelRefs();
    private final SeriesMetadata metadata;

    private RemoteWrite2Decoder(byte[] message) {
        this.in = new ProtoReader(message);
        this.symbols = RequestSymbols.read(message, batch.symbols());
        this.metadata = new SeriesMetadata(batch, symbols, objects);
    }

    /// @param maxBytes the most that the body may have when decompressed
    /// @throws io.lambdascope.fault.Fault TOO_LARGE, or BAD_REQUEST if it is not what it should be
    public static Decoded decode(byte[] body, int maxBytes) {
        RemoteWrite2Decoder decoder = new RemoteWrite2Decoder(SnappyBlock.decompress(body, maxBytes));
        decoder.readRequest();
        return new Decoded(decoder.batch, decoder.rejections);
    }

    private void readRequest() {
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            if (tag == TIME_SERIES) {
                readSeries();
            } else {
                in.skipField(tag);
            }
        }
    }

    private void readSeries() {
        int outer = in.enter();
        int series = batch.startSeries();
        labels.clear();
        metadata.clear();
        long created = 0;
        boolean floats = false;
        boolean histograms = false;
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case LABELS_REFS, LABELS_REF -> labels.read(in, tag);
                case SAMPLES -> {
                    readSample();
                    floats = true;
                }
                case HISTOGRAMS -> {
                    objects.add();
                    HistogramDecoder.read(in, batch);
                    histograms = true;
                }
                case EXEMPLARS -> readExemplar();
                case METADATA -> metadata.read(in);
                case CREATED_TIMESTAMP -> created = in.varint();
                default -> in.skipField(tag);
            }
        }
        in.leave(outer);
        if (!accepts(labels, "the labels of a series") || !accepts(metadata.refs(), "the metadata of a series")) {
            batch.dropSeries();
            return;
        }
        for (int i = 0; i < labels.size(); i += 2) {
            int value = symbols.number(labels.get(i + 1));
            if (batch.symbols().length(value) > 0) {
                batch.addLabel(symbols.number(labels.get(i)), value);
            }
        }
        if (floats && histograms) {
            refuse("samples-and-histograms", "both samples and histograms", series);
            return;
        }
        if (!floats && !histograms) {
            refuse("no-samples", "neither samples nor histograms", series);
            return;
        }
        for (int s = batch.sampleStart(series); created != 0 && s < batch.sampleEnd(series); s++) {
            if (batch.startMillis(s) == 0) {
                batch.startedAt(s, created);
            }
        }
        metadata.addFor(labels);
    }

    private void refuse(String id, String what, int series) {
        rejections.add(
                id,
                () -> "received a series with %s, it must have either, series: %s"
                        .formatted(what, batch.series().quote(series)));
        batch.dropSeries();
    }

    /// Whether references are pairs and all lead to symbols.
    private boolean accepts(LabelRefs refs, String whose) {
        if (refs.size() % 2 != 0) {
            rejections.add(
                    "odd-label-references",
                    () -> "received %d references to symbols as %s, they must be pairs".formatted(refs.size(), whose));
            return false;
        }
        int highest = refs.highest();
        if (highest >= symbols.size()) {
            rejections.add(
                    "symbol-out-of-range",
                    () -> "received a reference to symbol %d in %s, there are %d symbols"
                            .formatted(highest, whose, symbols.size()));
            return false;
        }
        return true;
    }

    private void readSample() {
        int outer = in.enter();
        double value = 0;
        long timestamp = 0;
        long startTimestamp = 0;
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case 1 << 3 | FIXED64 -> value = in.float64();
                case 2 << 3 | VARINT -> timestamp = in.varint();
                case 3 << 3 | VARINT -> startTimestamp = in.varint();
                default -> in.skipField(tag);
            }
        }
        in.leave(outer);
        batch.addSample(timestamp, value);
        batch.startedAt(startTimestamp);
    }

    private void readExemplar() {
        objects.add();
        int outer = in.enter();
        exemplarLabels.clear();
        double value = 0;
        long timestamp = 0;
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case LABELS_REFS, LABELS_REF -> exemplarLabels.read(in, tag);
                case 2 << 3 | FIXED64 -> value = in.float64();
                case 3 << 3 | VARINT -> timestamp = in.varint();
                default -> in.skipField(tag);
            }
        }
        in.leave(outer);
        if (accepts(exemplarLabels, "the labels of an exemplar")) {
            batch.addExemplar(new Exemplar(symbols.labels(exemplarLabels), value, timestamp));
        }
    }
}

package io.lambdascope.wire.remotewrite;

import static io.lambdascope.wire.ProtoReader.FIXED64;
import static io.lambdascope.wire.ProtoReader.LENGTH;
import static io.lambdascope.wire.ProtoReader.VARINT;

import io.lambdascope.fault.Fault;
import io.lambdascope.labels.Labels;
import io.lambdascope.model.SymbolTable;
import io.lambdascope.model.metrics.Exemplar;
import io.lambdascope.model.metrics.MetricMetadata;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.wire.ProtoReader;
import io.lambdascope.wire.SnappyBlock;
import java.util.Arrays;

/// Reads a remote write 1.0 body (prometheus/docs `specs/prw/remote_write_spec.md`, prometheus `prompb/types.proto`):
/// snappy around `prometheus.WriteRequest`. Labels are taken as they come; whether they keep the rules is judged by
/// who stores them. A label with an empty value is left out, as it says that there is none.
public final class RemoteWriteDecoder {
    /*
     * Neighbouring series mostly share labels at the same place (instance, job …). So the bytes of each label are
     * compared with those at its place in the series before, and only a label that differs is looked up in the symbol
     * table.
     */
    private static final int TIME_SERIES = 1 << 3 | LENGTH;
    private static final int METADATA = 3 << 3 | LENGTH;
    /// What a 2.0 request has in the place of these.
    private static final int V2_SYMBOLS = 4 << 3 | LENGTH;

    private static final int V2_TIME_SERIES = 5 << 3 | LENGTH;

    private static final int LABELS = 1 << 3 | LENGTH;
    private static final int SAMPLES = 2 << 3 | LENGTH;
    private static final int EXEMPLARS = 3 << 3 | LENGTH;
    private static final int HISTOGRAMS = 4 << 3 | LENGTH;

    private static final int NAME = 1 << 3 | LENGTH;
    private static final int VALUE = 2 << 3 | LENGTH;

    private static final int NO_SYMBOL = -1;

    private final ProtoReader in;
    private final MetricsBatch batch = new MetricsBatch();
    private final SymbolTable symbols = batch.symbols();
    private final DecodedObjects objects = new DecodedObjects();

    private int place;
    private int[] placeFrom = new int[32];
    private int[] placeLength = new int[32];
    private int[] placeName = new int[32];
    private int[] placeValue = new int[32];

    private RemoteWriteDecoder(byte[] message) {
        this.in = new ProtoReader(message);
    }

    /// @param maxBytes the most that the body may have when decompressed
    /// @throws Fault TOO_LARGE, or BAD_REQUEST if it is not what it should be
    public static MetricsBatch decode(byte[] body, int maxBytes) {
        RemoteWriteDecoder decoder = new RemoteWriteDecoder(SnappyBlock.decompress(body, maxBytes));
        decoder.readRequest();
        return decoder.batch;
    }

    private void readRequest() {
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case TIME_SERIES -> readSeries();
                case METADATA -> readMetadata();
                case V2_SYMBOLS, V2_TIME_SERIES ->
                    throw Fault.badRequest(
                            "body is an io.prometheus.write.v2.Request; say so in the content-type, as its parameter proto");
                default -> in.skipField(tag);
            }
        }
    }

    private void readSeries() {
        int outer = in.enter();
        batch.startSeries();
        place = 0;
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case LABELS -> readLabel();
                case SAMPLES -> readSample();
                case EXEMPLARS -> readExemplar();
                case HISTOGRAMS -> {
                    objects.add();
                    HistogramDecoder.read(in, batch);
                }
                default -> in.skipField(tag);
            }
        }
        in.leave(outer);
    }

    private void readLabel() {
        int outer = in.enter();
        int from = in.position();
        int length = in.end() - from;
        if (place == placeFrom.length) {
            placeFrom = Arrays.copyOf(placeFrom, 2 * place);
            placeLength = Arrays.copyOf(placeLength, 2 * place);
            placeName = Arrays.copyOf(placeName, 2 * place);
            placeValue = Arrays.copyOf(placeValue, 2 * place);
        }
        byte[] bytes = in.bytes();
        int before = placeFrom[place];
        boolean asBefore = placeLength[place] == length
                && Arrays.equals(bytes, from, from + length, bytes, before, before + length);
        if (!asBefore || length == 0) {
            readLabelParts();
            placeLength[place] = length;
        }
        placeFrom[place] = from;
        if (placeValue[place] != NO_SYMBOL) {
            batch.addLabel(placeName[place], placeValue[place]);
        }
        place++;
        in.leave(outer);
    }

    private void readLabelParts() {
        int name = NO_SYMBOL;
        int value = NO_SYMBOL;
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case NAME -> name = symbol();
                case VALUE -> value = symbol();
                default -> in.skipField(tag);
            }
        }
        placeName[place] = name == NO_SYMBOL ? symbols.intern("") : name;
        placeValue[place] = value == NO_SYMBOL || symbols.length(value) == 0 ? NO_SYMBOL : value;
    }

    private int symbol() {
        int length = in.length();
        int from = in.position();
        in.skip(length);
        return symbols.intern(in.bytes(), from, length);
    }

    private void readSample() {
        int outer = in.enter();
        double value = 0;
        long timestamp = 0;
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case 1 << 3 | FIXED64 -> value = in.float64();
                case 2 << 3 | VARINT -> timestamp = in.varint();
                default -> in.skipField(tag);
            }
        }
        in.leave(outer);
        batch.addSample(timestamp, value);
    }

    private void readExemplar() {
        objects.add();
        int outer = in.enter();
        Labels.Builder labels = new Labels.Builder();
        double value = 0;
        long timestamp = 0;
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case LABELS -> {
                    int label = in.enter();
                    String name = "";
                    String text = "";
                    for (int part = in.tag(); part != 0; part = in.tag()) {
                        switch (part) {
                            case NAME -> name = in.text();
                            case VALUE -> text = in.text();
                            default -> in.skipField(part);
                        }
                    }
                    in.leave(label);
                    labels.set(name, text);
                }
                case 2 << 3 | FIXED64 -> value = in.float64();
                case 3 << 3 | VARINT -> timestamp = in.varint();
                default -> in.skipField(tag);
            }
        }
        in.leave(outer);
        batch.addExemplar(new Exemplar(labels.build(), value, timestamp));
    }

    private void readMetadata() {
        objects.add();
        int outer = in.enter();
        MetricMetadata.Type type = MetricMetadata.Type.UNKNOWN;
        String family = "";
        String help = "";
        String unit = "";
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case 1 << 3 | VARINT -> type = MetricMetadata.Type.ofCode((int) in.varint());
                case 2 << 3 | LENGTH -> family = in.text();
                case 4 << 3 | LENGTH -> help = in.text();
                case 5 << 3 | LENGTH -> unit = in.text();
                default -> in.skipField(tag);
            }
        }
        in.leave(outer);
        batch.addMetadata(new MetricMetadata(family, type, help, unit));
    }
}

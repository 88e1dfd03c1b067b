package io.lambdascope.testkit.remoteread;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.SeriesSamples;
import io.lambdascope.testkit.metrics.RemoteWriteBody;
import io.lambdascope.wire.ProtoReader;
import io.lambdascope.wire.SnappyBlock;
import io.lambdascope.wire.remotewrite.RemoteWriteDecoder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/// Reads answers to remote reads as a client does.
public final class ReadAnswers {
    private static final int MAX_BYTES = 256 << 20;

    /// Samples of one series from one message.
    ///
    /// @param query the number of the query that it answers
    /// @param chunks that held them; none where samples came as such
    public record Series(int query, Labels labels, SeriesSamples samples, List<Chunk> chunks) {}

    /// @param encoding as the protocol numbers it
    public record Chunk(int encoding, byte[] data) {}

    private ReadAnswers() {}

    /// The series of each result of a `prometheus.ReadResponse`.
    public static List<List<Series>> samples(byte[] body) {
        List<List<Series>> results = new ArrayList<>();
        ProtoReader in = new ProtoReader(SnappyBlock.decompress(body, MAX_BYTES));
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            check(tag == ProtoReader.tag(1, ProtoReader.LENGTH), "field " + tag);
            // a result has the fields of a remote write request
            MetricsBatch batch = RemoteWriteDecoder.decode(RemoteWriteBody.snappy(bytes(in)), MAX_BYTES);
            List<Series> series = new ArrayList<>();
            for (int i = 0; i < batch.seriesCount(); i++) {
                series.add(new Series(results.size(), batch.labels(i), sorted(batch, i), List.of()));
            }
            results.add(series);
        }
        return results;
    }

    /// Floats and histograms lie apart in the message.
    private static SeriesSamples sorted(MetricsBatch batch, int series) {
        List<Integer> order = new ArrayList<>();
        for (int i = batch.sampleStart(series); i < batch.sampleEnd(series); i++) {
            order.add(i);
        }
        order.sort((a, b) -> Long.compare(batch.timestamps()[a], batch.timestamps()[b]));
        SeriesSamples samples = new SeriesSamples();
        for (int i : order) {
            NativeHistogram histogram = batch.histogram(i);
            if (histogram == null) {
                samples.add(batch.timestamps()[i], batch.values()[i]);
            } else {
                samples.add(batch.timestamps()[i], histogram);
            }
        }
        return samples;
    }

    /// The messages of a stream of `prometheus.ChunkedReadResponse`, checksums checked.
    public static List<Series> chunks(byte[] body) {
        List<Series> messages = new ArrayList<>();
        ProtoReader in = new ProtoReader(body);
        while (in.position() < body.length) {
            int length = (int) in.varint();
            int checksum = ByteBuffer.wrap(body, in.position(), 4).getInt();
            in.skip(4);
            CRC32C expected = new CRC32C();
            expected.update(body, in.position(), length);
            check(checksum == (int) expected.getValue(), "checksum of message " + messages.size());
            byte[] message = new byte[length];
            System.arraycopy(body, in.position(), message, 0, length);
            in.skip(length);
            messages.add(message(new ProtoReader(message)));
        }
        return messages;
    }

    private static Series message(ProtoReader in) {
        Labels.Builder labels = new Labels.Builder();
        SeriesSamples samples = new SeriesSamples();
        List<Chunk> chunks = new ArrayList<>();
        int query = 0;
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag >>> 3) {
                case 1 -> {
                    int outer = in.enter();
                    for (int part = in.tag(); part != 0; part = in.tag()) {
                        switch (part >>> 3) {
                            case 1 -> label(in, labels);
                            case 2 -> chunks.add(chunk(in, samples));
                            default -> in.skipField(part);
                        }
                    }
                    in.leave(outer);
                }
                case 2 -> query = (int) in.varint();
                default -> in.skipField(tag);
            }
        }
        return new Series(query, labels.build(), samples, chunks);
    }

    private static void label(ProtoReader in, Labels.Builder labels) {
        int outer = in.enter();
        String name = "";
        String value = "";
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag >>> 3) {
                case 1 -> name = in.text();
                case 2 -> value = in.text();
                default -> in.skipField(tag);
            }
        }
        in.leave(outer);
        labels.set(name, value);
    }

    private static Chunk chunk(ProtoReader in, SeriesSamples samples) {
        int outer = in.enter();
        long min = 0;
        long max = 0;
        int encoding = 0;
        byte[] data = {};
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag >>> 3) {
                case 1 -> min = in.varint();
                case 2 -> max = in.varint();
                case 3 -> encoding = (int) in.varint();
                case 4 -> data = bytes(in);
                default -> in.skipField(tag);
            }
        }
        in.leave(outer);
        int before = samples.size();
        ChunkDecoder.decode(encoding, data, samples);
        check(samples.timestamp(before) == min, "first moment of a chunk");
        check(samples.timestamp(samples.size() - 1) == max, "last moment of a chunk");
        check(samples.size() - before <= 120, "number of samples of a chunk");
        return new Chunk(encoding, data);
    }

    private static byte[] bytes(ProtoReader in) {
        int length = in.length();
        byte[] bytes = new byte[length];
        System.arraycopy(in.bytes(), in.position(), bytes, 0, length);
        in.skip(length);
        return bytes;
    }

    private static void check(boolean right, String what) {
        if (!right) {
            throw new IllegalArgumentException(what + " is not what it should be");
        }
    }
}

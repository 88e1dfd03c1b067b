package io.lambdascope.wire.remoteread;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.SeriesSamples;
import io.lambdascope.wire.ProtoWriter;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// Messages of `prometheus.ChunkedReadResponse`, each behind its length as a varint and its CRC-32C, highest byte first
/// (prometheus `storage/remote/chunked.go`). A message holds chunks of one series; a long series takes several.
final class ChunksAnswer implements ReadAnswer {
    /// Chunks go into a message until they have this many bytes, as in Prometheus.
    private static final int FRAME_BYTES = 1 << 20;

    private final int maxBytes;
    private final TooLarge tooLarge;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    ChunksAnswer(int maxBytes, TooLarge tooLarge) {
        this.maxBytes = maxBytes;
        this.tooLarge = tooLarge;
    }

    @Override
    public void add(int query, Labels labels, SeriesSamples samples) {
        Frame frame = new Frame(query, labels);
        Chunker.cut(samples, frame::add);
        // a series of which only labels are wanted has a message too
        if (samples.isEmpty() || !frame.isEmpty()) {
            frame.end();
        }
    }

    /// One message as it grows.
    private final class Frame {
        private final int query;
        private final Labels labels;
        private ProtoWriter out;
        private int series;
        private int chunks;

        Frame(int query, Labels labels) {
            this.query = query;
            this.labels = labels;
            out = new ProtoWriter(1 << 10);
            begin();
        }

        private void begin() {
            series = out.begin(1);
            ReadAnswer.writeLabels(labels, out);
            chunks = 0;
        }

        boolean isEmpty() {
            return chunks == 0;
        }

        void add(Chunk chunk) {
            int message = out.begin(2);
            if (chunk.minMillis() != 0) {
                out.varint(1, chunk.minMillis());
            }
            if (chunk.maxMillis() != 0) {
                out.varint(2, chunk.maxMillis());
            }
            out.varint(3, chunk.encoding().code());
            out.bytes(4, chunk.data());
            out.end(message);
            chunks++;
            if (out.size() >= FRAME_BYTES) {
                end();
                out = new ProtoWriter(1 << 10);
                begin();
            } else if (body.size() + out.size() > maxBytes) {
                throw tooLarge.fault(maxBytes);
            }
        }

        void end() {
            out.end(series);
            if (query != 0) {
                out.varint(2, query);
            }
            write(out.toByteArray());
        }
    }

    private void write(byte[] message) {
        ProtoWriter length = new ProtoWriter(16);
        length.rawVarint(message.length);
        CRC32C checksum = new CRC32C();
        checksum.update(message);
        body.writeBytes(length.toByteArray());
        body.writeBytes(ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array());
        body.writeBytes(message);
        if (body.size() > maxBytes) {
            throw tooLarge.fault(maxBytes);
        }
    }

    @Override
    public byte[] finish() {
        return body.toByteArray();
    }

    @Override
    public String contentType() {
        return "application/x-streamed-protobuf; proto=prometheus.ChunkedReadResponse";
    }

    @Override
    public boolean isSnappy() {
        return false;
    }
}

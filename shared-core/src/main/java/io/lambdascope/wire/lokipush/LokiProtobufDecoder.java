package io.lambdascope.wire.lokipush;

import static io.lambdascope.wire.ProtoReader.LENGTH;
import static io.lambdascope.wire.ProtoReader.VARINT;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.Rejections;
import io.lambdascope.labels.Labels;
import io.lambdascope.model.SymbolTable;
import io.lambdascope.model.logs.LogsBatch;
import io.lambdascope.wire.ProtoReader;
import io.lambdascope.wire.SnappyBlock;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads Loki's push in protobuf (loki `pkg/push/push.proto`): snappy around `logproto.PushRequest`.
public final class LokiProtobufDecoder {
    private static final int STREAMS = 1 << 3 | LENGTH;

    private static final int STREAM_LABELS = 1 << 3 | LENGTH;
    private static final int ENTRIES = 2 << 3 | LENGTH;

    private static final int TIMESTAMP = 1 << 3 | LENGTH;
    private static final int LINE = 2 << 3 | LENGTH;
    private static final int METADATA = 3 << 3 | LENGTH;

    private static final int NAME = 1 << 3 | LENGTH;
    private static final int VALUE = 2 << 3 | LENGTH;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final ProtoReader in;
    private final LogsBatch batch = new LogsBatch();
    private final SymbolTable symbols = batch.symbols();
    private final MetadataNames names = new MetadataNames(symbols);
    private final Map<String, Labels> parsed = new HashMap<>();
    private final Rejections rejections = new Rejections("");

    private LokiProtobufDecoder(byte[] message) {
        this.in = new ProtoReader(message);
    }

    /// @param maxBytes the most that the body may have when decompressed
    /// @throws Fault TOO_LARGE, or BAD_REQUEST if it is not what it should be
    public static LokiPush decode(byte[] body, int maxBytes) {
        LokiProtobufDecoder decoder = new LokiProtobufDecoder(SnappyBlock.decompress(body, maxBytes));
        decoder.readRequest();
        return new LokiPush(decoder.batch, decoder.rejections);
    }

    private void readRequest() {
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            if (tag == STREAMS) {
                readStream();
            } else {
                in.skipField(tag);
            }
        }
    }

    private void readStream() {
        int outer = in.enter();
        int from = in.position();
        String text = "{}";
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            if (tag == STREAM_LABELS) {
                text = in.text();
            } else {
                in.skipField(tag);
            }
        }
        Labels labels = labelsOf(text);
        if (labels != null) {
            batch.startStream(labels);
            in.moveTo(from);
            readEntries();
        }
        in.leave(outer);
    }

    /// Null if they are none, which the sender is told then.
    private @Nullable Labels labelsOf(String text) {
        try {
            return parsed.computeIfAbsent(text, StreamLabels::parse);
        } catch (Fault fault) {
            rejections.add("invalid_labels", fault::text);
            return null;
        }
    }

    private void readEntries() {
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            if (tag == ENTRIES) {
                readEntry();
            } else {
                in.skipField(tag);
            }
        }
    }

    private void readEntry() {
        int outer = in.enter();
        int start = in.position();
        long time = 0;
        int lineFrom = start;
        int lineLength = 0;
        boolean metadata = false;
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case TIMESTAMP -> time = readTimestamp();
                case LINE -> {
                    lineLength = in.length();
                    lineFrom = in.position();
                    in.skip(lineLength);
                }
                default -> {
                    metadata |= tag == METADATA;
                    in.skipField(tag);
                }
            }
        }
        batch.addEntry(time, in.bytes(), lineFrom, lineLength);
        if (metadata) {
            in.moveTo(start);
            for (int tag = in.tag(); tag != 0; tag = in.tag()) {
                if (tag == METADATA) {
                    readMetadata();
                } else {
                    in.skipField(tag);
                }
            }
            batch.metadata().sortLast();
        }
        in.leave(outer);
    }

    private long readTimestamp() {
        int outer = in.enter();
        long seconds = 0;
        long nanos = 0;
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case 1 << 3 | VARINT -> seconds = in.varint();
                case 2 << 3 | VARINT -> nanos = in.varint();
                default -> in.skipField(tag);
            }
        }
        in.leave(outer);
        // out of all that nanoseconds can say: far enough to be refused for its age
        long most = Long.MAX_VALUE / NANOS_PER_SECOND - 1;
        return Math.clamp(seconds, -most, most) * NANOS_PER_SECOND + (int) nanos;
    }

    private void readMetadata() {
        int outer = in.enter();
        int name = -1;
        int value = -1;
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case NAME -> name = symbol();
                case VALUE -> value = symbol();
                default -> in.skipField(tag);
            }
        }
        in.leave(outer);
        if (name >= 0 && value >= 0 && symbols.length(value) > 0) {
            batch.metadata().add(names.of(name), value);
        }
    }

    private int symbol() {
        int length = in.length();
        int from = in.position();
        in.skip(length);
        return symbols.intern(in.bytes(), from, length);
    }
}

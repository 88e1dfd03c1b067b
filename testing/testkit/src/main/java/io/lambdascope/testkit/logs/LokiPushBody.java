package io.lambdascope.testkit.logs;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.airlift.compress.v3.snappy.SnappyJavaCompressor;
import io.lambdascope.labels.Labels;
import io.lambdascope.wire.ProtoWriter;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;

/// What a sender of Loki's push puts on the wire: neighbouring items of one stream share it.
public final class LokiPushBody {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private LokiPushBody() {}

    public static byte[] protobuf(List<LogItem> items) {
        return snappy(message(items));
    }

    public static byte[] snappy(byte[] content) {
        SnappyJavaCompressor compressor = new SnappyJavaCompressor();
        byte[] block = new byte[compressor.maxCompressedLength(content.length)];
        return Arrays.copyOf(block, compressor.compress(content, 0, content.length, block, 0, block.length));
    }

    /// `items` as `logproto.PushRequest`.
    public static byte[] message(List<LogItem> items) {
        ProtoWriter request = new ProtoWriter(1024);
        for (int from = 0; from < items.size(); from = streamEnd(items, from)) {
            int stream = request.begin(1);
            request.text(1, items.get(from).stream().toString());
            for (LogItem item : items.subList(from, streamEnd(items, from))) {
                int entry = request.begin(2);
                int time = request.begin(1);
                request.varint(1, Math.floorDiv(item.timeNanos(), NANOS_PER_SECOND));
                request.varint(2, Math.floorMod(item.timeNanos(), NANOS_PER_SECOND));
                request.end(time);
                request.text(2, item.line());
                item.metadata().forEach((name, value) -> {
                    int pair = request.begin(3);
                    request.text(1, name);
                    request.text(2, value);
                    request.end(pair);
                });
                request.end(entry);
            }
            request.end(stream);
        }
        return request.toByteArray();
    }

    public static String json(List<LogItem> items) {
        StringJoiner streams = new StringJoiner(",", "{\"streams\":[", "]}");
        for (int from = 0; from < items.size(); from = streamEnd(items, from)) {
            StringJoiner values = new StringJoiner(",", "[", "]");
            for (LogItem item : items.subList(from, streamEnd(items, from))) {
                String metadata = item.metadata().isEmpty() ? "" : "," + object(item.metadata());
                values.add("[\"%d\",%s%s]".formatted(item.timeNanos(), text(item.line()), metadata));
            }
            streams.add("{\"stream\":%s,\"values\":%s}".formatted(object(items.get(from).stream()), values));
        }
        return streams.toString();
    }

    private static int streamEnd(List<LogItem> items, int from) {
        int end = from + 1;
        while (end < items.size() && items.get(end).stream().equals(items.get(from).stream())) {
            end++;
        }
        return end;
    }

    private static String object(Labels labels) {
        StringJoiner pairs = new StringJoiner(",", "{", "}");
        labels.forEach((name, value) -> pairs.add(text(name) + ":" + text(value)));
        return pairs.toString();
    }

    private static String text(String value) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(value)) + '"';
    }
}

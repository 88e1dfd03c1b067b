package io.lambdascope.functions.ingest;

import io.lambdascope.api.HttpRequest;
import io.lambdascope.wire.ProtoWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// The smallest pushes that are real ones, by each protocol: `rehearsal 1`, or `rehearsal` as a log line.
final class Rehearsal {
    private static final String NAME = "rehearsal";
    private static final String PROTOBUF = "application/x-protobuf";

    private Rehearsal() {}

    static List<HttpRequest> pushes(InstantSource clock) {
        return List.of(
                new HttpRequest(
                        "POST",
                        "/api/v1/push",
                        "",
                        Map.of("content-type", PROTOBUF, "content-encoding", "snappy"),
                        snappy(remoteWrite(clock.millis()))),
                new HttpRequest(
                        "POST",
                        "/loki/api/v1/push",
                        "",
                        Map.of("content-type", PROTOBUF),
                        snappy(lokiPush(clock.instant().getEpochSecond()))),
                new HttpRequest(
                        "POST",
                        "/v1/metrics",
                        "",
                        Map.of("content-type", PROTOBUF),
                        otlpMetrics(clock.millis() * 1_000_000)),
                new HttpRequest(
                        "POST",
                        "/v1/logs",
                        "",
                        Map.of("content-type", PROTOBUF),
                        otlpLogs(clock.millis() * 1_000_000)));
    }

    private static byte[] remoteWrite(long timeMillis) {
        ProtoWriter out = new ProtoWriter(64);
        int series = out.begin(1);
        int label = out.begin(1);
        out.text(1, "__name__");
        out.text(2, NAME);
        out.end(label);
        int sample = out.begin(2);
        out.float64(1, 1);
        out.varint(2, timeMillis);
        out.end(sample);
        out.end(series);
        return out.toByteArray();
    }

    private static byte[] lokiPush(long timeSeconds) {
        ProtoWriter out = new ProtoWriter(64);
        int stream = out.begin(1);
        out.text(1, "{app=\"%s\"}".formatted(NAME));
        int entry = out.begin(2);
        int time = out.begin(1);
        out.varint(1, timeSeconds);
        out.end(time);
        out.text(2, NAME);
        out.end(entry);
        out.end(stream);
        return out.toByteArray();
    }

    private static byte[] otlpMetrics(long timeNanos) {
        ProtoWriter out = new ProtoWriter(64);
        int resource = out.begin(1);
        int scope = out.begin(2);
        int metric = out.begin(2);
        out.text(1, NAME);
        int gauge = out.begin(5);
        int point = out.begin(1);
        out.fixed64(3, timeNanos);
        out.float64(4, 1);
        out.end(point);
        out.end(gauge);
        out.end(metric);
        out.end(scope);
        out.end(resource);
        return out.toByteArray();
    }

    private static byte[] otlpLogs(long timeNanos) {
        ProtoWriter out = new ProtoWriter(64);
        int resource = out.begin(1);
        int scope = out.begin(2);
        int record = out.begin(2);
        out.fixed64(1, timeNanos);
        int body = out.begin(5);
        out.text(1, NAME);
        out.end(body);
        out.end(record);
        out.end(scope);
        out.end(resource);
        return out.toByteArray();
    }

    /// Snappy's block format with one literal: the length, a tag, the length again, less one, and the bytes.
    private static byte[] snappy(byte[] plain) {
        byte[] packed = new byte[plain.length + 3];
        packed[0] = (byte) plain.length;
        packed[1] = (byte) (60 << 2);
        packed[2] = (byte) (plain.length - 1);
        System.arraycopy(plain, 0, packed, 3, plain.length);
        return packed;
    }
}

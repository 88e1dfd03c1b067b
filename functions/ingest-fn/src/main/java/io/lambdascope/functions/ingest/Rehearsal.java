package io.lambdascope.functions.ingest;

import io.lambdascope.api.HttpRequest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;

/// The smallest push that is a real one: `rehearsal 1`, as remote write 1.0 has it.
final class Rehearsal {
    private static final int FIELD_1_BYTES = 0x0a;
    private static final int FIELD_2_BYTES = 0x12;
    private static final int FIELD_1_DOUBLE = 0x09;
    private static final int FIELD_2_VARINT = 0x10;

    private Rehearsal() {}

    static HttpRequest push(InstantSource clock) {
        byte[] label = message(
                field(FIELD_1_BYTES, "__name__".getBytes(StandardCharsets.UTF_8)),
                field(FIELD_2_BYTES, "rehearsal".getBytes(StandardCharsets.UTF_8)));
        ByteBuffer one = ByteBuffer.allocate(9).order(ByteOrder.LITTLE_ENDIAN);
        one.put((byte) FIELD_1_DOUBLE).putDouble(1);
        byte[] sample = message(one.array(), new byte[] {FIELD_2_VARINT}, varint(clock.millis()));
        byte[] series = message(field(FIELD_1_BYTES, label), field(FIELD_2_BYTES, sample));
        byte[] request = field(FIELD_1_BYTES, series);
        return new HttpRequest(
                "POST",
                "/api/v1/push",
                "",
                Map.of("content-type", "application/x-protobuf", "content-encoding", "snappy"),
                snappy(request));
    }

    /// Snappy's block format with one literal: the length, a tag, the bytes.
    private static byte[] snappy(byte[] plain) {
        int tag = 60 << 2;
        return message(varint(plain.length), new byte[] {(byte) tag, (byte) (plain.length - 1)}, plain);
    }

    private static byte[] field(int tag, byte[] value) {
        return message(new byte[] {(byte) tag}, varint(value.length), value);
    }

    private static byte[] varint(long value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long rest = value;
        while (rest >= 0x80) {
            out.write((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
        return out.toByteArray();
    }

    private static byte[] message(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}

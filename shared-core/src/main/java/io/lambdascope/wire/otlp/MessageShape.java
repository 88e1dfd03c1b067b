package io.lambdascope.wire.otlp;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The fields of a protobuf message as its JSON names them: what [JsonTranscoder] has to know of it. Fields that nobody
/// here reads may be missing; they are passed over as unknown ones.
public final class MessageShape {
    /// How the value of a field stands in JSON and in protobuf.
    enum Type {
        /// a string, also in JSON
        STRING,
        /// base64 in JSON
        BYTES,
        /// bytes that are hexadecimal in JSON: ids of traces and spans
        ID,
        BOOL,
        /// `int64`, `uint64`, `int32`, `uint32` or an enum
        VARINT,
        /// `sint32`
        ZIGZAG,
        /// `fixed64` or `sfixed64`
        FIXED64,
        FIXED32,
        DOUBLE,
        MESSAGE
    }

    /// @param message the shape of a [Type#MESSAGE]
    /// @param repeated whether JSON has an array; numbers are packed then
    record Field(
            int number,
            Type type,
            boolean repeated,
            @Nullable MessageShape message) {}

    private final Map<String, Field> fields = new HashMap<>();

    @Nullable
    Field field(String name) {
        return fields.get(name);
    }

    private MessageShape with(int number, String name, Type type, boolean repeated, @Nullable MessageShape message) {
        fields.put(name, new Field(number, type, repeated, message));
        return this;
    }

    public MessageShape text(int number, String name) {
        return with(number, name, Type.STRING, false, null);
    }

    public MessageShape bytes(int number, String name) {
        return with(number, name, Type.BYTES, false, null);
    }

    public MessageShape id(int number, String name) {
        return with(number, name, Type.ID, false, null);
    }

    public MessageShape bool(int number, String name) {
        return with(number, name, Type.BOOL, false, null);
    }

    public MessageShape varint(int number, String name) {
        return with(number, name, Type.VARINT, false, null);
    }

    public MessageShape varints(int number, String name) {
        return with(number, name, Type.VARINT, true, null);
    }

    public MessageShape zigzag(int number, String name) {
        return with(number, name, Type.ZIGZAG, false, null);
    }

    public MessageShape fixed64(int number, String name) {
        return with(number, name, Type.FIXED64, false, null);
    }

    public MessageShape fixed32(int number, String name) {
        return with(number, name, Type.FIXED32, false, null);
    }

    public MessageShape fixed64s(int number, String name) {
        return with(number, name, Type.FIXED64, true, null);
    }

    public MessageShape float64(int number, String name) {
        return with(number, name, Type.DOUBLE, false, null);
    }

    public MessageShape float64s(int number, String name) {
        return with(number, name, Type.DOUBLE, true, null);
    }

    public MessageShape message(int number, String name, MessageShape shape) {
        return with(number, name, Type.MESSAGE, false, shape);
    }

    public MessageShape messages(int number, String name, MessageShape shape) {
        return with(number, name, Type.MESSAGE, true, shape);
    }
}

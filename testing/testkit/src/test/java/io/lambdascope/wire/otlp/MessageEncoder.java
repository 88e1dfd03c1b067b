package io.lambdascope.wire.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;

/// Writes protobuf messages as honest senders may but few do: fields in any order, packed or not, and as OTLP's JSON
/// with integers as numbers or strings, unknown fields, and ids in letters of either size.
public final class MessageEncoder {
    private final Random random;

    public MessageEncoder(Random random) {
        this.random = random;
    }

    public byte[] protobuf(Message message) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            for (Map.Entry<FieldDescriptor, Object> entry : shuffled(message)) {
                FieldDescriptor field = entry.getKey();
                if (!field.isRepeated()) {
                    write(out, field, entry.getValue());
                } else if (field.isPackable() && random.nextBoolean()) {
                    writePacked(out, field, (List<?>) entry.getValue());
                } else {
                    for (Object value : (List<?>) entry.getValue()) {
                        write(out, field, value);
                    }
                }
            }
            if (random.nextInt(8) == 0) {
                out.writeString(9000, "nobody knows this");
            }
            out.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Map.Entry<FieldDescriptor, Object>> shuffled(Message message) {
        List<Map.Entry<FieldDescriptor, Object>> fields =
                new ArrayList<>(message.getAllFields().entrySet());
        Collections.shuffle(fields, random);
        return fields;
    }

    private void write(CodedOutputStream out, FieldDescriptor field, Object value) throws IOException {
        int number = field.getNumber();
        switch (field.getType()) {
            case MESSAGE -> out.writeByteArray(number, protobuf((Message) value));
            case STRING -> out.writeString(number, (String) value);
            case BYTES -> out.writeBytes(number, (ByteString) value);
            case BOOL -> out.writeBool(number, (Boolean) value);
            case ENUM -> out.writeEnum(number, ((EnumValueDescriptor) value).getNumber());
            case DOUBLE -> out.writeDouble(number, (Double) value);
            case FIXED64, SFIXED64 -> out.writeFixed64(number, (Long) value);
            case INT64, UINT64 -> out.writeUInt64(number, (Long) value);
            case UINT32 -> out.writeUInt32(number, (Integer) value);
            case FIXED32 -> out.writeFixed32(number, (Integer) value);
            case INT32 -> out.writeInt32(number, (Integer) value);
            case SINT32 -> out.writeSInt32(number, (Integer) value);
            default -> throw new IllegalStateException("OTLP has no " + field.getType());
        }
    }

    private static void writePacked(CodedOutputStream out, FieldDescriptor field, List<?> values) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream packed = CodedOutputStream.newInstance(bytes);
        for (Object value : values) {
            switch (field.getType()) {
                case DOUBLE -> packed.writeDoubleNoTag((Double) value);
                case FIXED64 -> packed.writeFixed64NoTag((Long) value);
                case UINT64 -> packed.writeUInt64NoTag((Long) value);
                default -> throw new IllegalStateException("OTLP has no packed " + field.getType());
            }
        }
        packed.flush();
        out.writeByteArray(field.getNumber(), bytes.toByteArray());
    }

    public String json(Message message) {
        StringJoiner object = new StringJoiner(random.nextInt(4) == 0 ? " ,\n " : ",", "{", "}");
        for (Map.Entry<FieldDescriptor, Object> entry : shuffled(message)) {
            FieldDescriptor field = entry.getKey();
            String text;
            if (field.isRepeated()) {
                StringJoiner array = new StringJoiner(",", "[", "]");
                ((List<?>) entry.getValue()).forEach(value -> array.add(json(field, value)));
                text = array.toString();
            } else {
                text = json(field, entry.getValue());
            }
            object.add("\"%s\":%s".formatted(field.getJsonName(), text));
        }
        if (random.nextInt(8) == 0) {
            object.add("\"unknown\":[{\"a\":[[1e5]]},null,\"x\"]");
        }
        return object.toString();
    }

    private String json(FieldDescriptor field, Object value) {
        return switch (field.getType()) {
            case MESSAGE -> json((Message) value);
            case STRING -> quote((String) value);
            case BYTES -> '"' + bytes(field.getName(), ((ByteString) value).toByteArray()) + '"';
            case BOOL -> value.toString();
            case ENUM -> Integer.toString(((EnumValueDescriptor) value).getNumber());
            case DOUBLE -> number((Double) value);
            case FIXED64, UINT64 -> sometimesQuoted(Long.toUnsignedString((Long) value));
            case FIXED32 -> sometimesQuoted(Integer.toUnsignedString((Integer) value));
            case SFIXED64, INT64, UINT32, INT32, SINT32 -> sometimesQuoted(value.toString());
            default -> throw new IllegalStateException("OTLP has no " + field.getType());
        };
    }

    private String number(double value) {
        return Double.isFinite(value) ? sometimesQuoted(Double.toString(value)) : '"' + Double.toString(value) + '"';
    }

    private String sometimesQuoted(String number) {
        return random.nextBoolean() ? '"' + number + '"' : number;
    }

    private String bytes(String name, byte[] value) {
        if (!name.endsWith("_id")) {
            return Base64.getEncoder().encodeToString(value);
        }
        HexFormat hex = random.nextBoolean() ? HexFormat.of() : HexFormat.of().withUpperCase();
        return hex.formatHex(value);
    }

    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\' || c < 0x20) {
                quoted.append("\\u%04x".formatted((int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}

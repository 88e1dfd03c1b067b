package io.lambdascope.wire.otlp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.wire.ProtoWriter;
import io.lambdascope.wire.otlp.MessageShape.Field;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.HexFormat;

/// Turns OTLP's JSON into the protobuf that says the same, so that everything behind reads one encoding
/// (opentelemetry-proto `docs/specification.md`, "JSON Protobuf Encoding": protobuf's own JSON mapping, but that ids
/// are
/// hexadecimal and enums are numbers). Fields with other names are passed over, `null` is a field that is not there,
/// and 64-bit integers are numbers or strings.
public final class JsonTranscoder {
    /// What a number may have, quoted or not: long ones take a time that grows with the square.
    private static final int MAX_DIGITS = 1000;

    /// Those of the largest integer of 64 bits.
    private static final int MAX_INTEGER_DIGITS = 20;

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    // 64 values inside of one another, of three levels each, and what stands around them
                    .maxNestingDepth(256)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(MAX_DIGITS)
                    .build())
            .build();

    private static final BigDecimal MIN_SIGNED = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal MAX_UNSIGNED = new BigDecimal("18446744073709551615");

    private final JsonParser in;
    private final ProtoWriter out;
    private final int maxBytes;

    private JsonTranscoder(JsonParser in, ProtoWriter out, int maxBytes) {
        this.in = in;
        this.out = out;
        this.maxBytes = maxBytes;
    }

    /// @param shape of the request
    /// @param maxBytes the most that the protobuf may have
    /// @throws Fault BAD_REQUEST if `json` is not what it should be, TOO_LARGE
    public static byte[] toProtobuf(byte[] json, MessageShape shape, int maxBytes) {
        ProtoWriter out = new ProtoWriter(json.length / 2);
        try (JsonParser in = JSON.createParser(json)) {
            JsonTranscoder transcoder = new JsonTranscoder(in, out, maxBytes);
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw transcoder.wrong("a JSON object");
            }
            transcoder.readFields(shape);
            if (in.nextToken() != null) {
                throw transcoder.wrong("nothing behind the object");
            }
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String where = at == null ? "" : ", at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
            throw new Fault(FaultKind.BAD_REQUEST, "body is not JSON: " + e.getOriginalMessage() + where, e);
        } catch (IOException e) {
            throw new Fault(FaultKind.BAD_REQUEST, "body is not JSON: " + e.getMessage(), e);
        }
        return out.toByteArray();
    }

    /// The fields of the object that the parser has entered, up to its end.
    private void readFields(MessageShape shape) throws IOException {
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            Field field = shape.field(name);
            JsonToken token = in.nextToken();
            if (field == null) {
                in.skipChildren();
            } else if (token != JsonToken.VALUE_NULL) {
                readField(field);
            }
            checkSize();
        }
    }

    private void checkSize() {
        if (out.size() > maxBytes) {
            throw new Fault(
                    FaultKind.TOO_LARGE,
                    "body is more than %d bytes of protobuf; send smaller batches".formatted(maxBytes));
        }
    }

    private void readField(Field field) throws IOException {
        if (!field.repeated()) {
            readValue(field);
            return;
        }
        if (in.currentToken() != JsonToken.START_ARRAY) {
            throw wrong("an array");
        }
        if (field.message() != null) {
            while (in.nextToken() != JsonToken.END_ARRAY) {
                readMessage(field.number(), field.message());
            }
            return;
        }
        int packed = out.begin(field.number());
        while (in.nextToken() != JsonToken.END_ARRAY) {
            switch (field.type()) {
                case VARINT -> out.rawVarint(integer());
                case FIXED64 -> out.rawFixed64(integer());
                case DOUBLE -> out.rawFixed64(Double.doubleToRawLongBits(number()));
                case STRING, BYTES, ID, BOOL, ZIGZAG, FIXED32, MESSAGE ->
                    throw new IllegalStateException("no field is an array of " + field.type());
            }
            checkSize();
        }
        out.end(packed);
    }

    private void readValue(Field field) throws IOException {
        int number = field.number();
        switch (field.type()) {
            case STRING -> out.text(number, string("a string"));
            case BYTES -> out.bytes(number, base64());
            case ID -> out.bytes(number, hexadecimal());
            case BOOL -> out.varint(number, bool() ? 1 : 0);
            case VARINT -> out.varint(number, integer());
            case ZIGZAG -> out.zigzag(number, integer());
            case FIXED64 -> out.fixed64(number, integer());
            case FIXED32 -> out.fixed32(number, (int) integer());
            case DOUBLE -> out.float64(number, number());
            case MESSAGE -> {
                if (field.message() != null) {
                    readMessage(number, field.message());
                }
            }
        }
    }

    private void readMessage(int number, MessageShape shape) throws IOException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            throw wrong("an object");
        }
        int message = out.begin(number);
        readFields(shape);
        out.end(message);
    }

    private boolean bool() throws IOException {
        return switch (in.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw wrong("true or false");
        };
    }

    private String string(String wanted) throws IOException {
        if (in.currentToken() != JsonToken.VALUE_STRING) {
            throw wrong(wanted);
        }
        return in.getText();
    }

    /// An integer of 64 bits, signed or not. As protobuf's mapping has it, `1.0` and `1e3` are integers too.
    private long integer() throws IOException {
        if (in.currentToken() == JsonToken.VALUE_NUMBER_INT
                && in.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return in.getLongValue();
        }
        BigDecimal value = switch (in.currentToken()) {
            case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                decimal("an integer").stripTrailingZeros();
            default -> throw wrong("an integer");
        };
        if (value.scale() > 0) {
            throw wrong("an integer");
        }
        if (value.precision() - (long) value.scale() > MAX_INTEGER_DIGITS
                || value.compareTo(MIN_SIGNED) < 0
                || value.compareTo(MAX_UNSIGNED) > 0) {
            throw wrong("an integer of 64 bits");
        }
        return value.toBigInteger().longValue();
    }

    private BigDecimal decimal(String wanted) throws IOException {
        String text = in.getText();
        if (text.length() > MAX_DIGITS) {
            throw wrong(wanted);
        }
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw wrong(wanted);
        }
    }

    private double number() throws IOException {
        return switch (in.currentToken()) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> in.getDoubleValue();
            case VALUE_STRING ->
                switch (in.getText()) {
                    case "NaN" -> Double.NaN;
                    case "Infinity" -> Double.POSITIVE_INFINITY;
                    case "-Infinity" -> Double.NEGATIVE_INFINITY;
                    default ->
                        decimal("a number, \"NaN\", \"Infinity\" or \"-Infinity\"")
                                .doubleValue();
                };
            default -> throw wrong("a number");
        };
    }

    /// Standard or URL-safe, with padding or without.
    private byte[] base64() throws IOException {
        String text = string("base64").replace('-', '+').replace('_', '/');
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw wrong("base64");
        }
    }

    private byte[] hexadecimal() throws IOException {
        try {
            return HexFormat.of().parseHex(string("hexadecimal digits"));
        } catch (IllegalArgumentException e) {
            throw wrong("hexadecimal digits, two for each byte");
        }
    }

    private Fault wrong(String wanted) {
        JsonLocation at = in.currentTokenLocation();
        String path = in.getParsingContext().pathAsPointer().toString();
        return Fault.badRequest(
                "body is not the JSON it should be: %s is wanted at %s, line %d, column %d",
                wanted, path.isEmpty() ? "/" : path, at.getLineNr(), at.getColumnNr());
    }
}

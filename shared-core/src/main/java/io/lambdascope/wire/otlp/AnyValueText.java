package io.lambdascope.wire.otlp;

import static io.lambdascope.wire.ProtoReader.FIXED64;
import static io.lambdascope.wire.ProtoReader.LENGTH;
import static io.lambdascope.wire.ProtoReader.VARINT;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.lambdascope.fault.Fault;
import io.lambdascope.labels.NumberText;
import io.lambdascope.wire.ProtoReader;
import java.util.Base64;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/// Writes the values of attributes as text (opentelemetry-specification `common/README.md`, "AnyValue representation
/// for non-OTLP protocols"): strings as they are, numbers and booleans as JSON has them, bytes as base64, arrays and
/// maps as JSON, with the keys of maps sorted so that the same map is the same text.
public final class AnyValueText {
    /// Fields of an `AnyValue` that some read without this.
    public static final int STRING = 1 << 3 | LENGTH;

    public static final int MAP = 6 << 3 | LENGTH;

    private static final int BOOL = 2 << 3 | VARINT;
    private static final int INT = 3 << 3 | VARINT;
    private static final int DOUBLE = 4 << 3 | FIXED64;
    private static final int ARRAY = 5 << 3 | LENGTH;
    private static final int BYTES = 7 << 3 | LENGTH;

    private static final int MAX_DEPTH = 64;

    private AnyValueText() {}

    /// The `AnyValue` whose fields begin here, to its end; empty if it has none.
    ///
    /// @throws Fault BAD_REQUEST if values stand in values more than 64 deep
    public static String of(ProtoReader in) {
        return read(in, false, "", 0);
    }

    /// @param json whether strings are quoted, as inside of arrays and maps
    /// @param none what stands for no value
    private static String read(ProtoReader in, boolean json, String none, int depth) {
        if (depth > MAX_DEPTH) {
            throw Fault.badRequest("attribute values are nested more than %d deep", MAX_DEPTH);
        }
        String text = none;
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case STRING -> text = json ? quote(in.text()) : in.text();
                case BOOL -> text = Boolean.toString(in.varint() != 0);
                case INT -> text = Long.toString(in.varint());
                case DOUBLE -> text = number(in.float64(), json);
                case ARRAY -> text = array(in, depth);
                case MAP -> text = map(in, depth);
                case BYTES -> text = json ? quote(base64(in)) : base64(in);
                default -> in.skipField(tag);
            }
        }
        return text;
    }

    private static String number(double value, boolean json) {
        String text = NumberText.json(value);
        return json && !Double.isFinite(value) ? quote(text) : text;
    }

    private static String array(ProtoReader in, int depth) {
        StringJoiner values = new StringJoiner(",", "[", "]");
        int outer = in.enter();
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            if (tag == (1 << 3 | LENGTH)) {
                values.add(nested(in, depth));
            } else {
                in.skipField(tag);
            }
        }
        in.leave(outer);
        return values.toString();
    }

    private static String map(ProtoReader in, int depth) {
        Map<String, String> values = new TreeMap<>();
        int outer = in.enter();
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            if (tag == (1 << 3 | LENGTH)) {
                readPair(in, depth, values);
            } else {
                in.skipField(tag);
            }
        }
        in.leave(outer);
        StringJoiner pairs = new StringJoiner(",", "{", "}");
        values.forEach((key, value) -> pairs.add(quote(key) + ":" + value));
        return pairs.toString();
    }

    private static void readPair(ProtoReader in, int depth, Map<String, String> values) {
        String key = "";
        String value = "null";
        int outer = in.enter();
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case 1 << 3 | LENGTH -> key = in.text();
                case 2 << 3 | LENGTH -> value = nested(in, depth);
                default -> in.skipField(tag);
            }
        }
        in.leave(outer);
        values.put(key, value);
    }

    private static String nested(ProtoReader in, int depth) {
        int outer = in.enter();
        String value = read(in, true, "null", depth + 1);
        in.leave(outer);
        return value;
    }

    private static String quote(String text) {
        return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    private static String base64(ProtoReader in) {
        int length = in.length();
        int from = in.position();
        in.skip(length);
        byte[] bytes = new byte[length];
        System.arraycopy(in.bytes(), from, bytes, 0, length);
        return Base64.getEncoder().encodeToString(bytes);
    }
}

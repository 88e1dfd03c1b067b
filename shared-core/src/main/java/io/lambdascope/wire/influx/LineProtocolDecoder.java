package io.lambdascope.wire.influx;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.fault.Rejections;
import io.lambdascope.labels.Labels;
import io.lambdascope.model.SymbolTable;
import io.lambdascope.model.metrics.MetricsBatch;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads Influx line protocol (InfluxDB's documentation, "Line protocol"):
///
///     measurement,tag=value,tag=value field=1.5,field=2i,field=true,field="text" 1465839830100400200
///
/// Each field that is a number or a boolean becomes a sample of the metric `measurement_field`, or `measurement` where
/// the field is called `value`; tags become labels. Characters that have no place in names become `_`. Fields that are
/// strings are passed over: a sample has no room for them. A line that cannot be read is refused and the rest is read.
public final class LineProtocolDecoder {
    /*
     * Each field repeats its measurement and tags, so that what a body asks for grows with the square of its size if
     * one line is long. Both are counted: no sender of small batches comes near.
     */
    private static final int MAX_LABELS = 1 << 24;
    private static final int MAX_NAME_BYTES = 1 << 27;

    private static final String PLAIN_FIELD = "value";

    /// @param batch what can be read
    /// @param rejections of lines that cannot
    public record Decoded(MetricsBatch batch, Rejections rejections) {}

    private final byte[] in;
    private int at;
    private final InfluxPrecision precision;
    private final long nowMillis;

    private final MetricsBatch batch = new MetricsBatch();
    private final SymbolTable symbols = batch.symbols();
    private final int nameLabel = symbols.intern(Labels.NAME);
    private final Rejections rejections = new Rejections("err-influx-");

    /// The word read last, without its escapes.
    private final NameBytes word = new NameBytes();

    private final NameBytes label = new NameBytes();
    private final NameBytes name = new NameBytes();
    private int[] tags = new int[64];
    private int tagParts;
    private int[] metrics = new int[32];
    private double[] values = new double[32];
    private int fields;

    private long labels;
    private long nameBytes;

    private LineProtocolDecoder(byte[] in, InfluxPrecision precision, long nowMillis) {
        this.in = in;
        this.precision = precision;
        this.nowMillis = nowMillis;
    }

    /// @param nowMillis the time of lines that have none
    /// @throws Fault TOO_LARGE if its fields repeat more than can be held
    public static Decoded decode(byte[] body, InfluxPrecision precision, long nowMillis) {
        LineProtocolDecoder decoder = new LineProtocolDecoder(body, precision, nowMillis);
        decoder.readLines();
        return new Decoded(decoder.batch, decoder.rejections);
    }

    private void readLines() {
        while (skipBlanks()) {
            int start = at;
            try {
                if (in[at] != '#') {
                    readLine();
                }
            } catch (BadLine bad) {
                rejections.add(
                        "unable-to-parse",
                        () -> "unable to parse line %d: %s".formatted(lineNumber(start), bad.text()));
            }
            while (at < in.length && in[at] != '\n') {
                at++;
            }
        }
    }

    private void readLine() throws BadLine {
        tagParts = 0;
        fields = 0;
        name.clear();
        readWord(false);
        if (word.size() == 0) {
            throw new BadLine("it has no measurement");
        }
        name.addName(word);
        int measurement = name.size();
        while (isAt(',')) {
            at++;
            readTag();
        }
        if (!skipSpaces()) {
            throw new BadLine("it has no fields");
        }
        readField(measurement);
        while (isAt(',')) {
            at++;
            readField(measurement);
        }
        addSamples(readTimestamp());
    }

    private void readTag() throws BadLine {
        readWord(true);
        if (word.size() == 0) {
            throw new BadLine("a tag has no name");
        }
        if (!isAt('=')) {
            throw new BadLine("tag %s has no value", word.toString());
        }
        label.clear();
        label.addName(word);
        at++;
        readWord(true);
        if (word.size() == 0) {
            throw new BadLine("tag %s has no value", label.toString());
        }
        if (isAt('=')) {
            throw new BadLine("the value of tag %s has an equals sign that is not escaped", label.toString());
        }
        if (tagParts == tags.length) {
            tags = Arrays.copyOf(tags, 2 * tagParts);
        }
        tags[tagParts++] = label.internIn(symbols);
        tags[tagParts++] = word.internIn(symbols);
    }

    /// @param measurement how much of `name` is the measurement
    private void readField(int measurement) throws BadLine {
        readWord(true);
        if (word.size() == 0) {
            throw new BadLine("a field has no name");
        }
        if (!isAt('=')) {
            throw new BadLine("field %s has no value", word.toString());
        }
        at++;
        if (isAt('"')) {
            skipText();
            return;
        }
        name.cut(measurement);
        if (!word.is(PLAIN_FIELD)) {
            name.add((byte) '_');
            name.addName(word);
        }
        nameBytes += name.size();
        if (nameBytes > MAX_NAME_BYTES) {
            throw tooLarge("%d bytes of metric names".formatted(MAX_NAME_BYTES));
        }
        if (fields == metrics.length) {
            metrics = Arrays.copyOf(metrics, 2 * fields);
            values = Arrays.copyOf(values, 2 * fields);
        }
        metrics[fields] = name.internIn(symbols);
        values[fields] = FieldValue.parse(readPlain());
        fields++;
    }

    /// Goes behind a quoted text, which may have several lines.
    private void skipText() throws BadLine {
        for (int i = at + 1; i < in.length; i++) {
            if (in[i] == '\\') {
                i++;
            } else if (in[i] == '"') {
                at = i + 1;
                if (!isAt(',') && !isAt(' ') && !isAtEnd()) {
                    throw new BadLine("something follows a text directly");
                }
                return;
            }
        }
        throw new BadLine("a text has no end");
    }

    private long readTimestamp() throws BadLine {
        if (!skipSpaces() && !isAtEnd()) {
            throw new BadLine("its fields have no end");
        }
        if (isAtEnd()) {
            return nowMillis;
        }
        String text = readPlain();
        skipSpaces();
        if (!isAtEnd()) {
            throw new BadLine("something follows its timestamp %s", text);
        }
        try {
            return precision.toMillis(Long.parseLong(text));
        } catch (NumberFormatException | ArithmeticException _) {
            throw new BadLine("%s is no timestamp", text);
        }
    }

    private static Fault tooLarge(String most) {
        return new Fault(
                FaultKind.TOO_LARGE,
                "the lines hold more than %s, where each field counts its measurement and tags; send smaller batches"
                        .formatted(most));
    }

    private void addSamples(long millis) {
        labels += (long) fields * (tagParts / 2 + 1);
        if (labels > MAX_LABELS) {
            throw tooLarge("%d labels".formatted(MAX_LABELS));
        }
        for (int i = 0; i < fields; i++) {
            batch.startSeries();
            batch.addLabel(nameLabel, metrics[i]);
            for (int tag = 0; tag < tagParts; tag += 2) {
                batch.addLabel(tags[tag], tags[tag + 1]);
            }
            batch.addSample(millis, values[i]);
        }
    }

    /// Reads up to the next comma, space or end of the line that is not escaped.
    ///
    /// @param inPair whether an equals sign ends the word too
    private void readWord(boolean inPair) {
        word.clear();
        while (!isAtEnd()) {
            byte b = in[at];
            if (b == '\\' && at + 1 < in.length && ends(in[at + 1], inPair)) {
                word.add(in[at + 1]);
                at += 2;
            } else if (ends(b, inPair)) {
                return;
            } else {
                word.add(b);
                at++;
            }
        }
    }

    private static boolean ends(byte b, boolean inPair) {
        return b == ',' || b == ' ' || b == '=' && inPair;
    }

    /// Reads up to the next comma, space or end of the line, where nothing can be escaped.
    private String readPlain() {
        int from = at;
        while (!isAtEnd() && in[at] != ',' && in[at] != ' ') {
            at++;
        }
        return new String(in, from, at - from, StandardCharsets.UTF_8);
    }

    private boolean isAt(char c) {
        return at < in.length && in[at] == c;
    }

    private boolean isAtEnd() {
        return at >= in.length || isAt('\n') || isAt('\r') && (at + 1 == in.length || in[at + 1] == '\n');
    }

    /// @return whether there is one at all
    private boolean skipSpaces() {
        int from = at;
        while (isAt(' ')) {
            at++;
        }
        return at > from;
    }

    /// Goes to where the next line that is not empty begins.
    ///
    /// @return whether there is one
    private boolean skipBlanks() {
        while (isAt(' ') || isAt('\n') || isAt('\r') || isAt('\t')) {
            at++;
        }
        return at < in.length;
    }

    private int lineNumber(int position) {
        int number = 1;
        for (int i = 0; i < position; i++) {
            number += in[i] == '\n' ? 1 : 0;
        }
        return number;
    }
}

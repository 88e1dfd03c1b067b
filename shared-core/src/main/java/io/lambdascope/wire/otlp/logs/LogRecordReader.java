package io.lambdascope.wire.otlp.logs;

import static io.lambdascope.wire.ProtoReader.FIXED32;
import static io.lambdascope.wire.ProtoReader.FIXED64;
import static io.lambdascope.wire.ProtoReader.LENGTH;
import static io.lambdascope.wire.ProtoReader.VARINT;

import io.lambdascope.limits.OtlpLogsSettings;
import io.lambdascope.model.SymbolTable;
import io.lambdascope.wire.ProtoReader;
import io.lambdascope.wire.otlp.AnyValueText;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Reads `LogRecord`s. What one says of itself is there until the next is read.
final class LogRecordReader {
    private static final int TIME = 1 << 3 | FIXED64;
    private static final int SEVERITY_NUMBER = 2 << 3 | VARINT;
    private static final int SEVERITY_TEXT = 3 << 3 | LENGTH;
    private static final int BODY = 5 << 3 | LENGTH;
    private static final int ATTRIBUTES = 6 << 3 | LENGTH;
    private static final int DROPPED_ATTRIBUTES = 7 << 3 | VARINT;
    private static final int FLAGS = 8 << 3 | FIXED32;
    private static final int TRACE_ID = 9 << 3 | LENGTH;
    private static final int SPAN_ID = 10 << 3 | LENGTH;
    private static final int OBSERVED_TIME = 11 << 3 | FIXED64;
    private static final int EVENT_NAME = 12 << 3 | LENGTH;

    private final ProtoReader in;
    private final SymbolTable symbols;
    private final LogAttributes attributes;
    private final boolean severityTextAsLabel;
    private final long nowNanos;

    private final int severityNumberName;
    private final int severityTextName;
    private final int droppedAttributesName;
    private final int flagsName;
    private final int traceIdName;
    private final int spanIdName;
    private final int observedTimeName;
    private final int eventNameName;

    private final SymbolPairs labels = new SymbolPairs();
    private final SymbolPairs metadata = new SymbolPairs();
    private long timeNanos;
    private byte[] line = {};
    private int lineFrom;
    private int lineLength;

    /// @param symbols of the batch
    /// @param nowNanos the time of records that have none
    LogRecordReader(ProtoReader in, SymbolTable symbols, OtlpLogsSettings settings, long nowNanos) {
        this.in = in;
        this.symbols = symbols;
        this.attributes = new LogAttributes(in, symbols, settings::ofRecord);
        this.severityTextAsLabel = settings.severityTextAsLabel();
        this.nowNanos = nowNanos;
        this.severityNumberName = symbols.intern("severity_number");
        this.severityTextName = symbols.intern("severity_text");
        this.droppedAttributesName = symbols.intern("dropped_attributes_count");
        this.flagsName = symbols.intern("flags");
        this.traceIdName = symbols.intern("trace_id");
        this.spanIdName = symbols.intern("span_id");
        this.observedTimeName = symbols.intern("observed_timestamp");
        this.eventNameName = symbols.intern("event_name");
    }

    /// Labels that it has beside those of its resource.
    SymbolPairs labels() {
        return labels;
    }

    /// What it says of itself, the best first where a name stands twice.
    SymbolPairs metadata() {
        return metadata;
    }

    /// Nanoseconds since the Unix epoch.
    long timeNanos() {
        return timeNanos;
    }

    /// The line is `line()[lineFrom(), lineFrom() + lineLength())`.
    byte[] line() {
        return line;
    }

    int lineFrom() {
        return lineFrom;
    }

    int lineLength() {
        return lineLength;
    }

    /// Reads the record that begins here.
    void read() {
        labels.clear();
        metadata.clear();
        attributes.clear();
        lineLength = 0;
        long time = 0;
        long observed = 0;
        int outer = in.enter();
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case TIME -> time = in.fixed64();
                case OBSERVED_TIME -> observed = in.fixed64();
                case BODY -> readBody();
                case ATTRIBUTES -> attributes.read();
                case SEVERITY_NUMBER -> number(severityNumberName, in.varint());
                case SEVERITY_TEXT -> text(severityTextName, severityTextAsLabel ? labels : metadata);
                case DROPPED_ATTRIBUTES -> number(droppedAttributesName, in.varint());
                case FLAGS -> number(flagsName, in.fixed32() & 0xffff_ffffL);
                case TRACE_ID -> id(traceIdName);
                case SPAN_ID -> id(spanIdName);
                case EVENT_NAME -> text(eventNameName, metadata);
                default -> in.skipField(tag);
            }
        }
        in.leave(outer);
        if (observed != 0) {
            metadata.add(observedTimeName, symbols.intern(Long.toUnsignedString(observed)));
        }
        labels.addAll(attributes.labels());
        metadata.addAll(attributes.metadata());
        timeNanos = nanos(time != 0 ? time : observed != 0 ? observed : nowNanos);
    }

    /// OTLP has times without a sign: those that are none here are as far away as can be said.
    private static long nanos(long unsigned) {
        return unsigned < 0 ? Long.MAX_VALUE : unsigned;
    }

    private void number(int name, long value) {
        if (value != 0) {
            metadata.add(name, symbols.intern(Long.toString(value)));
        }
    }

    private void text(int name, SymbolPairs target) {
        int length = in.length();
        int from = in.position();
        in.skip(length);
        if (length > 0) {
            target.add(name, symbols.intern(in.bytes(), from, length));
        }
    }

    private void id(int name) {
        int length = in.length();
        int from = in.position();
        in.skip(length);
        if (length > 0) {
            metadata.add(name, symbols.intern(HexFormat.of().formatHex(in.bytes(), from, from + length)));
        }
    }

    private void readBody() {
        int outer = in.enter();
        int from = in.position();
        line = in.bytes();
        lineLength = 0;
        if (in.tag() == AnyValueText.STRING) {
            lineLength = in.length();
            lineFrom = in.position();
            in.skip(lineLength);
        }
        if (in.position() < in.end()) {
            in.moveTo(from);
            line = AnyValueText.of(in).getBytes(StandardCharsets.UTF_8);
            lineFrom = 0;
            lineLength = line.length;
        }
        in.leave(outer);
    }
}

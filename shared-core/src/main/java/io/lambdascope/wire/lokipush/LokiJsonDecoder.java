package io.lambdascope.wire.lokipush;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.fault.Rejections;
import io.lambdascope.labels.Labels;
import io.lambdascope.model.SymbolTable;
import io.lambdascope.model.logs.LogsBatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Reads Loki's push in JSON (loki `docs/sources/reference/loki-http-api.md`, "Ingest logs"):
///
/// ```
/// {"streams": [{"stream": {"app": "shop"}, "values": [["<nanoseconds>", "line", {"trace_id": "…"}]]}]}
/// ```
public final class LokiJsonDecoder {
    private static final int MAX_DEPTH = 20;
    private static final int MAX_DIGITS = 20;
    private static final char MAX_ASCII = 0x7f;

    private final LogsBatch batch = new LogsBatch();
    private final SymbolTable symbols = batch.symbols();
    private final MetadataNames names = new MetadataNames(symbols);
    private final JsonParser in;
    private byte[] utf8 = new byte[1 << 10];

    private LokiJsonDecoder(JsonParser in) {
        this.in = in;
    }

    /// @param body decompressed
    /// @throws Fault BAD_REQUEST if it is not what it should be
    public static LokiPush decode(byte[] body) {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxStringLength(Math.max(1, body.length))
                        .build())
                .build();
        try (JsonParser parser = factory.createParser(body)) {
            LokiJsonDecoder decoder = new LokiJsonDecoder(parser);
            decoder.readRequest();
            return new LokiPush(decoder.batch, new Rejections(""));
        } catch (StreamConstraintsException e) {
            throw new Fault(
                    FaultKind.BAD_REQUEST, "body is nested too deeply or too large: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new Fault(FaultKind.BAD_REQUEST, "body is not JSON: " + why(e), e);
        }
    }

    private static String why(IOException e) {
        if (!(e instanceof JsonProcessingException wrong)) {
            return e.getMessage() == null ? "it ends too soon" : e.getMessage();
        }
        // Jackson would also say where the bracket was opened, in three times as many words
        String problem = wrong.getOriginalMessage().split(" \\(start marker", 2)[0];
        JsonLocation at = wrong.getLocation();
        return at == null ? problem : "%s, at line %d, column %d".formatted(problem, at.getLineNr(), at.getColumnNr());
    }

    private void readRequest() throws IOException {
        expect(in.nextToken(), JsonToken.START_OBJECT, "the body");
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = in.currentName();
            JsonToken value = in.nextToken();
            if (name.equals("streams")) {
                expect(value, JsonToken.START_ARRAY, "\"streams\"");
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    readStream();
                }
            } else {
                in.skipChildren();
            }
        }
        if (in.nextToken() != null) {
            throw Fault.badRequest("body is not JSON: something stands behind its end");
        }
    }

    /// Labels and entries come in any order: the batch keeps them apart.
    private void readStream() throws IOException {
        expect(in.currentToken(), JsonToken.START_OBJECT, "a stream");
        batch.startStream();
        boolean labelled = false;
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = in.currentName();
            JsonToken value = in.nextToken();
            if (name.equals("stream")) {
                if (labelled) {
                    throw Fault.badRequest("a stream has its labels twice");
                }
                labelled = true;
                expect(value, JsonToken.START_OBJECT, "\"stream\"");
                readLabels();
            } else if (name.equals("values")) {
                expect(value, JsonToken.START_ARRAY, "\"values\"");
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    readEntry();
                }
            } else {
                in.skipChildren();
            }
        }
    }

    private void readLabels() throws IOException {
        Labels.Builder labels = new Labels.Builder();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = in.currentName();
            expect(in.nextToken(), JsonToken.VALUE_STRING, "the value of label \"%s\"".formatted(name));
            labels.set(name, in.getText());
        }
        batch.streams().add(labels.build());
    }

    private void readEntry() throws IOException {
        expect(in.currentToken(), JsonToken.START_ARRAY, "an entry");
        expect(in.nextToken(), JsonToken.VALUE_STRING, "the time of an entry");
        long time = nanos(in.getText());
        expect(in.nextToken(), JsonToken.VALUE_STRING, "the line of an entry");
        int length = encodeText();
        batch.addEntry(time, utf8, 0, length);
        JsonToken next = in.nextToken();
        if (next == JsonToken.START_OBJECT) {
            while (in.nextToken() != JsonToken.END_OBJECT) {
                String name = in.currentName();
                expect(in.nextToken(), JsonToken.VALUE_STRING, "structured metadata \"%s\"".formatted(name));
                String value = in.getText();
                if (!value.isEmpty()) {
                    batch.metadata().add(names.of(symbols.intern(name)), symbols.intern(value));
                }
            }
            batch.metadata().sortLast();
            next = in.nextToken();
        }
        expect(next, JsonToken.END_ARRAY, "the end of an entry");
    }

    /// Writes the current string into [#utf8], without an object for it, and says how many bytes it has.
    private int encodeText() throws IOException {
        char[] chars = in.getTextCharacters();
        int from = in.getTextOffset();
        int length = in.getTextLength();
        if (length > utf8.length) {
            utf8 = new byte[Math.max(length, 2 * utf8.length)];
        }
        for (int i = 0; i < length; i++) {
            char c = chars[from + i];
            if (c > MAX_ASCII) {
                utf8 = new String(chars, from, length).getBytes(StandardCharsets.UTF_8);
                return utf8.length;
            }
            utf8[i] = (byte) c;
        }
        return length;
    }

    private static long nanos(String text) {
        boolean digits = !text.isEmpty()
                && text.length() <= MAX_DIGITS
                && text.chars().skip(text.charAt(0) == '-' ? 1 : 0).allMatch(c -> c >= '0' && c <= '9');
        try {
            if (digits) {
                return Long.parseLong(text);
            }
        } catch (NumberFormatException _) {
            // a number, but none of 64 bits: told below
        }
        String shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
        throw Fault.badRequest("the time of an entry must be nanoseconds since 1970 as text, not \"%s\"", shown);
    }

    private void expect(JsonToken actual, JsonToken wanted, String what) {
        if (actual != wanted) {
            String should = switch (wanted) {
                case START_OBJECT -> "an object";
                case START_ARRAY -> "an array";
                case END_ARRAY -> "a bracket";
                default -> "a string";
            };
            throw Fault.badRequest(
                    "%s must be %s, at line %d, column %d",
                    what,
                    should,
                    in.currentTokenLocation().getLineNr(),
                    in.currentTokenLocation().getColumnNr());
        }
    }
}

package io.lambdascope.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.lambdascope.labels.Labels;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Answers that are an object of JSON.
public final class JsonAnswer {
    private static final JsonFactory JSON =
            new JsonFactory().enable(JsonGenerator.Feature.COMBINE_UNICODE_SURROGATES_IN_UTF8);

    private JsonAnswer() {}

    /// What stands in the object.
    @FunctionalInterface
    public interface Body {
        void write(JsonGenerator out) throws IOException;
    }

    /// @param request what is answered: its headers say whether the answer may be compressed
    /// @param advice what to do where the answer gets too large, as in "ask for fewer series"
    /// @throws io.lambdascope.fault.Fault OVER_LIMIT if it gets larger than a function can give back
    public static HttpResponse of(HttpRequest request, int status, String advice, Body body) {
        try (AnswerBody answer = AnswerBody.text(request, advice)) {
            JsonGenerator out = JSON.createGenerator(answer);
            out.writeStartObject();
            body.write(out);
            out.writeEndObject();
            out.flush();
            return answer.respond(status, "application/json");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Writes `labels` as an object.
    public static void writeLabels(Labels labels, JsonGenerator out) throws IOException {
        out.writeStartObject();
        for (int i = 0; i < labels.size(); i++) {
            out.writeStringField(unicode(labels.name(i)), unicode(labels.value(i)));
        }
        out.writeEndObject();
    }

    /// `text` with U+FFFD for what is no character: a query may name bytes that are no UTF-8.
    public static String unicode(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return text.codePoints()
                        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
            }
        }
        return text;
    }
}

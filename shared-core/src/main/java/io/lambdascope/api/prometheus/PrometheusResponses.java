package io.lambdascope.api.prometheus;

import com.fasterxml.jackson.core.JsonGenerator;
import io.lambdascope.api.HttpRequest;
import io.lambdascope.api.HttpResponse;
import io.lambdascope.api.JsonAnswer;
import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.labels.Labels;
import io.lambdascope.query.Found;
import io.lambdascope.query.PromAnswer;
import io.lambdascope.result.Annotation;
import io.lambdascope.result.PromResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Writes the answers of Prometheus' query API: the envelope, statuses, notes, compression.
public final class PrometheusResponses {
    private static final int MAX_NOTES = 10;
    private static final String TRUNCATED = "results truncated due to limit";

    private static final String TOO_LARGE_ADVICE =
            "ask for fewer series, a larger step or a shorter time, or accept gzip";

    private final HttpRequest request;

    /// @param request what is answered: its headers say whether the answer may be compressed
    public PrometheusResponses(HttpRequest request) {
        this.request = request;
    }

    /// What stands under `data`.
    @FunctionalInterface
    interface Data {
        void write(JsonGenerator out, PrometheusJson json) throws IOException;
    }

    /// @param query the text that notes point into
    /// @param limit the most series to list, 0 for all
    public HttpResponse result(PromAnswer answer, String query, int limit, StatsWanted wanted) {
        PromResult result = answer.result();
        List<String> warnings = new ArrayList<>(answer.warnings());
        List<String> infos = new ArrayList<>();
        for (Annotation annotation : result.annotations()) {
            (annotation.level() == Annotation.Level.WARNING ? warnings : infos).add(annotation.render(query));
        }
        List<String> shownWarnings = shown(warnings, "warning");
        boolean truncated = limit > 0 && sizeOf(result) > limit;
        return success(
                (out, json) -> json.data(result, limit, answer.stats(), wanted),
                withTruncated(shownWarnings, truncated),
                shown(infos, "info"));
    }

    private static int sizeOf(PromResult result) {
        return switch (result) {
            case PromResult.Vector vector -> vector.samples().size();
            case PromResult.Matrix matrix -> matrix.series().size();
            case PromResult.Scalar _, PromResult.Text _ -> 1;
        };
    }

    /// Ten notes, and how many more there were.
    private static List<String> shown(List<String> notes, String what) {
        if (notes.size() <= MAX_NOTES) {
            return notes;
        }
        List<String> first = new ArrayList<>(notes.subList(0, MAX_NOTES));
        first.add("%d more %s annotations omitted".formatted(notes.size() - MAX_NOTES, what));
        return first;
    }

    private static List<String> withTruncated(List<String> warnings, boolean truncated) {
        if (!truncated) {
            return warnings;
        }
        List<String> more = new ArrayList<>(warnings);
        more.add(TRUNCATED);
        return more;
    }

    /// @param limit the most to list, 0 for all
    public HttpResponse series(Found<? extends Collection<Labels>> series, int limit) {
        return list(series, limit, (labels, out, json) -> json.labels(labels));
    }

    /// @param limit the most to list, 0 for all
    public HttpResponse strings(Found<? extends Collection<String>> strings, int limit) {
        return list(strings, limit, (string, out, json) -> out.writeString(JsonAnswer.unicode(string)));
    }

    private interface Item<T> {
        void write(T item, JsonGenerator out, PrometheusJson json) throws IOException;
    }

    private <T> HttpResponse list(Found<? extends Collection<T>> found, int limit, Item<T> writer) {
        Collection<T> items = found.items();
        boolean truncated = limit > 0 && items.size() > limit;
        return success(
                (out, json) -> {
                    out.writeStartArray();
                    int left = limit == 0 ? items.size() : limit;
                    for (T item : items) {
                        if (left-- <= 0) {
                            break;
                        }
                        writer.write(item, out, json);
                    }
                    out.writeEndArray();
                },
                withTruncated(found.warnings(), truncated),
                List.of());
    }

    HttpResponse data(Data data) {
        return data(data, List.of());
    }

    HttpResponse data(Data data, List<String> warnings) {
        return success(data, warnings, List.of());
    }

    /// An answer without an envelope.
    HttpResponse bare(JsonAnswer.Body body) {
        return json(200, body);
    }

    /// @param data as it stands in the answer
    HttpResponse json(String data) {
        return data((out, _) -> out.writeRawValue(data));
    }

    private HttpResponse success(Data data, List<String> warnings, List<String> infos) {
        return json(200, out -> {
            out.writeStringField("status", "success");
            out.writeFieldName("data");
            data.write(out, new PrometheusJson(out));
            notes(out, "warnings", warnings);
            notes(out, "infos", infos);
        });
    }

    private static void notes(JsonGenerator out, String field, List<String> notes) throws IOException {
        if (!notes.isEmpty()) {
            out.writeArrayFieldStart(field);
            out.setCharacterEscapes(HtmlEscapes.ESCAPES);
            for (String note : notes) {
                out.writeString(JsonAnswer.unicode(note));
            }
            out.writeEndArray();
        }
    }

    public HttpResponse error(Fault fault) {
        Problem problem = Problem.of(fault.kind());
        return json(problem.status, out -> {
            out.writeStringField("status", "error");
            out.writeStringField("errorType", problem.type);
            out.setCharacterEscapes(HtmlEscapes.ESCAPES);
            out.writeStringField("error", JsonAnswer.unicode(fault.text()));
        });
    }

    /// How a kind of fault is told.
    private record Problem(int status, String type) {
        static Problem of(FaultKind kind) {
            return switch (kind) {
                case BAD_REQUEST, BAD_QUERY -> new Problem(400, "bad_data");
                case EXECUTION, OVER_LIMIT, UNSUPPORTED -> new Problem(422, "execution");
                case TOO_LARGE -> new Problem(413, "bad_data");
                case UNSUPPORTED_MEDIA -> new Problem(415, "bad_data");
                case UNAUTHENTICATED -> new Problem(401, "unauthorized");
                case FORBIDDEN -> new Problem(403, "forbidden");
                case NOT_FOUND -> new Problem(404, "not_found");
                case RATE_LIMITED -> new Problem(429, "too_many_requests");
                case TIMEOUT -> new Problem(503, "timeout");
                case UNAVAILABLE -> new Problem(503, "unavailable");
                case CORRUPT_DATA, INTERNAL -> new Problem(500, "internal");
            };
        }
    }

    private HttpResponse json(int status, JsonAnswer.Body body) {
        return JsonAnswer.of(request, status, TOO_LARGE_ADVICE, body);
    }
}

package io.lambdascope.api.loki;

import com.fasterxml.jackson.core.JsonGenerator;
import io.lambdascope.api.HttpRequest;
import io.lambdascope.api.HttpResponse;
import io.lambdascope.api.JsonAnswer;
import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.labels.Labels;
import io.lambdascope.query.LokiAnswer;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// Writes the answers of Loki's API: the envelope, statuses, compression. Errors are text, not JSON.
public final class LokiResponses {
    private static final String TOO_LARGE_ADVICE =
            "ask for fewer lines, fewer series, a larger step or a shorter time, or accept gzip";

    private static final String RETRY_AFTER_SECONDS = "5";

    private final HttpRequest request;

    /// @param request what is answered: its headers say whether the answer may be compressed
    public LokiResponses(HttpRequest request) {
        this.request = request;
    }

    /// What stands under `data`.
    @FunctionalInterface
    interface Data {
        void write(JsonGenerator out) throws IOException;
    }

    HttpResponse result(LokiAnswer answer) {
        boolean categorized = LokiJson.isCategorized(request);
        return success(out -> new LokiJson(out).data(answer, categorized), answer.warnings());
    }

    HttpResponse series(Collection<Labels> series) {
        return data(out -> {
            out.writeStartArray();
            for (Labels labels : series) {
                JsonAnswer.writeLabels(labels, out);
            }
            out.writeEndArray();
        });
    }

    HttpResponse strings(Collection<String> strings) {
        return data(out -> LokiJson.strings(strings, out));
    }

    HttpResponse data(Data data) {
        return success(data, List.of());
    }

    private HttpResponse success(Data data, List<String> warnings) {
        return bare(200, out -> {
            out.writeStringField("status", "success");
            out.writeFieldName("data");
            data.write(out);
            if (!warnings.isEmpty()) {
                out.writeFieldName("warnings");
                LokiJson.strings(warnings, out);
            }
        });
    }

    /// An answer without an envelope.
    HttpResponse bare(JsonAnswer.Body body) {
        return bare(200, body);
    }

    HttpResponse bare(int status, JsonAnswer.Body body) {
        return JsonAnswer.of(request, status, TOO_LARGE_ADVICE, body);
    }

    static HttpResponse error(Fault fault) {
        HttpResponse response = HttpResponse.text(statusOf(fault.kind()), fault.text());
        return response.status() == 429 || response.status() == 503
                ? response.with(Map.of("retry-after", RETRY_AFTER_SECONDS))
                : response;
    }

    private static int statusOf(FaultKind kind) {
        return switch (kind) {
            case BAD_REQUEST, BAD_QUERY, EXECUTION, OVER_LIMIT, UNSUPPORTED -> 400;
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case TOO_LARGE -> 413;
            case UNSUPPORTED_MEDIA -> 415;
            case RATE_LIMITED -> 429;
            case CORRUPT_DATA, INTERNAL -> 500;
            case UNAVAILABLE -> 503;
            case TIMEOUT -> 504;
        };
    }
}

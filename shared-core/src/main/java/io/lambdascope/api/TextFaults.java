package io.lambdascope.api;

import io.lambdascope.fault.Fault;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Faults where a protocol tells them as plain text: remote write, remote read, federation, Loki's push. Only what
/// may go well at another time has a status from which a client tries again.
public final class TextFaults {
    private static final Logger LOG = LoggerFactory.getLogger(TextFaults.class);
    private static final String RETRY_AFTER_SECONDS = "5";

    private TextFaults() {}

    /// What `answer` gives, or the fault that it ends with.
    ///
    /// @param what is done here, for the log: "push"
    public static HttpResponse answer(String what, Supplier<HttpResponse> answer) {
        try {
            return answer.get();
        } catch (Fault fault) {
            return of(what, fault);
        } catch (RuntimeException e) {
            LOG.error("{} failed", what, e);
            return HttpResponse.text(500, "internal error: " + e.getClass().getSimpleName());
        }
    }

    private static HttpResponse of(String what, Fault fault) {
        int status = switch (fault.kind()) {
            case BAD_REQUEST, BAD_QUERY, EXECUTION, OVER_LIMIT, UNSUPPORTED -> 400;
            case TOO_LARGE -> 413;
            case UNSUPPORTED_MEDIA -> 415;
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case RATE_LIMITED -> 429;
            case TIMEOUT, UNAVAILABLE -> 503;
            case CORRUPT_DATA, INTERNAL -> 500;
        };
        if (status >= 500) {
            LOG.warn("{} failed: {}", what, fault.text(), fault);
        }
        if (status != 429 && status != 503) {
            return HttpResponse.text(status, fault.text());
        }
        return new HttpResponse(
                status,
                Map.of("content-type", "text/plain; charset=utf-8", "retry-after", RETRY_AFTER_SECONDS),
                fault.text().getBytes(StandardCharsets.UTF_8));
    }
}

package io.lambdascope.api.otlp;

import io.lambdascope.api.Access;
import io.lambdascope.api.FrontDoor;
import io.lambdascope.api.HttpRequest;
import io.lambdascope.api.HttpResponse;
import io.lambdascope.api.Routes.Match;
import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.limits.MetricsLimits;
import io.lambdascope.limits.Tenant;
import io.lambdascope.limits.TenantLimitsSource;
import io.lambdascope.wire.ContentEncoding;
import io.lambdascope.wire.otlp.JsonTranscoder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// OTLP over HTTP (opentelemetry-proto `docs/specification.md`, "OTLP/HTTP"): 200 if everything is durable or was
/// refused for good, which `partial_success` then says; 503 for what a sender should send again.
public final class OtlpApi implements FrontDoor.Endpoint {
    private static final Logger LOG = LoggerFactory.getLogger(OtlpApi.class);
    private static final String RETRY_AFTER_SECONDS = "5";

    private final Map<String, OtlpExport> exports;
    private final TenantLimitsSource limits;

    /// @param exports by the last part of their paths, as in `metrics`
    public OtlpApi(Map<String, OtlpExport> exports, TenantLimitsSource limits) {
        this.exports = Map.copyOf(exports);
        this.limits = limits;
    }

    @Override
    public HttpResponse answer(HttpRequest request, Match.Found found, Access access) {
        // who sends neither is answered in what people read
        OtlpMedia media = OtlpMedia.JSON;
        try {
            media = OtlpMedia.of(request);
            access.check(found.route().right());
            Tenant tenant = access.tenantOf(request);
            OtlpExport export = exportAt(found.route().path());
            OtlpExport.Outcome outcome = export.export(tenant, bodyOf(request, tenant, media, export));
            return answer(200, media, media.response(outcome, export.rejectedName()));
        } catch (Fault fault) {
            return answer(fault, media);
        } catch (RuntimeException e) {
            return answer(
                    new Fault(
                            FaultKind.INTERNAL,
                            "internal error: " + e.getClass().getSimpleName(),
                            e),
                    media);
        }
    }

    private OtlpExport exportAt(String path) {
        OtlpExport export = exports.get(path.substring(path.lastIndexOf('/') + 1));
        if (export == null) {
            throw new IllegalStateException("no signal is exported to " + path);
        }
        return export;
    }

    private byte[] bodyOf(HttpRequest request, Tenant tenant, OtlpMedia media, OtlpExport export) {
        int maxBytes = Math.toIntExact(limits.of(tenant).get(MetricsLimits.MAX_PUSH_BYTES));
        byte[] body = ContentEncoding.of(request.header("content-encoding")).decode(request.body(), maxBytes);
        return switch (media) {
            case PROTOBUF -> body;
            case JSON -> JsonTranscoder.toProtobuf(body, export.shape(), maxBytes);
        };
    }

    private static HttpResponse answer(int status, OtlpMedia media, byte[] body) {
        return new HttpResponse(status, Map.of("content-type", media.contentType()), body);
    }

    private static HttpResponse answer(Fault fault, OtlpMedia media) {
        int status = statusOf(fault.kind());
        if (status >= 500) {
            LOG.warn("export failed: {}", fault.text(), fault);
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", media.contentType());
        if (status == 429 || status == 503) {
            headers.put("retry-after", RETRY_AFTER_SECONDS);
        }
        return new HttpResponse(status, headers, media.status(codeOf(fault.kind()), fault.text()));
    }

    /// Senders try again after 429, 502, 503 and 504 alone.
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
            case TIMEOUT, UNAVAILABLE -> 503;
        };
    }

    /// Codes of `google.rpc.Code` (googleapis `google/rpc/code.proto`).
    private static int codeOf(FaultKind kind) {
        return switch (kind) {
            case BAD_REQUEST, BAD_QUERY, EXECUTION, TOO_LARGE, UNSUPPORTED_MEDIA -> 3; // INVALID_ARGUMENT
            case TIMEOUT -> 4; // DEADLINE_EXCEEDED
            case NOT_FOUND -> 5;
            case FORBIDDEN -> 7; // PERMISSION_DENIED
            case OVER_LIMIT, RATE_LIMITED -> 8; // RESOURCE_EXHAUSTED
            case UNSUPPORTED -> 12; // UNIMPLEMENTED
            case INTERNAL -> 13;
            case UNAVAILABLE -> 14;
            case CORRUPT_DATA -> 15; // DATA_LOSS
            case UNAUTHENTICATED -> 16;
        };
    }
}

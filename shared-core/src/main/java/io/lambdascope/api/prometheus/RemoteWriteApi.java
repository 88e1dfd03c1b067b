package io.lambdascope.api.prometheus;

import io.lambdascope.api.Access;
import io.lambdascope.api.FrontDoor;
import io.lambdascope.api.HttpRequest;
import io.lambdascope.api.HttpResponse;
import io.lambdascope.api.Routes.Match;
import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.fault.Rejections;
import io.lambdascope.ingest.metrics.MetricsPush;
import io.lambdascope.limits.Tenant;
import io.lambdascope.limits.TenantLimitsSource;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.wire.remotewrite.RemoteWriteDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Remote write 1.0 (prometheus/docs `specs/prw/remote_write_spec.md`): 204 if everything is durable, 400 if something
/// was refused for good, 415 for what a sender may say in another way, 503 for what it should send again.
public final class RemoteWriteApi implements FrontDoor.Endpoint {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteWriteApi.class);
    private static final String RETRY_AFTER_SECONDS = "5";

    private final MetricsPush pushes;
    private final TenantLimitsSource limits;

    public RemoteWriteApi(MetricsPush pushes, TenantLimitsSource limits) {
        this.pushes = pushes;
        this.limits = limits;
    }

    @Override
    public HttpResponse answer(HttpRequest request, Match.Found found, Access access) {
        try {
            access.check(found.route().right());
            Tenant tenant = access.tenantOf(request);
            checkMedia(request);
            MetricsBatch batch =
                    RemoteWriteDecoder.decode(request.body(), limits.of(tenant).maxPushBytes());
            Rejections refused = pushes.push(tenant, batch).rejections();
            return refused.isEmpty() ? HttpResponse.empty(204) : HttpResponse.text(400, refused.text());
        } catch (Fault fault) {
            return answer(fault);
        }
    }

    private static void checkMedia(HttpRequest request) {
        String encoding = request.header("content-encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("snappy")) {
            throw media("content-encoding \"%s\" is not read here; send snappy (block format)".formatted(encoding));
        }
        String type = request.header("content-type");
        if (type == null) {
            return;
        }
        String[] parts = type.split(";");
        if (!parts[0].strip().equalsIgnoreCase("application/x-protobuf")) {
            throw media("content-type \"%s\" is not read here; send application/x-protobuf".formatted(type));
        }
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().toLowerCase(Locale.ROOT);
            if (parameter.startsWith("proto=") && !parameter.equals("proto=prometheus.writerequest")) {
                throw media("%s is not read here; send remote write 1.0 (proto=prometheus.WriteRequest)"
                        .formatted(parts[i].strip()));
            }
        }
    }

    private static Fault media(String text) {
        return new Fault(FaultKind.UNSUPPORTED_MEDIA, text);
    }

    private static HttpResponse answer(Fault fault) {
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
        if (status < 500) {
            return HttpResponse.text(status, fault.text());
        }
        LOG.warn("push failed: {}", fault.text(), fault);
        if (status != 503) {
            return HttpResponse.text(status, fault.text());
        }
        return new HttpResponse(
                status,
                Map.of("content-type", "text/plain; charset=utf-8", "retry-after", RETRY_AFTER_SECONDS),
                fault.text().getBytes(StandardCharsets.UTF_8));
    }
}

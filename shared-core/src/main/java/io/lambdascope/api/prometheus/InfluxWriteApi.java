package io.lambdascope.api.prometheus;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.lambdascope.api.Access;
import io.lambdascope.api.FrontDoor;
import io.lambdascope.api.HttpRequest;
import io.lambdascope.api.HttpResponse;
import io.lambdascope.api.Routes.Match;
import io.lambdascope.api.TextFaults;
import io.lambdascope.fault.Rejections;
import io.lambdascope.ingest.metrics.MetricsPush;
import io.lambdascope.ingest.metrics.MetricsValidator;
import io.lambdascope.limits.MetricsLimits;
import io.lambdascope.limits.Tenant;
import io.lambdascope.limits.TenantLimitsSource;
import io.lambdascope.wire.ContentEncoding;
import io.lambdascope.wire.influx.InfluxPrecision;
import io.lambdascope.wire.influx.LineProtocolDecoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;

/// Takes Influx line protocol where Mimir does. 204 if everything is durable; otherwise a body of JSON that clients of
/// both InfluxDB 1 (`error`) and 2 (`code` and `message`) read, with the statuses of remote write.
public final class InfluxWriteApi implements FrontDoor.Endpoint {
    private static final JsonFactory JSON = new JsonFactory();

    private final MetricsPush pushes;
    private final TenantLimitsSource limits;
    private final InstantSource clock;

    public InfluxWriteApi(MetricsPush pushes, TenantLimitsSource limits, InstantSource clock) {
        this.pushes = pushes;
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public HttpResponse answer(HttpRequest request, Match.Found found, Access access) {
        HttpResponse response = TextFaults.answer("influx push", () -> push(request, found, access));
        return response.status() == 204 ? response : inJson(response);
    }

    private HttpResponse push(HttpRequest request, Match.Found found, Access access) {
        access.check(found.route().right());
        Tenant tenant = access.tenantOf(request);
        InfluxPrecision precision = InfluxPrecision.of(request.queryParameter("precision"));
        int maxBytes = Math.toIntExact(limits.of(tenant).get(MetricsLimits.MAX_PUSH_BYTES));
        byte[] lines = ContentEncoding.of(request.header("content-encoding")).decode(request.body(), maxBytes);
        LineProtocolDecoder.Decoded decoded = LineProtocolDecoder.decode(lines, precision, clock.millis());
        MetricsValidator.Validated stored = pushes.push(tenant, decoded.batch());
        String refused = Rejections.text(decoded.rejections(), stored.rejections());
        if (refused.isEmpty()) {
            return HttpResponse.empty(204);
        }
        return HttpResponse.text(400, stored.batch().isEmpty() ? refused : "partial write: " + refused);
    }

    private static HttpResponse inJson(HttpResponse response) {
        String text = new String(response.body(), StandardCharsets.UTF_8);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (JsonGenerator out = JSON.createGenerator(body)) {
            out.writeStartObject();
            out.writeStringField("code", code(response.status()));
            out.writeStringField("message", text);
            out.writeStringField("error", text);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new HttpResponse(response.status(), response.headers(), body.toByteArray())
                .with(Map.of("content-type", "application/json"));
    }

    /// What InfluxDB 2 calls it.
    private static String code(int status) {
        return switch (status) {
            case 401 -> "unauthorized";
            case 403 -> "forbidden";
            case 404 -> "not found";
            case 413 -> "request too large";
            case 429 -> "too many requests";
            case 503 -> "unavailable";
            default -> status < 500 ? "invalid" : "internal error";
        };
    }
}

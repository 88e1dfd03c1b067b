package io.lambdascope.api.loki;

import io.lambdascope.api.Access;
import io.lambdascope.api.FrontDoor;
import io.lambdascope.api.HttpRequest;
import io.lambdascope.api.HttpResponse;
import io.lambdascope.api.Routes.Match;
import io.lambdascope.api.TextFaults;
import io.lambdascope.fault.Rejections;
import io.lambdascope.ingest.logs.LogsPush;
import io.lambdascope.limits.MetricsLimits;
import io.lambdascope.limits.Tenant;
import io.lambdascope.limits.TenantLimitsSource;
import io.lambdascope.wire.ContentEncoding;
import io.lambdascope.wire.SnappyBlock;
import io.lambdascope.wire.lokipush.LokiJsonDecoder;
import io.lambdascope.wire.lokipush.LokiProtobufDecoder;
import io.lambdascope.wire.lokipush.LokiPush;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Loki's push (loki `docs/sources/reference/loki-http-api.md`, "Ingest logs"): JSON, or protobuf whatever else the
/// content type says. 204 if everything is durable, 400 if something was refused for good, which the rest does not
/// suffer from; 422 if there was no stream at all; 429 for what came too fast and 503 for what it should send again.
public final class LokiPushApi implements FrontDoor.Endpoint {
    private final LogsPush pushes;
    private final TenantLimitsSource limits;

    public LokiPushApi(LogsPush pushes, TenantLimitsSource limits) {
        this.pushes = pushes;
        this.limits = limits;
    }

    @Override
    public HttpResponse answer(HttpRequest request, Match.Found found, Access access) {
        return TextFaults.answer("loki push", () -> {
            access.check(found.route().right());
            Tenant tenant = access.tenantOf(request);
            return push(tenant, decode(request, maxBytes(tenant)));
        });
    }

    private int maxBytes(Tenant tenant) {
        return Math.toIntExact(limits.of(tenant).get(MetricsLimits.MAX_PUSH_BYTES));
    }

    private HttpResponse push(Tenant tenant, LokiPush push) {
        if (push.isEmpty()) {
            return HttpResponse.text(422, "error at least one valid stream is required for ingestion");
        }
        Rejections stored = pushes.push(tenant, push.batch()).rejections();
        String refused = Rejections.text(push.rejections(), stored);
        return refused.isEmpty() ? HttpResponse.empty(204) : HttpResponse.text(400, refused);
    }

    private static LokiPush decode(HttpRequest request, int maxBytes) {
        boolean json = isJson(request.header("content-type"));
        String encoding = request.header("content-encoding");
        if (encoding != null && encoding.strip().equalsIgnoreCase("snappy")) {
            return json
                    ? LokiJsonDecoder.decode(SnappyBlock.decompress(request.body(), maxBytes))
                    : LokiProtobufDecoder.decode(request.body(), maxBytes);
        }
        byte[] body = ContentEncoding.of(encoding).decode(request.body(), maxBytes);
        return json ? LokiJsonDecoder.decode(body) : LokiProtobufDecoder.decode(body, maxBytes);
    }

    private static boolean isJson(@Nullable String contentType) {
        return contentType != null
                && contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("application/json");
    }
}

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
import java.util.Locale;

/// Remote write 1.0 (prometheus/docs `specs/prw/remote_write_spec.md`): 204 if everything is durable, 400 if something
/// was refused for good, 415 for what a sender may say in another way, 503 for what it should send again.
public final class RemoteWriteApi implements FrontDoor.Endpoint {
    private final MetricsPush pushes;
    private final TenantLimitsSource limits;

    public RemoteWriteApi(MetricsPush pushes, TenantLimitsSource limits) {
        this.pushes = pushes;
        this.limits = limits;
    }

    @Override
    public HttpResponse answer(HttpRequest request, Match.Found found, Access access) {
        return TextFaults.answer("push", () -> {
            access.check(found.route().right());
            Tenant tenant = access.tenantOf(request);
            checkMedia(request);
            MetricsBatch batch =
                    RemoteWriteDecoder.decode(request.body(), limits.of(tenant).maxPushBytes());
            Rejections refused = pushes.push(tenant, batch).rejections();
            return refused.isEmpty() ? HttpResponse.empty(204) : HttpResponse.text(400, refused.text());
        });
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
}

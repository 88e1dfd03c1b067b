package io.lambdascope.api.prometheus;

import io.lambdascope.api.Access;
import io.lambdascope.api.FrontDoor;
import io.lambdascope.api.HttpRequest;
import io.lambdascope.api.HttpResponse;
import io.lambdascope.api.Routes.Match;
import io.lambdascope.api.TextFaults;
import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.fault.Rejections;
import io.lambdascope.ingest.metrics.MetricsPush;
import io.lambdascope.ingest.metrics.MetricsValidator;
import io.lambdascope.limits.MetricsLimits;
import io.lambdascope.limits.Tenant;
import io.lambdascope.limits.TenantLimitsSource;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.wire.remotewrite.RemoteWrite2Decoder;
import io.lambdascope.wire.remotewrite.RemoteWriteDecoder;
import io.lambdascope.wire.remotewrite.RemoteWriteMessage;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Remote write 1.0 and 2.0 (prometheus/docs `specs/prw/remote_write_spec.md`, `…_2_0.md`): 204 if everything is
/// durable, 400 if something was refused for good, 415 for what a sender may say in another way, 503 for what it should
/// send again, 429 for what came too fast; 529 instead, if the tenant's limits want it, since a Prometheus drops what
/// was answered 429 unless it is told otherwise. Whatever happens to a 2.0 request, the answer says how much of it was
/// written.
public final class RemoteWriteApi implements FrontDoor.Endpoint {
    private static final int RATE_LIMITED = 429;
    private static final int OVERLOADED = 529;

    private final MetricsPush pushes;
    private final TenantLimitsSource limits;

    public RemoteWriteApi(MetricsPush pushes, TenantLimitsSource limits) {
        this.pushes = pushes;
        this.limits = limits;
    }

    @Override
    public HttpResponse answer(HttpRequest request, Match.Found found, Access access) {
        HttpResponse answer = TextFaults.answer("push", () -> {
            access.check(found.route().right());
            Tenant tenant = access.tenantOf(request);
            checkEncoding(request.header("content-encoding"));
            return switch (RemoteWriteMessage.of(request.header("content-type"))) {
                case V1 -> push(tenant, request.body());
                case V2 -> pushV2(tenant, request.body());
            };
        });
        return answer.status() == RATE_LIMITED && isToldAsOverload(access.tenantOf(request))
                ? new HttpResponse(OVERLOADED, answer.headers(), answer.body())
                : answer;
    }

    private int maxPushBytes(Tenant tenant) {
        return Math.toIntExact(limits.of(tenant).get(MetricsLimits.MAX_PUSH_BYTES));
    }

    private boolean isToldAsOverload(Tenant tenant) {
        return limits.of(tenant).get(MetricsLimits.SERVICE_OVERLOAD_STATUS_CODE_ON_RATE_LIMIT_ENABLED);
    }

    private HttpResponse push(Tenant tenant, byte[] body) {
        MetricsBatch batch = RemoteWriteDecoder.decode(body, maxPushBytes(tenant));
        return answer(pushes.push(tenant, batch).rejections());
    }

    private HttpResponse pushV2(Tenant tenant, byte[] body) {
        AtomicReference<Written> written = new AtomicReference<>(Written.NOTHING);
        HttpResponse response = TextFaults.answer("push", () -> {
            RemoteWrite2Decoder.Decoded decoded = RemoteWrite2Decoder.decode(body, maxPushBytes(tenant));
            MetricsValidator.Validated stored = pushes.push(tenant, decoded.batch());
            written.set(Written.of(stored.batch()));
            return answer(decoded.rejections(), stored.rejections());
        });
        return response.with(Objects.requireNonNull(written.get()).headers());
    }

    /// How much of a request is durable, in the words of 2.0: a sample is a float.
    private record Written(int samples, int histograms, int exemplars) {
        static final Written NOTHING = new Written(0, 0, 0);

        static Written of(MetricsBatch stored) {
            int histograms = stored.histogramCount();
            return new Written(
                    stored.sampleCount() - histograms,
                    histograms,
                    stored.exemplars().size());
        }

        Map<String, String> headers() {
            return Map.of(
                    "x-prometheus-remote-write-samples-written", Integer.toString(samples),
                    "x-prometheus-remote-write-histograms-written", Integer.toString(histograms),
                    "x-prometheus-remote-write-exemplars-written", Integer.toString(exemplars));
        }
    }

    private static HttpResponse answer(Rejections... rejections) {
        String refused = Rejections.text(rejections);
        return refused.isEmpty() ? HttpResponse.empty(204) : HttpResponse.text(400, refused);
    }

    private static void checkEncoding(@Nullable String encoding) {
        if (encoding != null && !encoding.isBlank() && !encoding.strip().equalsIgnoreCase("snappy")) {
            throw new Fault(
                    FaultKind.UNSUPPORTED_MEDIA,
                    "content-encoding \"%s\" is not read here; send snappy (block format)".formatted(encoding));
        }
    }
}

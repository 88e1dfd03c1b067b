package io.lambdascope.localstack.clients;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.ipc.http.HttpSender;
import io.micrometer.core.ipc.http.HttpUrlConnectionSender;
import io.micrometer.influx.InfluxConfig;
import io.micrometer.influx.InfluxMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micrometer.registry.otlp.OtlpConfig;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.tracer.common.SpanContext;
import java.io.Closeable;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Micrometer's registries, as Spring Boot and Quarkus set them up. Those that push do so when they are closed.
final class MicrometerClients {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private MicrometerClients() {}

    static Closeable pushOtlp(String endpoint, String tenant) {
        Map<String, String> settings = Map.of(
                "otlp.url", endpoint + "/otlp/v1/metrics",
                "otlp.headers", "X-Scope-OrgID=" + tenant,
                "otlp.step", "1h",
                "otlp.readTimeout", "30s",
                "otlp.histogramFlavor", "base2_exponential_bucket_histogram",
                "otlp.resourceAttributes", "service.name=shop,service.instance.id=b,host.name=h2");
        OtlpConfig config = settings::get;
        MeterRegistry registry = OtlpMeterRegistry.builder(config).build();
        record(registry);
        registry.close();
        return PushingClient.done();
    }

    static Closeable pushInflux(String endpoint, String tenant) {
        Map<String, String> settings = Map.of(
                "influx.uri", endpoint + "/api/v1/push/influx",
                "influx.autoCreateDb", "false",
                "influx.step", "1h");
        InfluxConfig config = settings::get;
        HttpSender sender = new HttpUrlConnectionSender(TIMEOUT, TIMEOUT);
        MeterRegistry registry = InfluxMeterRegistry.builder(config)
                .httpClient(request -> sender.send(ofTenant(tenant, request)))
                .build();
        record(registry);
        registry.close();
        return PushingClient.done();
    }

    /// A registry to scrape. One counter counts inside of a span; the histograms do not, since Micrometer gives their
    /// exemplars to the count as well, and Prometheus 2.42 refuses a page that has them there.
    static PrometheusMeterRegistry scraped() {
        CurrentSpan span = new CurrentSpan();
        PrometheusMeterRegistry registry =
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, new PrometheusRegistry(), Clock.SYSTEM, span);
        record(registry);
        span.sampled = true;
        Counter.builder("orders.paid").register(registry).increment(2);
        return registry;
    }

    private static HttpSender.Request ofTenant(String tenant, HttpSender.Request request) {
        Map<String, String> headers = new HashMap<>(request.getRequestHeaders());
        headers.put("X-Scope-OrgID", tenant);
        return new HttpSender.Request(request.getUrl(), request.getEntity(), request.getMethod(), headers);
    }

    private static void record(MeterRegistry registry) {
        Counter.builder("orders.placed").tag("region", "eu").register(registry).increment(3);
        Gauge.builder("stock", () -> 42.5).tag("shelf", "a").register(registry);
        Timer checkout = Timer.builder("checkout").publishPercentileHistogram().register(registry);
        List.of(100, 200, 400).forEach(millis -> checkout.record(millis, TimeUnit.MILLISECONDS));
        DistributionSummary.builder("basket")
                .baseUnit("bytes")
                .serviceLevelObjectives(10, 100)
                .register(registry)
                .record(30);
    }

    private static final class CurrentSpan implements SpanContext {
        private boolean sampled;

        @Override
        public String getCurrentTraceId() {
            return OpenTelemetryClient.TRACE_ID;
        }

        @Override
        public String getCurrentSpanId() {
            return OpenTelemetryClient.SPAN_ID;
        }

        @Override
        public boolean isCurrentSpanSampled() {
            return sampled;
        }

        @Override
        public void markCurrentSpanAsExemplar() {}
    }
}

package io.lambdascope.localstack.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Scope;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentSelector;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.View;
import io.opentelemetry.sdk.metrics.export.AggregationTemporalitySelector;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import java.io.Closeable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The OpenTelemetry SDK for Java.
final class OpenTelemetryClient {
    static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
    static final String SPAN_ID = "b7ad6b7169203331";

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private OpenTelemetryClient() {}

    static Closeable pushCumulative(String endpoint, String tenant) {
        return push(endpoint, tenant, AggregationTemporalitySelector.alwaysCumulative());
    }

    static Closeable pushDelta(String endpoint, String tenant) {
        return push(endpoint, tenant, AggregationTemporalitySelector.deltaPreferred());
    }

    private static Closeable push(String endpoint, String tenant, AggregationTemporalitySelector temporality) {
        MetricExporter exporter = OtlpHttpMetricExporter.builder()
                .setEndpoint(endpoint + "/otlp/v1/metrics")
                .addHeader("X-Scope-OrgID", tenant)
                .setCompression("gzip")
                .setTimeout(TIMEOUT)
                .setAggregationTemporalitySelector(temporality)
                .build();
        try (SdkMeterProvider provider = SdkMeterProvider.builder()
                .setResource(Resource.create(Attributes.builder()
                        .put("service.name", "shop")
                        .put("service.namespace", "demo")
                        .put("service.instance.id", "a")
                        .put("host.name", "h1")
                        .build()))
                .registerView(
                        InstrumentSelector.builder().setName("request.duration").build(),
                        View.builder()
                                .setAggregation(Aggregation.base2ExponentialBucketHistogram())
                                .build())
                .registerMetricReader(PeriodicMetricReader.builder(exporter)
                        .setInterval(Duration.ofHours(1))
                        .build())
                .build()) {
            record(provider.get("lambdascope.test"));
            assertThat(provider.forceFlush()
                            .join(TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                            .isSuccess())
                    .as("exported")
                    .isTrue();
        }
        return PushingClient.done();
    }

    private static void record(Meter meter) {
        Attributes route = Attributes.of(AttributeKey.stringKey("http.route"), "/cart");
        meter.counterBuilder("requests").build().add(7, route);
        meter.counterBuilder("sent").setUnit("By").build().add(1500);
        meter.upDownCounterBuilder("queue.size").setUnit("{job}").build().add(-2);
        meter.gaugeBuilder("cpu.utilization").setUnit("1").build().set(0.25);
        DoubleHistogram durations =
                meter.histogramBuilder("request.duration").setUnit("s").build();
        durations.record(0.1, route);
        durations.record(0.4, route);
        Span sampled =
                Span.wrap(SpanContext.create(TRACE_ID, SPAN_ID, TraceFlags.getSampled(), TraceState.getDefault()));
        try (Scope _ = sampled.makeCurrent()) {
            durations.record(0.2, route);
        }
        DoubleHistogram sizes = meter.histogramBuilder("basket")
                .setExplicitBucketBoundariesAdvice(List.of(10.0, 100.0))
                .build();
        sizes.record(30);
        sizes.record(1000);
    }
}

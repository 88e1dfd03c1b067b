package io.lambdascope.wire.otlp.metrics;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Requests with all that can stand in one, and some that should not.
final class RandomOtlpMetrics {
    private static final long START_NANOS = 1_760_000_000_000_000_000L;

    private final Random random;

    RandomOtlpMetrics(Random random) {
        this.random = random;
    }

    ExportMetricsServiceRequest request() {
        return ExportMetricsServiceRequest.newBuilder()
                .addAllResourceMetrics(some(3, this::resourceMetrics))
                .build();
    }

    private <T> Iterable<T> some(int max, Supplier<T> one) {
        return Stream.generate(one).limit(random.nextInt(max + 1)).toList();
    }

    private ResourceMetrics resourceMetrics() {
        ResourceMetrics.Builder builder = ResourceMetrics.newBuilder().addAllScopeMetrics(some(3, this::scopeMetrics));
        if (random.nextInt(5) > 0) {
            Resource.Builder resource = Resource.newBuilder().addAllAttributes(some(4, this::attribute));
            for (String key : new String[] {"service.name", "service.namespace", "service.instance.id"}) {
                if (random.nextBoolean()) {
                    resource.addAttributes(KeyValue.newBuilder().setKey(key).setValue(value(0)));
                }
            }
            builder.setResource(resource);
        }
        return builder.build();
    }

    private ScopeMetrics scopeMetrics() {
        ScopeMetrics.Builder builder = ScopeMetrics.newBuilder().addAllMetrics(some(5, this::metric));
        if (random.nextBoolean()) {
            builder.setSchemaUrl("https://example.test/" + random.nextInt(3))
                    .setScope(InstrumentationScope.newBuilder()
                            .setName(random.nextBoolean() ? "" : "scope " + random.nextInt(2))
                            .setVersion("1." + random.nextInt(2))
                            .addAllAttributes(some(2, this::attribute)));
        }
        return builder.build();
    }

    private Metric metric() {
        Metric.Builder builder = Metric.newBuilder()
                .setName(pick("http.server.duration", "requests_total", "größe", "up", "1st", ""))
                .setDescription(pick("", "what \"it\" is\n"))
                .setUnit(pick("", "s", "By/s", "1", "{x}", "furlong"));
        AggregationTemporality temporality = pick(
                AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE,
                AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE,
                AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA,
                AggregationTemporality.AGGREGATION_TEMPORALITY_UNSPECIFIED);
        return switch (random.nextInt(6)) {
            case 0 ->
                builder.setGauge(Gauge.newBuilder().addAllDataPoints(some(5, this::number)))
                        .build();
            case 1 ->
                builder.setSum(Sum.newBuilder()
                                .addAllDataPoints(some(5, this::number))
                                .setAggregationTemporality(temporality)
                                .setIsMonotonic(random.nextBoolean()))
                        .build();
            case 2 ->
                builder.setHistogram(Histogram.newBuilder()
                                .addAllDataPoints(some(5, this::histogram))
                                .setAggregationTemporality(temporality))
                        .build();
            case 3 ->
                builder.setExponentialHistogram(ExponentialHistogram.newBuilder()
                                .addAllDataPoints(some(5, this::exponential))
                                .setAggregationTemporality(temporality))
                        .build();
            case 4 ->
                builder.setSummary(Summary.newBuilder().addAllDataPoints(some(5, this::summary)))
                        .build();
            default -> builder.build();
        };
    }

    private NumberDataPoint number() {
        NumberDataPoint.Builder point = NumberDataPoint.newBuilder()
                .addAllAttributes(some(4, this::attribute))
                .setStartTimeUnixNano(start())
                .setTimeUnixNano(time())
                .addAllExemplars(some(2, this::exemplar))
                .setFlags(flags());
        return switch (random.nextInt(5)) {
            case 0 -> point.build();
            case 1, 2 -> point.setAsInt(random.nextLong()).build();
            default -> point.setAsDouble(real()).build();
        };
    }

    private HistogramDataPoint histogram() {
        int bounds = random.nextInt(6);
        HistogramDataPoint.Builder point = HistogramDataPoint.newBuilder()
                .addAllAttributes(some(3, this::attribute))
                .setStartTimeUnixNano(start())
                .setTimeUnixNano(time())
                .addAllExemplars(some(2, this::exemplar))
                .setFlags(flags());
        long count = 0;
        for (int i = 0; i <= bounds; i++) {
            long population = random.nextInt(100);
            count += population;
            point.addBucketCounts(population);
            if (i < bounds || random.nextInt(10) == 0) {
                point.addExplicitBounds(i + 0.5);
            }
        }
        if (random.nextBoolean()) {
            point.setSum(real());
        }
        return point.setCount(random.nextInt(10) == 0 ? random.nextLong() : count)
                .build();
    }

    private ExponentialHistogramDataPoint exponential() {
        ExponentialHistogramDataPoint.Builder point = ExponentialHistogramDataPoint.newBuilder()
                .addAllAttributes(some(3, this::attribute))
                .setStartTimeUnixNano(start())
                .setTimeUnixNano(time())
                .addAllExemplars(some(2, this::exemplar))
                .setFlags(flags())
                .setCount(random.nextInt(1000))
                .setScale(random.nextInt(-6, 22))
                .setZeroCount(random.nextInt(10))
                .setZeroThreshold(pick(0.0, 0.25));
        if (random.nextBoolean()) {
            point.setPositive(buckets());
        }
        if (random.nextBoolean()) {
            point.setNegative(buckets());
        }
        if (random.nextBoolean()) {
            point.setSum(real());
        }
        return point.build();
    }

    private ExponentialHistogramDataPoint.Buckets buckets() {
        return ExponentialHistogramDataPoint.Buckets.newBuilder()
                .setOffset(random.nextInt(20) == 0 ? random.nextInt() : random.nextInt(-50, 50))
                .addAllBucketCounts(some(12, () -> random.nextBoolean() ? 0L : random.nextInt(1000)))
                .build();
    }

    private SummaryDataPoint summary() {
        return SummaryDataPoint.newBuilder()
                .addAllAttributes(some(3, this::attribute))
                .setStartTimeUnixNano(start())
                .setTimeUnixNano(time())
                .setFlags(flags())
                .setCount(random.nextInt(1000))
                .setSum(real())
                .addAllQuantileValues(some(
                        3,
                        () -> SummaryDataPoint.ValueAtQuantile.newBuilder()
                                .setQuantile(pick(0.0, 0.5, 0.99, 1.0))
                                .setValue(real())
                                .build()))
                .build();
    }

    private Exemplar exemplar() {
        Exemplar.Builder exemplar = Exemplar.newBuilder()
                .addAllFilteredAttributes(some(2, this::attribute))
                .setTimeUnixNano(pick(0L, time()))
                .setTraceId(id(16))
                .setSpanId(id(8));
        return switch (random.nextInt(4)) {
            case 0 -> exemplar.build();
            case 1 -> exemplar.setAsInt(random.nextInt()).build();
            default -> exemplar.setAsDouble(real()).build();
        };
    }

    private ByteString id(int length) {
        byte[] bytes = new byte[random.nextInt(4) == 0 ? 0 : length];
        if (random.nextInt(4) > 0) {
            random.nextBytes(bytes);
        }
        return ByteString.copyFrom(bytes);
    }

    private KeyValue attribute() {
        KeyValue.Builder attribute = KeyValue.newBuilder()
                .setKey(pick(
                        "http.method",
                        "http_method",
                        "le",
                        "quantile",
                        "host.name",
                        "größe😀",
                        "__name__",
                        "job",
                        "_x",
                        ""));
        if (random.nextInt(10) > 0) {
            attribute.setValue(value(0));
        }
        return attribute.build();
    }

    private AnyValue value(int depth) {
        AnyValue.Builder value = AnyValue.newBuilder();
        return switch (random.nextInt(depth > 3 ? 8 : 10)) {
            case 0 -> value.build();
            case 1 -> value.setBoolValue(random.nextBoolean()).build();
            case 2 -> value.setIntValue(random.nextLong()).build();
            case 3 -> value.setDoubleValue(real()).build();
            case 4 -> value.setBytesValue(id(5)).build();
            case 8 ->
                value.setArrayValue(ArrayValue.newBuilder().addAllValues(some(3, () -> value(depth + 1))))
                        .build();
            case 9 ->
                value.setKvlistValue(KeyValueList.newBuilder()
                                .addAllValues(some(
                                        3,
                                        () -> KeyValue.newBuilder()
                                                .setKey(pick("a", "b", "ü\""))
                                                .setValue(value(depth + 1))
                                                .build())))
                        .build();
            default ->
                value.setStringValue(pick("", "GET", "POST", "a\"b\\c\u0001", "日本"))
                        .build();
        };
    }

    private double real() {
        return switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1 -> Double.NaN;
            case 2 -> Double.POSITIVE_INFINITY;
            case 3 -> Double.MIN_VALUE;
            case 4 -> random.nextInt(1000);
            default -> random.nextGaussian() * 1000;
        };
    }

    private int flags() {
        return random.nextInt(6) == 0 ? 1 : 0;
    }

    private long start() {
        return pick(0L, START_NANOS, START_NANOS + 1_000_000_000_000L);
    }

    private long time() {
        return random.nextInt(50) == 0 ? random.nextLong() : START_NANOS + random.nextInt(100) * 12_345_678_901L;
    }

    @SafeVarargs
    private <T> T pick(T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}

package io.lambdascope.api.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.lambdascope.api.Access;
import io.lambdascope.api.HttpResponse;
import io.lambdascope.api.Routes.Right;
import io.lambdascope.head.HeadSettings;
import io.lambdascope.ingest.PushSettings;
import io.lambdascope.ingest.PushWorld;
import io.lambdascope.limits.Tenant;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OtlpApiTest {
    private static final Tenant TENANT = new Tenant("team-a");
    private static final Access ACCESS = Access.to(Set.of(TENANT), Set.of(Right.WRITE));
    private static final Map<String, String> PROTOBUF = Map.of("content-type", "application/x-protobuf");
    private static final Map<String, String> JSON = Map.of("content-type", "application/json; charset=utf-8");
    private static final long NOW = PushWorld.NOW.getEpochSecond() * 1_000_000_000L;
    private static final long YEAR = Duration.ofDays(365).toNanos();

    private final PushWorld world = new PushWorld(PushSettings.DEFAULTS, HeadSettings.DEFAULTS);

    private static NumberDataPoint point(long timeNanos, String key, String value) {
        return NumberDataPoint.newBuilder()
                .setTimeUnixNano(timeNanos)
                .setAsDouble(1)
                .addAttributes(KeyValue.newBuilder()
                        .setKey(key)
                        .setValue(AnyValue.newBuilder().setStringValue(value)))
                .build();
    }

    private static byte[] gauge(NumberDataPoint... points) {
        return request(Metric.newBuilder()
                .setName("up")
                .setGauge(Gauge.newBuilder().addAllDataPoints(List.of(points)))
                .build());
    }

    private static byte[] request(Metric... metrics) {
        return ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(ResourceMetrics.newBuilder()
                        .addScopeMetrics(ScopeMetrics.newBuilder().addAllMetrics(List.of(metrics))))
                .build()
                .toByteArray();
    }

    private static byte[] json(String timeNanos) {
        return ("{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"name\":\"up\",\"gauge\":{\"dataPoints\":[{\"asInt\":1,"
                        + "\"timeUnixNano\":\"" + timeNanos + "\"}]}}]}]}]}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(content);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return packed.toByteArray();
    }

    private static ExportMetricsPartialSuccess partial(HttpResponse response) {
        try {
            return ExportMetricsServiceResponse.parseFrom(response.body()).getPartialSuccess();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(HttpResponse response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private Map<String, List<String>> stored() {
        while (world.deliver()) {
            // until the queue is empty
        }
        return world.read(TENANT);
    }

    @Test
    void everythingGoodIs200AndEmptyAndStored() {
        HttpResponse response = world.export(ACCESS, gauge(point(NOW, "a", "1"), point(NOW, "a", "2")), PROTOBUF);
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers()).containsEntry("content-type", "application/x-protobuf");
        assertThat(response.body()).isEmpty();
        assertThat(stored()).containsOnlyKeys("up{a=\"1\"}", "up{a=\"2\"}");
    }

    @Test
    void jsonIsAnsweredInJson() {
        HttpResponse response = world.export(ACCESS, json(Long.toString(NOW)), JSON);
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers()).containsEntry("content-type", "application/json");
        assertThat(text(response)).isEqualTo("{}");
        assertThat(stored()).containsOnlyKeys("up");

        response = world.export(ACCESS, json("1"), JSON);
        assertThat(response.status()).isEqualTo(200);
        assertThat(text(response))
                .startsWith("{\"partialSuccess\":{\"rejectedDataPoints\":\"1\",\"errorMessage\":\"received a sample")
                .endsWith("series: up (err-mimir-sample-timestamp-too-old)\"}}");

        response = world.export(ACCESS, "{\"resourceMetrics\":1}".getBytes(StandardCharsets.UTF_8), JSON);
        assertThat(response.status()).isEqualTo(400);
        assertThat(text(response))
                .isEqualTo("{\"code\":3,\"message\":\"body is not the JSON it should be: an array is wanted at"
                        + " /resourceMetrics, line 1, column 20\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZIP", "zstd", "identity"})
    void bodiesComePackedOrNot(String encoding) {
        byte[] plain = gauge(point(NOW, "a", "1"));
        byte[] body = switch (encoding) {
            case "identity" -> plain;
            case "zstd" -> Zstd.compress(plain);
            default -> gzip(plain);
        };
        HttpResponse response = world.export(
                ACCESS, body, Map.of("content-type", "application/x-protobuf", "content-encoding", encoding));
        assertThat(response.status()).isEqualTo(200);
        assertThat(stored()).containsOnlyKeys("up{a=\"1\"}");
    }

    @Test
    void refusedPointsAreCountedAndTheRestIsStored() {
        HttpResponse response = world.export(
                ACCESS,
                gauge(
                        point(NOW, "a", "1"),
                        point(NOW - YEAR, "a", "2"),
                        point(NOW + YEAR, "a", "3"),
                        point(0, "a", "4"),
                        point(-1, "a", "5"),
                        point(NOW, "a", "x".repeat(3000)),
                        point(NOW, "", "no name"),
                        NumberDataPoint.newBuilder().setTimeUnixNano(NOW).build()),
                PROTOBUF);
        assertThat(response.status()).isEqualTo(200);
        assertThat(partial(response).getRejectedDataPoints()).isEqualTo(7);
        assertThat(partial(response).getErrorMessage())
                .contains("a data point of metric \"up\" has no value (otlp-no-value)")
                .contains("(err-mimir-sample-timestamp-too-old), and 1 more")
                .contains("(err-mimir-too-far-in-future), and 1 more")
                .contains("(err-mimir-label-value-too-long)")
                .contains("(err-mimir-label-invalid)")
                .hasSizeLessThan(3000);
        assertThat(stored()).containsOnlyKeys("up{a=\"1\"}");
    }

    @Test
    void aRefusedHistogramIsOnePoint() {
        HistogramDataPoint.Builder point = HistogramDataPoint.newBuilder()
                .setTimeUnixNano(NOW - YEAR)
                .setCount(3)
                .setSum(1)
                .addAllExplicitBounds(List.of(1.0, 2.0))
                .addAllBucketCounts(List.of(1L, 1L, 1L));
        byte[] body = request(Metric.newBuilder()
                .setName("h")
                .setHistogram(Histogram.newBuilder()
                        .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                        .addDataPoints(point)
                        .addDataPoints(point.setTimeUnixNano(NOW)))
                .build());
        HttpResponse response = world.export(ACCESS, body, PROTOBUF);
        assertThat(partial(response).getRejectedDataPoints()).isEqualTo(1);
        assertThat(partial(response).getErrorMessage()).endsWith("and 4 more");
        assertThat(stored()).hasSize(5);
    }

    @Test
    void whatIsLeftOutOfAPointIsAWarning() {
        byte[] body = gauge(point(NOW, "a", "1").toBuilder()
                .addExemplars(Exemplar.newBuilder().setTimeUnixNano(NOW).setAsInt(1))
                .build());
        HttpResponse response = world.export(ACCESS, body, PROTOBUF);
        assertThat(response.status()).isEqualTo(200);
        assertThat(partial(response).getRejectedDataPoints()).isZero();
        assertThat(partial(response).getErrorMessage()).contains("err-mimir-exemplar-labels-missing");
        assertThat(stored()).hasSize(1);
    }

    @Test
    void requestsThatSayNothingAre200AndCostNothing() {
        assertThat(world.export(ACCESS, new byte[0], PROTOBUF).status()).isEqualTo(200);
        assertThat(world.export(ACCESS, request(), PROTOBUF).status()).isEqualTo(200);
        assertThat(world.export(
                                ACCESS,
                                request(Metric.newBuilder().setName("up").build()),
                                PROTOBUF)
                        .status())
                .isEqualTo(200);
        assertThat(world.export(ACCESS, "{}".getBytes(StandardCharsets.UTF_8), JSON)
                        .status())
                .isEqualTo(200);
        assertThat(world.calls()).isZero();
    }

    static Stream<Arguments> refusedBodies() throws IOException {
        byte[] good = gauge(point(NOW, "a", "1"));
        return Stream.of(
                Arguments.of("truncated protobuf", Arrays.copyOf(good, good.length - 1), PROTOBUF, 400, "protobuf"),
                Arguments.of("JSON as protobuf", json("1"), PROTOBUF, 400, "protobuf"),
                Arguments.of("no content type", good, Map.of(), 415, "application/x-protobuf"),
                Arguments.of("text", good, Map.of("content-type", "text/plain"), 415, "text/plain"),
                Arguments.of("protobuf as JSON", good, JSON, 400, "not JSON"),
                Arguments.of("nothing as JSON", new byte[0], JSON, 400, "JSON object"),
                Arguments.of("truncated JSON", Arrays.copyOf(json("1"), 40), JSON, 400, "not JSON"),
                Arguments.of("more than JSON", "{}{}".getBytes(StandardCharsets.UTF_8), JSON, 400, "behind"),
                Arguments.of("JSON in no encoding", new byte[] {'{', '"', (byte) 0xff, '"'}, JSON, 400, "JSON"),
                Arguments.of("an id with odd digits", exemplarId("123"), JSON, 400, "hexadecimal"),
                Arguments.of("a name for a number", json("now"), JSON, 400, "integer is wanted"),
                Arguments.of("a number of 65 bits", json("18446744073709551616"), JSON, 400, "64 bits"),
                Arguments.of("a number with a fraction", json("1.5"), JSON, 400, "integer"),
                Arguments.of("a number with a huge exponent", json("1e1000000000"), JSON, 400, "64 bits"),
                Arguments.of("a number with a tiny exponent", json("1e-1000000000"), JSON, 400, "integer"),
                Arguments.of("a number without end", json("1".repeat(1 << 20)), JSON, 400, "integer"),
                Arguments.of("deep JSON", "[".repeat(1 << 20).getBytes(StandardCharsets.UTF_8), JSON, 400, "JSON"),
                Arguments.of("deep values", gauge(deep()), PROTOBUF, 400, "64 deep"),
                Arguments.of("many attributes", gauge(manyAttributes()), PROTOBUF, 400, "1024 attributes"),
                Arguments.of("not gzip", good, packed("gzip"), 400, "not gzip"),
                Arguments.of("brotli", good, packed("br"), 415, "send gzip"),
                Arguments.of("33 MB", new byte[33 << 20], PROTOBUF, 413, "smaller"),
                Arguments.of("a bomb", gzip(new byte[40 << 20]), packed("gzip"), 413, "smaller"),
                Arguments.of("160 MB of labels in 350 KB", gzip(manyLabels()), packed("gzip"), 413, "labels"),
                Arguments.of("80 MB of protobuf in 20 MB of JSON", zeros(), JSON, 413, "protobuf"));
    }

    private static Map<String, String> packed(String encoding) {
        return Map.of("content-type", "application/x-protobuf", "content-encoding", encoding);
    }

    private static byte[] exemplarId(String id) {
        return ("{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"gauge\":{\"dataPoints\":[{\"exemplars\":[{\"traceId\":\""
                        + id + "\"}]}]}}]}]}]}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static NumberDataPoint deep() {
        AnyValue value = AnyValue.newBuilder().setBoolValue(true).build();
        for (int i = 0; i < 70; i++) {
            value = AnyValue.newBuilder()
                    .setArrayValue(ArrayValue.newBuilder().addValues(value))
                    .build();
        }
        return NumberDataPoint.newBuilder()
                .addAttributes(KeyValue.newBuilder().setKey("a").setValue(value))
                .build();
    }

    private static NumberDataPoint manyAttributes() {
        NumberDataPoint.Builder point = NumberDataPoint.newBuilder();
        for (int i = 0; i < 1025; i++) {
            point.addAttributes(KeyValue.newBuilder().setKey("k" + i));
        }
        return point.build();
    }

    /// A histogram of 20,000 buckets, each a series with a thousand labels.
    private static byte[] manyLabels() {
        HistogramDataPoint.Builder point = HistogramDataPoint.newBuilder();
        for (int i = 0; i < 1000; i++) {
            point.addAttributes(KeyValue.newBuilder()
                    .setKey("k" + i)
                    .setValue(AnyValue.newBuilder().setStringValue("v")));
        }
        for (int i = 0; i < 20_000; i++) {
            point.addExplicitBounds(i).addBucketCounts(0);
        }
        return request(Metric.newBuilder()
                .setName("h")
                .setHistogram(Histogram.newBuilder()
                        .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                        .addDataPoints(point.addBucketCounts(0)))
                .build());
    }

    private static byte[] zeros() {
        return ("{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"histogram\":{\"dataPoints\":[{\"bucketCounts\":["
                        + "0,".repeat(10 << 20) + "0]}]}}]}]}]}")
                .getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusedBodies")
    void whatCannotBeReadIsRefusedWholeWithAStatus(
            String name, byte[] body, Map<String, String> headers, int status, String text) throws IOException {
        HttpResponse response = world.export(ACCESS, body, headers);
        assertThat(response.status()).as(text(response)).isEqualTo(status);
        String message;
        if (response.headers().get("content-type").equals("application/x-protobuf")) {
            UnknownFieldSet parsed = UnknownFieldSet.parseFrom(response.body());
            assertThat(parsed.getField(1).getVarintList())
                    .as("INVALID_ARGUMENT")
                    .containsExactly(3L);
            message = parsed.getField(2).getLengthDelimitedList().getFirst().toStringUtf8();
        } else {
            message = text(response);
            assertThat(message).startsWith("{\"code\":3,\"message\":\"").endsWith("\"}");
        }
        assertThat(message).contains(text).hasSizeLessThan(1000);
        assertThat(world.calls()).as("stores are not asked").isZero();
    }

    @Test
    void aStoreThatIsAwayIs503WithRetryAfter() {
        PushWorld away = new PushWorld(PushSettings.DEFAULTS, HeadSettings.DEFAULTS, Set.of(0), false);
        HttpResponse response = away.export(ACCESS, json(Long.toString(NOW)), JSON);
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.headers()).containsEntry("retry-after", "5");
        assertThat(text(response)).startsWith("{\"code\":14,");
        assertThat(away.export(ACCESS, json(Long.toString(NOW)), JSON).status()).isEqualTo(200);
    }

    @Test
    void onlyWhoMayWriteWrites() {
        Access reader = Access.to(Set.of(TENANT), Set.of(Right.READ));
        assertThat(world.export(reader, gauge(point(NOW, "a", "1")), PROTOBUF).status())
                .isEqualTo(403);
        Map<String, String> other = Map.of("content-type", "application/json", "x-scope-orgid", "team-b");
        HttpResponse response = world.export(ACCESS, json(Long.toString(NOW)), other);
        assertThat(response.status()).isEqualTo(403);
        assertThat(text(response)).contains("\"code\":7").contains("team-b");
        assertThat(world.calls()).isZero();
    }
}

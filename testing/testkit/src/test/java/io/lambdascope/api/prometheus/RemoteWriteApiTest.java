package io.lambdascope.api.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.api.HttpResponse;
import io.lambdascope.head.HeadSettings;
import io.lambdascope.ingest.PushSettings;
import io.lambdascope.ingest.PushWorld;
import io.lambdascope.limits.MetricsLimits;
import io.lambdascope.limits.Tenant;
import io.lambdascope.limits.TenantLimits;
import io.lambdascope.testkit.metrics.RemoteWrite2Body;
import io.lambdascope.testkit.metrics.RemoteWriteBody;
import io.lambdascope.testkit.metrics.RemoteWriteBody.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RemoteWriteApiTest {
    private static final Tenant TENANT = new Tenant("team-a");
    private static final long NOW = PushWorld.NOW.toEpochMilli();

    private final PushWorld world = new PushWorld(PushSettings.DEFAULTS, HeadSettings.DEFAULTS);

    private static Message up() {
        return new Message().label("__name__", "up").label("job", "node");
    }

    private static byte[] body(Message... series) {
        Message request = new Message();
        for (Message one : series) {
            request.message(1, one);
        }
        return RemoteWriteBody.snappy(request.bytes());
    }

    private static Message histogram(long count, int schema, int spanLength) {
        return new Message()
                .varint(1, count)
                .float64(3, 1.5)
                .varint(4, (long) schema << 1 ^ schema >> 31)
                .message(11, new Message().varint(1, 0).varint(2, spanLength))
                .message(12, new Message().rawVarint(2 << 1))
                .varint(15, NOW);
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

    static Stream<Arguments> refusedSeries() {
        long year = Duration.ofDays(365).toMillis();
        Message manyLabels = new Message().label("__name__", "up");
        for (int i = 0; i < 30; i++) {
            manyLabels.label("label_%02d".formatted(i), "x");
        }
        return Stream.of(
                Arguments.of(
                        "a label twice",
                        "duplicate-label-names",
                        new Message()
                                .label("job", "a")
                                .label("__name__", "up")
                                .label("job", "b")
                                .sample(1, NOW)),
                Arguments.of(
                        "no name",
                        "missing-metric-name",
                        new Message().label("job", "a").sample(1, NOW)),
                Arguments.of(
                        "an empty name",
                        "missing-metric-name",
                        new Message().label("__name__", "").label("job", "a").sample(1, NOW)),
                Arguments.of("no labels", "missing-metric-name", new Message().sample(1, NOW)),
                Arguments.of(
                        "an empty label name",
                        "label-invalid",
                        new Message().label("", "x").label("__name__", "up").sample(1, NOW)),
                Arguments.of(
                        "a name that is not UTF-8",
                        "label-invalid",
                        up().message(
                                        1,
                                        new Message()
                                                .bytes(1, new byte[] {'k', (byte) 0xff})
                                                .text(2, "v"))
                                .sample(1, NOW)),
                Arguments.of(
                        "a value that is not UTF-8",
                        "label-value-invalid",
                        up().message(1, new Message().text(1, "k").bytes(2, new byte[] {(byte) 0xc0, (byte) 0x80}))
                                .sample(1, NOW)),
                Arguments.of(
                        "a huge label value",
                        "label-value-too-long",
                        up().label("path", "x".repeat(1 << 20)).sample(1, NOW)),
                Arguments.of(
                        "a huge label name",
                        "label-name-too-long",
                        up().label("k".repeat(1025), "x").sample(1, NOW)),
                Arguments.of("too many labels", "max-label-names-per-series", manyLabels.sample(1, NOW)),
                Arguments.of("1970", "sample-timestamp-too-old", up().sample(1, 0)),
                Arguments.of("before 1970", "sample-timestamp-too-old", up().sample(1, Long.MIN_VALUE)),
                Arguments.of(
                        "8 days ago",
                        "sample-timestamp-too-old",
                        up().sample(1, NOW - Duration.ofDays(8).toMillis())),
                Arguments.of("2100", "too-far-in-future", up().sample(1, NOW + 74 * year)),
                Arguments.of("the end of time", "too-far-in-future", up().sample(1, Long.MAX_VALUE)),
                Arguments.of(
                        "in 11 minutes",
                        "too-far-in-future",
                        up().sample(1, NOW + Duration.ofMinutes(11).toMillis())),
                Arguments.of(
                        "an unknown schema", "invalid-native-histogram-schema", up().message(4, histogram(2, 9, 1))),
                Arguments.of(
                        "buckets without spans",
                        "native-histogram-spans-buckets-mismatch",
                        up().message(4, histogram(2, 0, 3))),
                Arguments.of(
                        "more counted than in buckets",
                        "native-histogram-count-mismatch",
                        up().message(4, histogram(7, 0, 1))),
                Arguments.of(
                        "fewer counted than in buckets",
                        "native-histogram-count-not-big-enough",
                        up().message(4, histogram(1, 0, 1))),
                Arguments.of(
                        "an exemplar without labels",
                        "exemplar-labels-missing",
                        up().message(3, new Message().float64(2, 1).varint(3, NOW))),
                Arguments.of(
                        "an exemplar with long labels",
                        "exemplar-labels-too-long",
                        up().message(
                                        3,
                                        new Message()
                                                .label("trace_id", "x".repeat(128))
                                                .varint(3, NOW))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusedSeries")
    void whatBreaksARuleIsNamedAndTheRestIsStored(String name, String id, Message series) {
        Message good = new Message().label("__name__", "good").sample(1, NOW);
        HttpResponse response = world.push(TENANT, body(good, series, series));
        assertThat(response.status()).as(name).isEqualTo(400);
        assertThat(text(response)).contains("(err-mimir-" + id + ")").contains("and 1 more");
        assertThat(text(response).length()).isLessThan(1500);
        assertThat(stored())
                .containsKey("good")
                .satisfies(found -> assertThat(found.keySet().stream().filter(other -> !other.equals("good")))
                        .isEmpty());
    }

    static Stream<Arguments> refusedBodies() {
        byte[] good = body(up().sample(1, NOW));
        byte[] message = new Message().message(1, up().sample(1, NOW)).bytes();
        byte[] bomb = new byte[1 << 20];
        byte[] gigabyte = {(byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 4};
        System.arraycopy(gigabyte, 0, bomb, 0, gigabyte.length);
        Map<String, String> right = Map.of("content-type", "application/x-protobuf", "content-encoding", "snappy");
        return Stream.of(
                Arguments.of("an empty body", new byte[0], right, 400, "empty"),
                Arguments.of("truncated snappy", Arrays.copyOf(good, good.length - 3), right, 400, "snappy"),
                Arguments.of("no snappy", "hello".getBytes(StandardCharsets.UTF_8), right, 400, "snappy"),
                Arguments.of(
                        "JSON in snappy",
                        RemoteWriteBody.snappy("{\"a\":[]}".getBytes(StandardCharsets.UTF_8)),
                        right,
                        400,
                        "protobuf"),
                Arguments.of(
                        "truncated protobuf",
                        RemoteWriteBody.snappy(Arrays.copyOf(message, message.length - 4)),
                        right,
                        400,
                        "protobuf"),
                Arguments.of("1 GB in 1 MB", bomb, right, 413, "1073741824 bytes"),
                Arguments.of("33 MB of zeros", RemoteWriteBody.snappy(new byte[33 << 20]), right, 413, "at most"),
                Arguments.of(
                        "2.0 that does not say so",
                        new RemoteWrite2Body().bytes(),
                        right,
                        400,
                        "say so in the content-type"),
                Arguments.of("JSON", good, Map.of("content-type", "application/json"), 415, "x-protobuf"),
                Arguments.of(
                        "a message of another time",
                        good,
                        Map.of("content-type", "application/x-protobuf;proto=io.prometheus.write.v3.Request"),
                        415,
                        "proto=io.prometheus.write.v3.Request is not read here; send application/x-protobuf with"
                                + " proto=io.prometheus.write.v2.Request or proto=prometheus.WriteRequest"),
                Arguments.of(
                        "gzip",
                        good,
                        Map.of("content-type", "application/x-protobuf", "content-encoding", "gzip"),
                        415,
                        "snappy"),
                Arguments.of(
                        "zstd, as vmagent tries first",
                        good,
                        Map.of("content-type", "application/x-protobuf", "content-encoding", "zstd"),
                        415,
                        "snappy"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusedBodies")
    void whatCannotBeReadIsRefusedWhole(
            String name, byte[] body, Map<String, String> headers, int status, String text) {
        HttpResponse response = world.push(TENANT, body, headers);
        assertThat(response.status()).as(name).isEqualTo(status);
        assertThat(text(response)).contains(text);
        assertThat(world.calls()).as("stores are not asked").isZero();
    }

    @Test
    void everythingGoodIs204AndReadsAsSent() {
        long week = Duration.ofDays(6).toMillis();
        HttpResponse response = world.push(
                TENANT,
                body(
                        up().sample(1, NOW)
                                .sample(2, NOW - week)
                                .sample(3, NOW + 60_000)
                                .sample(0, NOW),
                        up().message(4, histogram(2, 0, 1))),
                Map.of("content-type", "application/x-protobuf;proto=prometheus.WriteRequest"));
        assertThat(response.status()).isEqualTo(204);
        assertThat(response.body()).isEmpty();
        assertThat(stored().get("up{job=\"node\"}"))
                .hasSize(3)
                .as("a histogram beats a float")
                .anyMatch(sample -> sample.contains("schema 0") && sample.startsWith(NOW + " "));
        assertThat(world.read(new Tenant("team-b"))).isEmpty();
    }

    @Test
    void labelsInAnyOrderAreOneSeries() {
        Message sorted = new Message().label("__name__", "up").label("a", "1").label("b", "2");
        Message other = new Message().label("b", "2").label("__name__", "up").label("a", "1");
        assertThat(world.push(TENANT, body(other.sample(1, NOW), sorted.sample(2, NOW + 1)))
                        .status())
                .isEqualTo(204);
        assertThat(stored())
                .containsOnlyKeys("up{a=\"1\", b=\"2\"}")
                .satisfies(found -> assertThat(found.values().iterator().next()).hasSize(2));
    }

    @Test
    void exemplarsComeInAnyOrder() {
        Message series = up().sample(1, NOW);
        for (long time : new long[] {
            NOW, NOW - 60_000, NOW - 60_000, NOW - Duration.ofDays(6).toMillis()
        }) {
            series.message(3, new Message().label("trace_id", "t" + time).varint(3, time));
        }
        assertThat(world.push(TENANT, body(series)).status()).isEqualTo(204);
        assertThat(world.push(TENANT, body(series)).status()).as("sent again").isEqualTo(204);
    }

    @Test
    void helpTextsAreCutAndMetadataAloneIsStored() {
        Message request = new Message()
                .message(
                        3,
                        new Message()
                                .varint(1, 1)
                                .text(2, "up_total")
                                .text(4, "h".repeat(5000))
                                .text(5, "s"));
        assertThat(world.push(TENANT, RemoteWriteBody.snappy(request.bytes())).status())
                .isEqualTo(204);
        assertThat(world.deliver()).isTrue();
        assertThat(world.units(TENANT)).hasSize(1);
        Instant from =
                Instant.ofEpochSecond(0, world.units(TENANT).getFirst().range().fromNanos());
        assertThat(from).isEqualTo(PushWorld.NOW);
    }

    @Test
    void anythingThatSaysNothingIs204AndCostsNothing() {
        assertThat(world.push(TENANT, RemoteWriteBody.snappy(new byte[0])).status())
                .isEqualTo(204);
        assertThat(world.push(TENANT, body(up())).status()).isEqualTo(204);
        assertThat(world.calls()).isZero();
    }

    @Test
    void aStoreThatIsAwayIs503WithRetryAfter() {
        PushWorld away = new PushWorld(PushSettings.DEFAULTS, HeadSettings.DEFAULTS, Set.of(0), false);
        HttpResponse response = away.push(TENANT, body(up().sample(1, NOW)));
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.headers()).containsEntry("retry-after", "5");
    }

    @Test
    void whatComesTooFastIsToBeSentAgain() {
        world.limits(TenantLimits.DEFAULTS.with(MetricsLimits.REQUEST_RATE, 0.1));
        assertThat(world.push(TENANT, body(up().sample(1, NOW))).status()).isEqualTo(204);
        HttpResponse refused = world.push(TENANT, body(up().sample(2, NOW + 1)));
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.headers()).containsEntry("retry-after", "5");
        assertThat(text(refused))
                .isEqualTo("more pushes come than the 0.1 a second that request_rate allows, with bursts of 0"
                        + " (err-mimir-tenant-max-request-rate); send this one again later");
        world.limits(TenantLimits.DEFAULTS
                .with(MetricsLimits.INGESTION_RATE, 1.0)
                .with(MetricsLimits.INGESTION_BURST_SIZE, 1L)
                .with(MetricsLimits.SERVICE_OVERLOAD_STATUS_CODE_ON_RATE_LIMIT_ENABLED, true));
        assertThat(world.push(
                                TENANT,
                                body(up().sample(3, NOW + 2).sample(4, NOW + 3).sample(5, NOW + 4)))
                        .status())
                .isEqualTo(204);
        HttpResponse overload = world.push(TENANT, body(up().sample(6, NOW + 5)));
        assertThat(overload.status()).isEqualTo(529);
        assertThat(overload.headers()).containsEntry("retry-after", "5");
        assertThat(text(overload)).contains("(err-mimir-tenant-max-ingestion-rate)");
        world.advance(Duration.ofSeconds(3));
        assertThat(world.push(TENANT, body(up().sample(6, NOW + 5))).status()).isEqualTo(204);
        assertThat(stored().values())
                .singleElement()
                .satisfies(samples -> assertThat(samples).hasSize(5));
    }

    @Test
    void limitsOfTheTenantHold() {
        world.limits(TenantLimits.DEFAULTS.with(MetricsLimits.MAX_LABEL_NAMES_PER_SERIES, 1L));
        assertThat(text(world.push(TENANT, body(up().sample(1, NOW)))))
                .startsWith("received a series with 2 label names, the limit max_label_names_per_series is 1");
        world.limits(TenantLimits.DEFAULTS.with(MetricsLimits.MAX_PUSH_BYTES, 10L));
        assertThat(world.push(TENANT, body(up().sample(1, NOW))).status()).isEqualTo(413);
    }
}

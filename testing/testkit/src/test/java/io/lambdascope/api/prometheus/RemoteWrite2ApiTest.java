package io.lambdascope.api.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.api.HttpResponse;
import io.lambdascope.head.HeadSettings;
import io.lambdascope.ingest.PushSettings;
import io.lambdascope.ingest.PushWorld;
import io.lambdascope.labels.Labels;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.metrics.Exemplar;
import io.lambdascope.testkit.metrics.RemoteWrite2Body;
import io.lambdascope.testkit.metrics.RemoteWriteBody;
import io.lambdascope.testkit.metrics.RemoteWriteBody.Message;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a sender of 2.0 is told: the status, and how much was written.
class RemoteWrite2ApiTest {
    private static final Tenant TENANT = new Tenant("team-a");
    private static final long NOW = PushWorld.NOW.toEpochMilli();
    private static final String CONTENT_TYPE = "application/x-protobuf;proto=io.prometheus.write.v2.Request";
    private static final Map<String, String> HEADERS = Map.of(
            "content-type", CONTENT_TYPE,
            "content-encoding", "snappy",
            "x-prometheus-remote-write-version", "2.0.0");

    private final PushWorld world = new PushWorld(PushSettings.DEFAULTS, HeadSettings.DEFAULTS);
    private final RemoteWrite2Body body = new RemoteWrite2Body();

    private HttpResponse push(byte[] bytes) {
        return world.push(TENANT, bytes, HEADERS);
    }

    private static String text(HttpResponse response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    /// Samples, histograms, exemplars.
    private static List<String> written(HttpResponse response) {
        List<String> written = new ArrayList<>();
        for (String what : List.of("samples", "histograms", "exemplars")) {
            written.add(response.headers().get("x-prometheus-remote-write-" + what + "-written"));
        }
        return written;
    }

    private Map<String, List<String>> stored() {
        while (world.deliver()) {
            // until the queue is empty
        }
        return world.read(TENANT);
    }

    private Message histogram(long count) {
        return new Message()
                .varint(1, count)
                .float64(3, 1.5)
                .message(11, new Message().varint(2, 1))
                .message(12, new Message().rawVarint(2 << 1))
                .varint(15, NOW);
    }

    private Message exemplar(long time) {
        return body.exemplar(new Exemplar(Labels.of("trace_id", "t"), 1, time));
    }

    @Test
    void everythingGoodIs204AndCounted() {
        body.add(body.labels("__name__", "up").sample(1, NOW).sample(2, NOW - 1).message(4, exemplar(NOW)))
                .add(body.labels("__name__", "seconds").message(3, histogram(2)).message(4, exemplar(NOW - 1)))
                .add(body.labels("b", "2", "__name__", "unsorted", "a", "1").sample(3, NOW));
        HttpResponse response = push(body.bytes());
        assertThat(response.status()).isEqualTo(204);
        assertThat(response.body()).isEmpty();
        assertThat(written(response)).containsExactly("3", "1", "2");
        assertThat(stored()).containsOnlyKeys("up", "seconds", "unsorted{a=\"1\", b=\"2\"}");
    }

    @Test
    void whatIsRefusedIsNotCountedAndTheRestIsStored() {
        body.add(body.labels("__name__", "up").sample(1, NOW).sample(2, 0).message(4, exemplar(0)))
                .add(body.labels("job", "no name").sample(1, NOW).message(4, exemplar(NOW)))
                .add(body.labels("__name__", "seconds")
                        .message(3, histogram(7))
                        .message(3, histogram(2))
                        .message(4, exemplar(NOW)))
                .add(body.labels("__name__").sample(1, NOW))
                .add(body.labels("__name__", "nothing"));
        HttpResponse response = push(body.bytes());
        assertThat(response.status()).isEqualTo(400);
        assertThat(written(response)).containsExactly("1", "1", "1");
        assertThat(text(response))
                .contains(
                        "(err-remote-write-odd-label-references)",
                        "(err-remote-write-no-samples)",
                        "(err-mimir-sample-timestamp-too-old)",
                        "(err-mimir-missing-metric-name)",
                        "(err-mimir-native-histogram-count-mismatch)",
                        "(err-mimir-exemplar-too-far-in-past)");
        assertThat(stored()).containsOnlyKeys("up", "seconds");
    }

    @Test
    void nothingIs204AndCountedToo() {
        for (byte[] nothing : List.of(RemoteWriteBody.snappy(new byte[0]), body.bytes())) {
            HttpResponse response = push(nothing);
            assertThat(response.status()).isEqualTo(204);
            assertThat(written(response)).containsExactly("0", "0", "0");
        }
        assertThat(world.calls()).isZero();
    }

    @Test
    void whatCannotBeReadIsRefusedWholeAndCounted() {
        byte[] good = body.add(body.labels("__name__", "up").sample(1, NOW)).message();
        Message noEmptySymbol = new Message().text(4, "__name__");
        Map<byte[], Integer> statuses = Map.of(
                new byte[0],
                400,
                new byte[] {1, 2, 3},
                400,
                RemoteWriteBody.snappy(Arrays.copyOf(good, good.length - 1)),
                400,
                RemoteWriteBody.snappy(noEmptySymbol.bytes()),
                400,
                RemoteWriteBody.snappy(new byte[33 << 20]),
                413);
        statuses.forEach((bytes, status) -> {
            HttpResponse response = push(bytes);
            assertThat(response.status()).isEqualTo(status);
            assertThat(text(response)).isNotEmpty();
            assertThat(written(response)).containsExactly("0", "0", "0");
        });
        assertThat(world.calls()).isZero();
    }

    @Test
    void aStoreThatIsAwayIs503WithRetryAfterAndNothingWritten() {
        PushWorld away = new PushWorld(PushSettings.DEFAULTS, HeadSettings.DEFAULTS, Set.of(0), false);
        body.add(body.labels("__name__", "up").sample(1, NOW));
        HttpResponse response = away.push(TENANT, body.bytes(), HEADERS);
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.headers()).containsEntry("retry-after", "5");
        assertThat(written(response)).containsExactly("0", "0", "0");
    }

    @Test
    void a1_0RequestIsNotCounted() {
        HttpResponse response = world.push(TENANT, RemoteWriteBody.snappy(new byte[0]));
        assertThat(response.status()).isEqualTo(204);
        assertThat(response.headers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                CONTENT_TYPE,
                "application/x-protobuf; proto=io.prometheus.write.v2.Request",
                "application/x-protobuf;charset=utf-8; Proto=\"io.prometheus.write.v2.Request\"",
                "Application/X-Protobuf ; proto = io.prometheus.write.v2.request ;"
            })
    void theContentTypeAloneSaysThatItIs2_0(String contentType) {
        body.add(body.labels("__name__", "up").sample(1, NOW));
        HttpResponse response = world.push(
                TENANT,
                body.bytes(),
                Map.of("content-type", contentType, "x-prometheus-remote-write-version", "0.1.0"));
        assertThat(response.status()).isEqualTo(204);
        assertThat(written(response)).containsExactly("1", "0", "0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "application/x-protobuf", "application/x-protobuf;", "application/x-protobuf;a;b=c"})
    void withoutProtoItIs1_0(String contentType) {
        byte[] one = new Message()
                .message(1, new Message().label("__name__", "up").sample(1, NOW))
                .bytes();
        HttpResponse response = world.push(
                TENANT,
                RemoteWriteBody.snappy(one),
                Map.of("content-type", contentType, "x-prometheus-remote-write-version", "2.0.0"));
        assertThat(response.status()).isEqualTo(204);
        assertThat(stored()).containsOnlyKeys("up");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ";",
                "application/json",
                "application/x-protobuf;proto=",
                "application/x-protobuf;proto=io.prometheus.write.v1.Request",
                "application/x-protobuf;proto=\"prometheus.WriteRequest"
            })
    void otherMediaIs415AndNotCounted(String contentType) {
        HttpResponse response = world.push(TENANT, body.bytes(), Map.of("content-type", contentType));
        assertThat(response.status()).isEqualTo(415);
        assertThat(text(response)).contains("proto=io.prometheus.write.v2.Request or proto=prometheus.WriteRequest");
        assertThat(written(response)).containsOnlyNulls();
    }
}

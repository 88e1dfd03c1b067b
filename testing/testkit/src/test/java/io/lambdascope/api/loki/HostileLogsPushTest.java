package io.lambdascope.api.loki;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.api.HttpRequest;
import io.lambdascope.api.HttpResponse;
import io.lambdascope.head.HeadSettings;
import io.lambdascope.ingest.PushSettings;
import io.lambdascope.ingest.PushWorld;
import io.lambdascope.limits.Tenant;
import io.lambdascope.testkit.wire.Allocation;
import io.lambdascope.testkit.wire.DamagedBytes;
import io.lambdascope.wire.ProtoWriter;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Bodies that no honest sender makes: they are answered with the protocol's status, cost memory and time in proportion
/// to their size, and what is taken of them can be read.
class HostileLogsPushTest {
    private static final Tenant TENANT = new Tenant("team-a");
    private static final int MB = 1 << 20;
    private static final int DAMAGED_PER_SEED = 20;
    private static final long NOW_SECONDS = PushWorld.NOW.getEpochSecond();

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 42), new SplittableRandom(14).longs(20));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void damagedBodiesAreRefusedOrTakenAndReadable(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < DAMAGED_PER_SEED; i++) {
            LogsProtocol protocol = LogsProtocol.values()[random.nextInt(LogsProtocol.values().length)];
            byte[] content = protocol.content(random);
            HttpRequest request = random.nextInt(4) == 0
                    ? protocol.packed(DamagedBytes.of(protocol.request(content).body(), random))
                    : protocol.request(DamagedBytes.of(content, random));
            PushWorld world = new PushWorld(PushSettings.DEFAULTS, HeadSettings.DEFAULTS);
            assertThat(world.push(TENANT, request).status()).isIn(200, 204, 400, 413, 422);
            // the second time, since loading classes costs memory too
            assertThat(Allocation.of(() -> world.push(TENANT, request))).isLessThan(2 * MB);
            while (world.deliver()) {
                // until the queue is empty
            }
            world.readLogs(TENANT);
        }
    }

    private static byte[] json(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] message(Consumer<ProtoWriter> fields) {
        ProtoWriter out = new ProtoWriter(1024);
        fields.accept(out);
        return out.toByteArray();
    }

    private static byte[] stream(String labels, byte[]... entries) {
        return message(out -> {
            int stream = out.begin(1);
            out.text(1, labels);
            for (byte[] entry : entries) {
                out.bytes(2, entry);
            }
            out.end(stream);
        });
    }

    private static byte[] entry(String line, Consumer<ProtoWriter> metadata) {
        return message(out -> {
            int time = out.begin(1);
            out.varint(1, NOW_SECONDS);
            out.end(time);
            out.text(2, line);
            metadata.accept(out);
        });
    }

    private static void pair(ProtoWriter out, String name, String value) {
        int pair = out.begin(3);
        out.text(1, name);
        out.text(2, value);
        out.end(pair);
    }

    private static byte[] repeated(int times, int... bytes) {
        byte[] all = new byte[times * bytes.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) bytes[i % bytes.length];
        }
        return all;
    }

    /// Names of which a hash of `31 · h + byte` makes the same number.
    private static String alike(int number) {
        StringBuilder name = new StringBuilder();
        for (int bit = 0; bit < 18; bit++) {
            name.append((number >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return name.toString();
    }

    private static byte[] otlpAttributes(ProtoWriter out, int count) {
        for (int i = 0; i < count; i++) {
            int attribute = out.begin(1);
            out.text(1, "a" + i);
            int value = out.begin(2);
            out.text(1, "v");
            out.end(value);
            out.end(attribute);
        }
        return out.toByteArray();
    }

    /// Records of two bytes, each of which repeats what its resource says.
    private static byte[] otlpBomb() {
        ProtoWriter request = new ProtoWriter(1024);
        int resourceLogs = request.begin(1);
        request.bytes(1, otlpAttributes(new ProtoWriter(1024), 1000));
        request.bytes(2, repeated(MB, 0x12, 0));
        request.end(resourceLogs);
        return request.toByteArray();
    }

    private static Arguments bomb(String name, LogsProtocol protocol, int status, Supplier<byte[]> content) {
        return Arguments.of(name, protocol, status, content);
    }

    static Stream<Arguments> bombs() {
        LogsProtocol loki = LogsProtocol.LOKI_PROTOBUF;
        LogsProtocol json = LogsProtocol.LOKI_JSON;
        LogsProtocol otlp = LogsProtocol.OTLP;
        return Stream.of(
                bomb("streams without anything", loki, 400, () -> repeated(MB, 0x0a, 0)),
                bomb("entries without anything", loki, 400, () -> message(out -> out.bytes(1, repeated(MB, 0x12, 0)))),
                bomb("a line of 10 MB", loki, 400, () -> stream("{a=\"b\"}", entry("x".repeat(10 * MB), out -> {}))),
                bomb("labels that are none", loki, 400, () -> stream("{".repeat(MB))),
                bomb(
                        "a label of 10 MB",
                        loki,
                        400,
                        () -> stream("{a=\"" + "v".repeat(10 * MB) + "\"}", entry("", out -> {}))),
                bomb(
                        "structured metadata without end, backwards",
                        loki,
                        400,
                        () -> stream("{a=\"b\"}", entry("", out -> {
                            for (int i = 200_000; i > 0; i--) {
                                pair(out, "%06d".formatted(i), "v");
                            }
                        }))),
                bomb(
                        "names that hash alike",
                        loki,
                        400,
                        () -> stream("{a=\"b\"}", entry("", out -> {
                            for (int i = 0; i < 200_000; i++) {
                                pair(out, alike(i), "v");
                            }
                        }))),
                bomb("deep JSON", json, 400, () -> json("{\"x\":" + "[".repeat(MB))),
                bomb(
                        "a line of 10 MB in JSON",
                        json,
                        400,
                        () -> json("{\"streams\":[{\"stream\":{\"a\":\"b\"},\"values\":[[\"%d000000000\",\"%s\"]]}]}"
                                .formatted(NOW_SECONDS, "ü".repeat(5 * MB)))),
                bomb(
                        "streams without anything in JSON",
                        json,
                        400,
                        () -> json("{\"streams\":[" + "{\"stream\":{}},".repeat(200_000) + "{}]}")),
                bomb("numbers without end", json, 400, () -> json("{\"x\":" + "1".repeat(MB))),
                bomb("records that repeat a large resource", otlp, 413, HostileLogsPushTest::otlpBomb),
                bomb(
                        "records without anything",
                        otlp,
                        200,
                        () -> message(out -> {
                            int resourceLogs = out.begin(1);
                            out.bytes(2, repeated(MB, 0x12, 0));
                            out.end(resourceLogs);
                        })),
                bomb("resources without anything", otlp, 200, () -> repeated(MB, 0x0a, 0)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bombs")
    void whatUnfoldsCostsNoMoreThanAFixedMultiple(
            String name, LogsProtocol protocol, int status, Supplier<byte[]> message) {
        byte[] content = message.get();
        HttpRequest request = protocol.request(content);
        PushWorld world = new PushWorld(PushSettings.DEFAULTS, HeadSettings.DEFAULTS);
        HttpResponse response = world.push(TENANT, request);
        assertThat(response.status()).as(name).isEqualTo(status);
        assertThat(Allocation.of(() -> world.push(TENANT, request)) / content.length)
                .as("bytes for each byte of the body")
                .isLessThan(100);
        assertThat(response.body().length).isLessThan(2000);
    }
}

package io.lambdascope.api.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.api.HttpRequest;
import io.lambdascope.api.HttpResponse;
import io.lambdascope.head.HeadSettings;
import io.lambdascope.ingest.PushSettings;
import io.lambdascope.ingest.PushWorld;
import io.lambdascope.limits.Tenant;
import io.lambdascope.testkit.metrics.RemoteWrite2Body;
import io.lambdascope.testkit.metrics.RemoteWriteBody.Message;
import io.lambdascope.testkit.wire.Allocation;
import io.lambdascope.testkit.wire.DamagedBytes;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Bodies that no honest sender makes: they are answered with the protocol's status, cost memory in proportion to their
/// size, and what is taken of them can be read.
class HostilePushTest {
    private static final Tenant TENANT = new Tenant("team-a");
    private static final int MB = 1 << 20;
    private static final int DAMAGED_PER_SEED = 20;

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 42), new SplittableRandom(13).longs(30));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void damagedBodiesAreRefusedOrTakenAndReadable(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < DAMAGED_PER_SEED; i++) {
            PushProtocol protocol = PushProtocol.values()[random.nextInt(PushProtocol.values().length)];
            byte[] content = protocol.content(random);
            HttpRequest request = random.nextInt(4) == 0
                    ? protocol.packed(DamagedBytes.of(protocol.request(content).body(), random))
                    : protocol.request(DamagedBytes.of(content, random));
            PushWorld world = new PushWorld(PushSettings.DEFAULTS, HeadSettings.DEFAULTS);
            assertThat(world.push(TENANT, request).status()).isIn(204, 400, 413);
            // the second time, since loading classes costs memory too
            assertThat(Allocation.of(() -> world.push(TENANT, request))).isLessThan(2 * MB);
            while (world.deliver()) {
                // until the queue is empty
            }
            world.read(TENANT);
        }
    }

    private static byte[] repeated(int times, int... bytes) {
        byte[] all = new byte[times * bytes.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) bytes[i % bytes.length];
        }
        return all;
    }

    private static byte[] lines(int times, String line) {
        return (line + "\n").repeat(times).getBytes(StandardCharsets.UTF_8);
    }

    private static Arguments bomb(String name, PushProtocol protocol, int status, Supplier<byte[]> message) {
        return Arguments.of(name, protocol, status, message);
    }

    private static byte[] twoPointZero(byte[] series) {
        return new Message().text(4, "").text(4, "__name__").bytes(5, series).bytes();
    }

    static Stream<Arguments> bombs() {
        PushProtocol one = PushProtocol.REMOTE_WRITE_1;
        PushProtocol influx = PushProtocol.INFLUX;
        PushProtocol two = PushProtocol.REMOTE_WRITE_2;
        return Stream.of(
                bomb("series without anything", one, 400, () -> repeated(MB, 0x0a, 0)),
                bomb(
                        "samples without anything",
                        one,
                        400,
                        () -> new Message().bytes(1, repeated(MB, 0x12, 0)).bytes()),
                bomb(
                        "histograms without anything",
                        one,
                        413,
                        () -> new Message().bytes(1, repeated(MB, 0x22, 0)).bytes()),
                bomb(
                        "exemplars without anything",
                        one,
                        413,
                        () -> new Message().bytes(1, repeated(MB, 0x1a, 0)).bytes()),
                bomb("metadata without anything", one, 413, () -> repeated(MB, 0x1a, 0)),
                bomb(
                        "labels without anything",
                        one,
                        400,
                        () -> new Message().bytes(1, repeated(MB, 0x0a, 0)).bytes()),
                bomb(
                        "a histogram of millions of buckets",
                        one,
                        400,
                        () -> new Message()
                                .message(1, new Message().message(4, new Message().bytes(12, new byte[2 * MB])))
                                .bytes()),
                bomb(
                        "a histogram of millions of spans",
                        one,
                        400,
                        () -> new Message()
                                .message(1, new Message().bytes(4, repeated(2 * MB, 0x5a, 0)))
                                .bytes()),
                bomb("symbols without anything", two, 204, () -> repeated(MB, 0x22, 0)),
                bomb(
                        "2.0 series without anything",
                        two,
                        400,
                        () -> new Message()
                                .text(4, "")
                                .raw(repeated(MB, 0x2a, 0))
                                .bytes()),
                bomb("2.0 samples without anything", two, 400, () -> twoPointZero(repeated(MB, 0x12, 0))),
                bomb("2.0 histograms without anything", two, 413, () -> twoPointZero(repeated(MB, 0x1a, 0))),
                bomb("2.0 exemplars without anything", two, 413, () -> twoPointZero(repeated(MB, 0x22, 0))),
                bomb(
                        "millions of references",
                        two,
                        400,
                        () -> twoPointZero(new Message()
                                .bytes(1, repeated(2 * MB, 1))
                                .sample(1, 0)
                                .bytes())),
                bomb("labels that all refer to one long symbol", two, 400, HostilePushTest::longLabels),
                bomb(
                        "the same without samples",
                        two,
                        400,
                        () -> new Message()
                                .text(4, "")
                                .text(4, "x".repeat(MB))
                                .message(5, new Message().bytes(1, repeated(MB, 1)))
                                .bytes()),
                bomb("one help text for many metrics", two, 204, HostilePushTest::oneHelpForAll),
                bomb("the shortest lines", influx, 204, () -> lines(500_000, "m v=1")),
                bomb("lines that are none", influx, 400, () -> lines(MB, "m")),
                bomb("a line of commas", influx, 400, () -> repeated(2 * MB, ',')),
                bomb("a line of fields", influx, 204, () -> lines(1, "m a=1" + ",b=1".repeat(500_000))),
                bomb("a line of tags", influx, 400, () -> lines(1, "m" + ",a=b".repeat(500_000) + " v=1")),
                bomb(
                        "many fields times many tags",
                        influx,
                        413,
                        () -> lines(1, "m" + ",a=b".repeat(100_000) + " a=1" + ",b=1".repeat(100_000))),
                bomb(
                        "many fields times a long measurement",
                        influx,
                        413,
                        () -> lines(1, "m".repeat(200_000) + " a=1" + ",b=1".repeat(100_000))),
                bomb("a number of a million digits", influx, 204, () -> lines(1, "m v=0." + "1".repeat(MB))),
                bomb("a million digits that are no number", influx, 400, () -> lines(1, "m v=" + "1".repeat(MB) + "x")),
                bomb("quotes that open", influx, 400, () -> lines(100_001, "m v=\"")),
                bomb("nothing but backslashes", influx, 400, () -> repeated(2 * MB, '\\')),
                bomb("nothing but ends of lines", influx, 204, () -> repeated(2 * MB, '\n')));
    }

    /// Two hundred thousand labels with one value of 100 KB.
    private static byte[] longLabels() {
        RemoteWrite2Body body = new RemoteWrite2Body();
        int value = body.symbol("v".repeat(100_000));
        int[] refs = new int[400_000];
        for (int i = 0; i < refs.length; i += 2) {
            refs[i] = body.symbol("n" + i);
            refs[i + 1] = value;
        }
        return body.add(new Message().packed(1, refs).sample(1, PushWorld.NOW.toEpochMilli()))
                .message();
    }

    /// 400 KB, a help text of 100 KB that 20,000 metrics refer to.
    private static byte[] oneHelpForAll() {
        RemoteWrite2Body body = new RemoteWrite2Body();
        String help = "h".repeat(100_000);
        for (int i = 0; i < 20_000; i++) {
            body.add(body.labels("__name__", "m" + i)
                    .sample(1, PushWorld.NOW.toEpochMilli())
                    .message(5, body.metadata(1, help, "")));
        }
        return body.message();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bombs")
    void whatUnfoldsCostsNoMoreThanAFixedMultiple(
            String name, PushProtocol protocol, int status, Supplier<byte[]> message) {
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

package io.lambdascope.api.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.api.HttpResponse;
import io.lambdascope.head.HeadSettings;
import io.lambdascope.ingest.PushSettings;
import io.lambdascope.ingest.PushWorld;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.testkit.metrics.RandomBatches;
import io.lambdascope.testkit.metrics.RemoteWrite2Body;
import io.lambdascope.testkit.metrics.RemoteWriteBody;
import io.lambdascope.testkit.metrics.RemoteWriteBody.Message;
import io.lambdascope.testkit.wire.Allocation;
import io.lambdascope.testkit.wire.DamagedBytes;
import io.lambdascope.wire.remotewrite.RemoteWriteMessage;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Bodies that no honest sender makes: they are answered with the protocol's status, cost memory in proportion to their
/// size, and what is taken of them can be read.
class HostileRemoteWriteTest {
    private static final Tenant TENANT = new Tenant("team-a");
    private static final int MB = 1 << 20;
    private static final int DAMAGED_PER_SEED = 20;

    private static HttpResponse push(PushWorld world, RemoteWriteMessage version, byte[] body) {
        return world.push(
                TENANT, body, Map.of("content-type", "application/x-protobuf;proto=" + version.protobufName()));
    }

    private static byte[] good(RemoteWriteMessage version, RandomGenerator random) {
        MetricsBatch batch = RandomBatches.from(random, PushWorld.NOW.toEpochMilli());
        return switch (version) {
            case V1 -> RemoteWriteBody.message(batch);
            case V2 -> RemoteWrite2Body.message(batch);
        };
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 42), new SplittableRandom(13).longs(30));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void damagedBodiesAreRefusedOrTakenAndReadable(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < DAMAGED_PER_SEED; i++) {
            RemoteWriteMessage version = random.nextBoolean() ? RemoteWriteMessage.V1 : RemoteWriteMessage.V2;
            byte[] good = good(version, random);
            byte[] body = random.nextInt(4) == 0
                    ? DamagedBytes.of(RemoteWriteBody.snappy(good), random)
                    : RemoteWriteBody.snappy(DamagedBytes.of(good, random));
            PushWorld world = new PushWorld(PushSettings.DEFAULTS, HeadSettings.DEFAULTS);
            int status = push(world, version, body).status();
            assertThat(status).isIn(204, 400, 413);
            // the second time, since loading classes costs memory too
            assertThat(Allocation.of(() -> push(world, version, body))).isLessThan(2 * MB);
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

    private static Arguments bomb(String name, RemoteWriteMessage version, int status, Supplier<byte[]> message) {
        return Arguments.of(name, version, status, message);
    }

    private static byte[] twoPointZero(byte[] series) {
        return new Message().text(4, "").text(4, "__name__").bytes(5, series).bytes();
    }

    static Stream<Arguments> bombs() {
        RemoteWriteMessage one = RemoteWriteMessage.V1;
        RemoteWriteMessage two = RemoteWriteMessage.V2;
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
                bomb("one help text for many metrics", two, 204, HostileRemoteWriteTest::oneHelpForAll));
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
            String name, RemoteWriteMessage version, int status, Supplier<byte[]> message) {
        byte[] content = message.get();
        byte[] body = RemoteWriteBody.snappy(content);
        PushWorld world = new PushWorld(PushSettings.DEFAULTS, HeadSettings.DEFAULTS);
        HttpResponse response = push(world, version, body);
        assertThat(response.status()).as(name).isEqualTo(status);
        assertThat(Allocation.of(() -> push(world, version, body)) / content.length)
                .as("bytes for each byte of the body")
                .isLessThan(100);
        assertThat(response.body().length).isLessThan(1000);
    }
}

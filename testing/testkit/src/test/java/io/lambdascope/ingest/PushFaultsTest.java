package io.lambdascope.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.fault.Fault;
import io.lambdascope.head.HeadSettings;
import io.lambdascope.head.Segment;
import io.lambdascope.head.metrics.MetricsSegmentMerger;
import io.lambdascope.head.metrics.MetricsSegmentSource;
import io.lambdascope.head.metrics.MetricsSegmentWriter;
import io.lambdascope.labels.Labels;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.source.Unit;
import io.lambdascope.source.metrics.MetricsScan;
import io.lambdascope.testkit.metrics.BatchText;
import io.lambdascope.testkit.metrics.RandomBatches;
import io.lambdascope.testkit.metrics.RemoteWriteBody;
import io.lambdascope.testkit.metrics.RemoteWriteBody.Message;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// W1 and W3: what was acknowledged is read, exactly once, whatever call failed before or after it took effect.
class PushFaultsTest {
    private static final Tenant A = new Tenant("team-a");
    private static final Tenant B = new Tenant("team-b");
    private static final HeadSettings NOTHING_INLINE =
            new HeadSettings(0, HeadSettings.DEFAULTS.registrationLifetime());

    @ParameterizedTest(name = "inline up to {0}, direct from {1}, fails after: {2}")
    @CsvSource({"8192, 348160, false", "8192, 348160, true", "0, 348160, false", "0, 348160, true", "0, 0, true"})
    void everySingleCallMayFail(int inlineBytes, int directBytes, boolean after) {
        HeadSettings head = new HeadSettings(inlineBytes, HeadSettings.DEFAULTS.registrationLifetime());
        PushSettings push = new PushSettings(directBytes);
        int calls = pushAll(new PushWorld(push, head), new SplittableRandom(1));
        assertThat(calls).isGreaterThan(5);
        for (int call = 0; call < calls; call++) {
            pushAll(new PushWorld(push, head, Set.of(call), after), new SplittableRandom(1));
        }
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 42), new SplittableRandom(3).longs(40));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void manyCallsMayFail(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Set<Integer> failing = new HashSet<>();
        for (int i = random.nextInt(30); i > 0; i--) {
            failing.add(random.nextInt(60));
        }
        PushWorld world = new PushWorld(
                random.nextBoolean() ? PushSettings.DEFAULTS : new PushSettings(2000),
                random.nextBoolean() ? HeadSettings.DEFAULTS : NOTHING_INLINE,
                failing,
                random.nextBoolean());
        pushAll(world, random);
    }

    /// Pushes until everything is acknowledged, delivers until the queue is empty, reads, and says how many calls that
    /// took. A sender repeats what got 503, so each body may arrive several times.
    private static int pushAll(PushWorld world, SplittableRandom random) {
        List<MetricsBatch> sentByA = new ArrayList<>();
        List<MetricsBatch> sentByB = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Tenant tenant = random.nextBoolean() ? A : B;
            MetricsBatch batch = new MetricsBatch();
            for (int series = random.nextInt(1, 20); series > 0; series--) {
                batch.startSeries(Labels.of("__name__", "m" + series));
                batch.addSample(PushWorld.NOW.toEpochMilli() + random.nextInt(10) * 1000L, random.nextInt(100));
            }
            byte[] body = RemoteWriteBody.of(batch);
            int status;
            do {
                status = world.push(tenant, body).status();
                assertThat(status).isIn(204, 503);
            } while (status != 204);
            (tenant.equals(A) ? sentByA : sentByB).add(batch);
            if (random.nextBoolean()) {
                world.deliver();
            }
        }
        for (int i = 0; i < 100 && world.queue().depth() > 0; i++) {
            world.deliver();
        }
        assertThat(world.queue().depth()).isZero();
        int calls = world.calls();
        assertThat(readPatiently(world, A)).isEqualTo(expected(sentByA));
        assertThat(readPatiently(world, B)).isEqualTo(expected(sentByB));
        return calls;
    }

    private static Map<String, List<String>> readPatiently(PushWorld world, Tenant tenant) {
        while (true) {
            try {
                return world.read(tenant);
            } catch (Fault e) {
                assertThat(e).hasMessageContaining("injected");
            }
        }
    }

    private static Map<String, List<String>> expected(List<MetricsBatch> batches) {
        if (batches.isEmpty()) {
            return Map.of();
        }
        List<Segment> segments = batches.stream()
                .map(batch -> MetricsSegmentWriter.encode(A, batch, 0, 1))
                .toList();
        try (MetricsSegmentSource source = new MetricsSegmentSource(new MetricsSegmentMerger().merge(segments));
                var cursor = source.scan(MetricsScan.everything())) {
            return BatchText.all(cursor);
        }
    }

    @Test
    void poisonGoesBackAloneAndTheRestIsStored() {
        PushWorld world = new PushWorld(PushSettings.DEFAULTS, HeadSettings.DEFAULTS);
        byte[] good = segment(A, 1).bytes();
        byte[] broken = segment(A, 2).bytes();
        broken[broken.length - 6] ^= 0x55;
        Set<String> failed = world.service()
                .handle(List.of(
                        message("good", good),
                        message("broken", broken),
                        new HeadService.Message("not base64", "???"),
                        message("not a segment", new byte[] {1, 2, 3}),
                        message("other tenant", segment(B, 3).bytes())));
        assertThat(failed).containsExactlyInAnyOrder("broken", "not base64", "not a segment");
        assertThat(world.units(A)).hasSize(1);
        assertThat(world.units(B)).hasSize(1);
    }

    @Test
    void manyPushesBecomeOneUnitPerTenant() {
        PushWorld world = new PushWorld(PushSettings.DEFAULTS, HeadSettings.DEFAULTS);
        List<HeadService.Message> messages = IntStream.range(0, 50)
                .mapToObj(i -> message("m" + i, segment(i % 2 == 0 ? A : B, i).bytes()))
                .toList();
        assertThat(world.service().handle(messages)).isEmpty();
        assertThat(world.units(A)).hasSize(1);
        assertThat(world.units(B)).hasSize(1);
        assertThat(world.service().handle(messages)).as("delivered again").isEmpty();
        assertThat(world.units(A)).hasSize(1);
    }

    @Test
    void bigPushesSkipTheQueue() {
        PushWorld world = new PushWorld(PushSettings.DEFAULTS, HeadSettings.DEFAULTS);
        SplittableRandom random = new SplittableRandom(5);
        Message request = new Message();
        for (int i = 0; i < 40_000; i++) {
            request.message(
                    1,
                    new Message()
                            .label("__name__", "m")
                            .label("i", Long.toHexString(random.nextLong()))
                            .sample(random.nextDouble(), PushWorld.NOW.toEpochMilli()));
        }
        assertThat(world.push(A, RemoteWriteBody.snappy(request.bytes())).status())
                .isEqualTo(204);
        assertThat(world.queue().depth()).isZero();
        assertThat(world.units(A)).singleElement().satisfies(unit -> {
            assertThat(unit.place()).isInstanceOf(Unit.Place.Stretch.class);
            assertThat(unit.rows()).isEqualTo(40_000);
        });
        assertThat(world.read(A)).hasSize(40_000);
    }

    private static HeadService.Message message(String id, byte[] segment) {
        return new HeadService.Message(id, Base64.getEncoder().encodeToString(segment));
    }

    private static Segment segment(Tenant tenant, long seed) {
        MetricsBatch batch = RandomBatches.from(new SplittableRandom(seed));
        batch.startSeries(Labels.of("__name__", "seed", "seed", Long.toString(seed)));
        batch.addSample(PushWorld.NOW.toEpochMilli(), (double) seed);
        return MetricsSegmentWriter.encode(tenant, batch, PushWorld.NOW.toEpochMilli(), 1);
    }
}

package io.lambdascope.testkit.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.source.Unit;
import io.lambdascope.testkit.store.FaultSchedule;
import io.lambdascope.testkit.store.Injection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A function killed, or a call gone wrong, between any two calls to AWS on the way from push to block: every
/// acknowledged sample is read exactly once afterwards. One schedule for each call and each thing that can happen to
/// it,
/// and seeded ones in which much happens.
class CrashScheduleTest {
    private static final int EVERY = Integer.getInteger("crash.every", 30);
    private static final int SEEDS = Math.max(20, 200 / EVERY);

    private static final FaultSchedule.Plan NOTHING = (_, _) -> Injection.NONE;

    @TempDir
    Path scratch;

    /// Pushes small and large, deliveries, and compaction up to level 1, over some hours.
    private static void live(CrashWorld world) {
        for (int round = 0; round < 4; round++) {
            world.push(2);
            world.advance(Duration.ofSeconds(15));
            world.push(round % 2 == 0 ? 60 : 1);
            world.deliver();
            world.advance(Duration.ofMinutes(6 + round));
            world.compact();
        }
        world.advance(Duration.ofHours(3));
        world.compact();
        world.advance(Duration.ofMinutes(11));
        world.compact();
    }

    private CrashWorld check(long seed, FaultSchedule.Plan plan) {
        CrashWorld world = new CrashWorld(seed, plan, scratch);
        live(world);
        world.settle();
        checkRead(world);
        for (int i = 0; i < 3; i++) {
            world.compact();
            world.advance(Duration.ofHours(1));
        }
        checkRead(world);
        return world;
    }

    private static void checkRead(CrashWorld world) {
        Map<String, List<Double>> seen = world.read();
        assertThat(seen.keySet()).containsAll(world.acknowledged().keySet());
        seen.forEach((sample, values) -> {
            // what was pushed again or delivered twice may lie in two units; a reader makes one of it
            Double sent = world.sent().get(sample);
            if (sent == null || values.stream().anyMatch(value -> !value.equals(sent))) {
                throw new AssertionError("sample %s was sent as %s and is read as %s".formatted(sample, sent, values));
            }
        });
        assertThat(world.deadLetters()).isZero();
    }

    @Test
    void withoutFaultsEverythingEndsInBlocksEachSampleOnce() {
        CrashWorld world = check(1, NOTHING);
        assertThat(world.acknowledged()).hasSizeGreaterThan(100);
        assertThat(world.units()).extracting(Unit::level).containsOnly(1).isNotEmpty();
        assertThat(world.read().values()).allMatch(values -> values.size() == 1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Injection.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NONE", "INSTEAD"})
    void oneThingGoesWrongAtEachCall(Injection injection) {
        int calls = countCalls();
        assertThat(calls).isGreaterThan(50);
        for (int at = 1 + injection.ordinal() * 2 % EVERY; at <= calls; at += EVERY) {
            int chosen = at;
            try {
                check(1, (number, _) -> number == chosen ? injection : Injection.NONE);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("%s at call %d: %s".formatted(injection, at, e.getMessage()), e);
            }
        }
    }

    private int countCalls() {
        CrashWorld world = new CrashWorld(1, NOTHING, scratch);
        live(world);
        return world.calls();
    }

    @ParameterizedTest(name = "{0} calls to one fault")
    @ValueSource(ints = {4, 15, 40})
    void muchGoesWrong(int oneIn) {
        Injection[] among = {
            Injection.BEFORE,
            Injection.AFTER,
            Injection.LATE,
            Injection.TWICE,
            Injection.KILL_BEFORE,
            Injection.KILL_AFTER
        };
        for (long seed = 0; seed < SEEDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed * 1000 + oneIn);
            try {
                check(
                        seed,
                        (_, _) -> random.nextInt(oneIn) == 0 ? among[random.nextInt(among.length)] : Injection.NONE);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed %d: %s".formatted(seed, e.getMessage()), e);
            }
        }
    }
}

package io.lambdascope.testkit.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.source.Unit;
import io.lambdascope.testkit.crash.CrashPath.Step;
import io.lambdascope.testkit.store.FaultSchedule;
import io.lambdascope.testkit.store.Injection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A function killed, or a call gone wrong, at any call to AWS on the way from push to deletion: every acknowledged
/// sample is read afterwards as it was sent, none that was deleted, and in the end nothing is left that nobody
/// needs. One schedule for each call and each thing that can happen to it, and seeded ones in which much happens.
class CrashScheduleTest {
    /*
     * The path is walked once with nothing going wrong, and the world kept as it was before each step. A schedule goes
     * on from there: the step, with one call going wrong, and then all the time it takes to come to rest. Functions
     * keep nothing but what they could look up again, so that worlds in which the same is stored at the same time have
     * the same future once nothing goes wrong any more: of those, one is followed.
     */
    private static final int SEEDS = Integer.getInteger("lambdascope.crash.seeds", 30);

    @TempDir
    Path scratch;

    private final Set<String> followed = new HashSet<>();

    /// The world before a step, and how many calls the step makes.
    private record Stage(Step step, CrashWorld before, int calls) {}

    private List<Stage> stages() {
        List<Stage> stages = new ArrayList<>();
        CrashWorld world = new CrashWorld(CrashWorld.NOTHING, scratch);
        for (Step step : CrashPath.STEPS) {
            step.setup().accept(world);
            CrashWorld before = world;
            world = before.fork(stages.size() + 2, CrashWorld.NOTHING);
            step.work().accept(world);
            stages.add(new Stage(step, before, world.calls()));
        }
        return stages;
    }

    private void checkFrom(CrashWorld faulty) {
        CrashWorld world = faulty.settled();
        CrashReader reader = new CrashReader(world);
        String fingerprint = reader.fingerprint();
        if (followed.contains(fingerprint)) {
            return;
        }
        reader.checkRows();
        CrashPath.toTheEnd(world);
        reader.checkRows();
        reader.checkNothingIsLeft();
        followed.add(fingerprint);
    }

    @Test
    void withoutFaultsEverythingEndsInBlocksEachSampleOnce() {
        CrashWorld world = new CrashWorld(CrashWorld.NOTHING, scratch);
        CrashPath.STEPS.subList(0, 7).forEach(step -> step.run(world));
        CrashWorld settled = world.settled();
        CrashPath.toTheEnd(settled);
        CrashReader reader = new CrashReader(settled);
        reader.checkRows();
        reader.checkNothingIsLeft();
        assertThat(world.acknowledged()).hasSizeGreaterThan(100);
        assertThat(world.deleted()).hasSizeGreaterThan(3);
        assertThat(reader.setAside()).hasSize(1);
        assertThat(reader.units()).extracting(Unit::level).containsOnly(2).hasSize(2);
        assertThat(reader.read().values()).allMatch(values -> values.size() == 1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Injection.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NONE", "INSTEAD"})
    void oneThingGoesWrongAtEachCall(Injection injection) {
        int schedules = 0;
        for (Stage stage : stages()) {
            for (int at = 1; at <= stage.calls(); at++) {
                int chosen = at;
                CrashWorld world =
                        stage.before().fork(1000, (number, _) -> number == chosen ? injection : Injection.NONE);
                try {
                    stage.step().work().accept(world);
                    checkFrom(world);
                } catch (AssertionError | RuntimeException e) {
                    throw new AssertionError(
                            "%s at call %d of %s: %s"
                                    .formatted(injection, at, stage.step().name(), e.getMessage()),
                            e);
                }
                schedules++;
            }
        }

        assertThat(schedules).isGreaterThan(200);
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
            FaultSchedule.Plan plan =
                    (_, _) -> random.nextInt(oneIn) == 0 ? among[random.nextInt(among.length)] : Injection.NONE;
            CrashWorld world = new CrashWorld(plan, scratch);
            try {
                CrashPath.STEPS.forEach(step -> step.run(world));
                checkFrom(world);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed %d: %s".formatted(seed, e.getMessage()), e);
            }
        }
    }
}

package io.lambdascope.testkit.crash;

import io.lambdascope.limits.Tenant;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// The life of metrics from push to deletion, in steps: at each call to AWS of each of them something may go wrong.
final class CrashPath {
    private static final Tenant A = CrashWorld.A;
    private static final Tenant B = CrashWorld.B;

    /// How long waits are between one tick of compaction and the next until everything has ended where it ends.
    private static final List<Duration> TO_THE_END = List.of(
            Duration.ofMinutes(16),
            Duration.ofHours(3),
            Duration.ofMinutes(11),
            Duration.ofHours(26),
            Duration.ofMinutes(11),
            Duration.ofHours(26),
            Duration.ofMinutes(11),
            Duration.ofHours(26),
            Duration.ofMinutes(11));

    static final List<Step> STEPS = List.of(
            new Step("small and large pushes", CrashWorld::compact, world -> {
                world.push(A, 2);
                world.push(A, 15);
                world.push(B, 12);
                world.push(A, 70);
            }),
            new Step("delivery", wait(Duration.ZERO), CrashWorld::deliver),
            new Step("head to level 0", wait(Duration.ofMinutes(6)), CrashWorld::compact),
            new Step("the same once more", wait(Duration.ZERO), world -> {
                world.push(A, 20);
                world.deliver();
                world.advance(Duration.ofMinutes(6));
                world.compact();
            }),
            new Step(
                    "a segment that does not read",
                    world -> {
                        world.push(A, 70);
                        world.push(A, 3);
                        world.deliver();
                        world.damageOneSegment();
                        world.advance(Duration.ofMinutes(6));
                    },
                    CrashWorld::compact),
            new Step("level 0 to level 1, head items deleted", wait(Duration.ofHours(3)), CrashWorld::compact),
            new Step("series deletion", wait(Duration.ofMinutes(1)), world -> {
                world.push(A, 30);
                world.deliver();
                world.delete(A, 8);
                world.push(A, 9);
            }),
            new Step("deletion of level 0", wait(Duration.ofMinutes(11)), CrashWorld::compact),
            new Step("level 1 to level 2, orphans swept", waitQuietly(Duration.ofHours(26)), CrashWorld::compact),
            new Step("deletion of level 1", wait(Duration.ofMinutes(11)), CrashWorld::compact),
            new Step("retention", waitQuietly(Duration.ofHours(12)), world -> {
                world.retain(Duration.ofHours(36));
                world.compact();
            }),
            new Step("deletion of level 2", wait(Duration.ofMinutes(11)), CrashWorld::compact));

    private CrashPath() {}

    /// @param setup what comes before, with nothing going wrong
    record Step(String name, Consumer<CrashWorld> setup, Consumer<CrashWorld> work) {
        void run(CrashWorld world) {
            setup.accept(world);
            work.accept(world);
        }
    }

    private static Consumer<CrashWorld> wait(Duration duration) {
        return world -> world.advance(duration);
    }

    /// Waits, and has all but the last hours closed, so that little but what is due is left to do.
    private static Consumer<CrashWorld> waitQuietly(Duration duration) {
        return world -> {
            world.advance(duration.minusHours(4));
            world.compact();
            world.advance(Duration.ofHours(4));
        };
    }

    /// Lets time pass, with nothing going wrong any more, until all data lies in blocks of the highest level and
    /// nothing
    /// else is left.
    static void toTheEnd(CrashWorld world) {
        for (Duration wait : TO_THE_END) {
            world.advance(wait);
            world.compact();
        }
    }
}

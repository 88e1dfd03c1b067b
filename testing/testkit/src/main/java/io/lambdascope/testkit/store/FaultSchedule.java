package io.lambdascope.testkit.store;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/// Decides, call by call, what happens to the calls that one process makes to its stores: give one schedule to all
/// the [FaultyObjectStore]s, [FaultyTable]s and [FaultyQueue]s of that process. Equal schedules and equal calls have
/// equal effects. A process that starts after a kill gets a schedule of its own over the same stores.
public final class FaultSchedule {
    private static final int LATE_BY_CALLS = 2;

    /// Says what is done to a call.
    public interface Plan {
        /// @param number of the call, from 1
        /// @param call what is called, as in `table.putAll`
        Injection injectionFor(int number, String call);
    }

    private record Pending(int dueAtCall, Supplier<?> effect) {}

    private final Plan plan;
    private final Deque<Pending> pending = new ArrayDeque<>();
    private final List<String> trace = new ArrayList<>();
    private boolean killed;

    public FaultSchedule(Plan plan) {
        this.plan = plan;
    }

    /// Does nothing; counts calls.
    public static FaultSchedule none() {
        return new FaultSchedule((_, _) -> Injection.NONE);
    }

    /// Does one thing to call `number`, counted from 1.
    public static FaultSchedule at(int number, Injection injection) {
        return new FaultSchedule((call, _) -> call == number ? injection : Injection.NONE);
    }

    /// Does something to about one in `oneIn` calls, one of `among` each time.
    public static FaultSchedule seeded(long seed, int oneIn, Injection... among) {
        SplittableRandom random = new SplittableRandom(seed);
        Injection[] choices = among.clone();
        return new FaultSchedule(
                (_, _) -> random.nextInt(oneIn) == 0 ? choices[random.nextInt(choices.length)] : Injection.NONE);
    }

    /// How many calls were made.
    public synchronized int calls() {
        return trace.size();
    }

    /// The calls made, in order, each with what was done to it: for the message of a test that fails.
    public synchronized List<String> trace() {
        return List.copyOf(trace);
    }

    public synchronized boolean isKilled() {
        return killed;
    }

    /// Kills the process between two calls.
    public synchronized void kill() {
        killed = true;
    }

    /// Whether late calls have yet to take effect.
    public synchronized boolean hasPending() {
        return !pending.isEmpty();
    }

    /// Lets late calls take effect that have not yet; some do so after the process that made them is dead.
    public void settle() {
        runPending(Integer.MAX_VALUE);
    }

    <T> T read(String call, Supplier<T> effect) {
        Injection injection = begin(call);
        return switch (injection) {
            case LATE -> throw unavailable(call);
            default -> apply(injection, call, effect, false);
        };
    }

    <T> T write(String call, Supplier<T> effect) {
        return apply(begin(call), call, effect, false);
    }

    /// A write that takes effect once however often it is sent.
    <T> T writeOnce(String call, Supplier<T> effect) {
        return apply(begin(call), call, effect, true);
    }

    private Injection begin(String call) {
        Injection injection;
        int number;
        synchronized (this) {
            if (killed) {
                throw new ProcessKilled(call);
            }
            number = trace.size() + 1;
            injection = plan.injectionFor(number, call);
            trace.add("%d %s%s".formatted(number, call, injection == Injection.NONE ? "" : " " + injection));
        }
        runPending(number);
        return injection;
    }

    private <T> T apply(Injection injection, String call, Supplier<T> effect, boolean once) {
        return switch (injection) {
            case NONE -> effect.get();
            case BEFORE -> throw unavailable(call);
            case INSTEAD -> throw new Fault(FaultKind.INTERNAL, "injected instead of " + call);
            case AFTER -> {
                var _ = effect.get();
                throw unavailable(call);
            }
            case LATE -> {
                addPending(effect);
                throw unavailable(call);
            }
            case TWICE -> {
                T first = effect.get();
                yield once ? first : effect.get();
            }
            case KILL_BEFORE -> {
                kill();
                throw new ProcessKilled(call);
            }
            case KILL_AFTER -> {
                var _ = effect.get();
                kill();
                throw new ProcessKilled(call);
            }
        };
    }

    private synchronized void addPending(Supplier<?> effect) {
        pending.add(new Pending(trace.size() + LATE_BY_CALLS, effect));
    }

    private void runPending(int number) {
        List<Pending> due = new ArrayList<>();
        synchronized (this) {
            while (!pending.isEmpty() && pending.getFirst().dueAtCall() <= number) {
                due.add(pending.removeFirst());
            }
        }
        for (Pending late : due) {
            try {
                var _ = late.effect().get();
            } catch (Fault _) {
                // Nobody waits for this answer any more.
            }
        }
    }

    private static Fault unavailable(String call) {
        return new Fault(FaultKind.UNAVAILABLE, "injected at " + call);
    }
}

package io.lambdascope.compact;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Runs several actors as if at once, in an order that a seed decides: each stops before every call to a
/// store until it is chosen, and only one moves at a time.
final class Lockstep {
    /// What an actor dies of when it is killed.
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final ThreadLocal<@Nullable Actor> current = new ThreadLocal<>();
    private final Semaphore paused = new Semaphore(0);
    private final RandomGenerator random;
    private final Runnable eachStep;
    private boolean alone;

    private static final class Actor {
        private final Semaphore go = new Semaphore(0);
        private final int breaksAtCall;
        private final Runnable work;
        private volatile boolean done;
        private volatile @Nullable Throwable failure;
        private int calls;
        private boolean killed;

        private Actor(int breaksAtCall, Runnable work) {
            this.breaksAtCall = breaksAtCall;
            this.work = work;
        }

        private void act() {
            try {
                work.run();
            } catch (Killed _) {
                // as planned
            } catch (Fault e) {
                failure = breaksAtCall > 0 && e.kind() == FaultKind.UNAVAILABLE ? null : e;
            } catch (Throwable e) {
                failure = e;
            }
        }

        private void breakNow() {
            if (calls == breaksAtCall) {
                if (calls % 4 < 2) {
                    die();
                }
                throw new Fault(FaultKind.UNAVAILABLE, "injected at call " + calls);
            }
        }

        private void die() {
            killed = true;
            throw new Killed();
        }
    }

    private final List<Actor> actors = new ArrayList<>();

    Lockstep(RandomGenerator random, Runnable eachStep) {
        this.random = random;
        this.eachStep = eachStep;
    }

    /// @param breaksAtCall this call to a store breaks, before or after it takes effect, and its number
    ///     decides whether it throws or the actor is killed; never if below 0
    void start(int breaksAtCall, Runnable work) {
        actors.add(new Actor(breaksAtCall, work));
    }

    /// Runs until all actors are done. One that is alone has nobody to wait for and needs no thread, which makes a step
    /// some thousand times cheaper.
    ///
    /// @return how many calls to stores there were
    int run() {
        List<Actor> all = List.copyOf(actors);
        actors.clear();
        if (all.size() == 1) {
            current.set(all.getFirst());
            alone = true;
            all.getFirst().act();
            alone = false;
            current.remove();
        } else {
            takeTurns(all);
        }
        for (Actor actor : all) {
            Throwable failure = actor.failure;
            if (failure != null) {
                throw new AssertionError("an actor failed: " + failure, failure);
            }
        }
        return all.stream().mapToInt(actor -> actor.calls).sum();
    }

    private void takeTurns(List<Actor> all) {
        all.forEach(actor -> Thread.ofVirtual().start(() -> {
            current.set(actor);
            actor.go.acquireUninterruptibly();
            actor.act();
            actor.done = true;
            paused.release();
        }));
        List<Actor> running = new ArrayList<>(all);
        while (!running.isEmpty()) {
            Actor actor = running.get(random.nextInt(running.size()));
            eachStep.run();
            actor.go.release();
            paused.acquireUninterruptibly();
            if (actor.done) {
                running.remove(actor);
            }
        }
    }

    /// Kills the actor that moves now: it makes no more calls.
    void kill() {
        Actor actor = current.get();
        if (actor == null) {
            throw new IllegalStateException("nobody moves");
        }
        actor.die();
    }

    /// Called before each call to a store.
    void before() {
        Actor actor = current.get();
        if (actor == null) {
            return;
        }
        if (actor.killed) {
            throw new Killed();
        }
        if (alone) {
            eachStep.run();
        } else {
            paused.release();
            actor.go.acquireUninterruptibly();
        }
        actor.calls++;
        if (actor.calls % 2 == 0) {
            actor.breakNow();
        }
    }

    /// Called after each call to a store has taken effect.
    void after() {
        Actor actor = current.get();
        if (actor != null && actor.calls % 2 == 1) {
            actor.breakNow();
        }
    }
}

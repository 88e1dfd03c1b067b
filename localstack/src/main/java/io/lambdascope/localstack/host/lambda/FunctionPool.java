package io.lambdascope.localstack.host.lambda;

import io.lambdascope.localstack.host.lambda.FunctionProcess.KillReason;
import io.lambdascope.localstack.host.lambda.FunctionProcess.State;
import io.lambdascope.localstack.host.lambda.InvokeOutcome.Failed;
import io.lambdascope.localstack.host.lambda.InvokeOutcome.Throttled;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The processes of one function: started when an event finds none idle, given one event at a time, ended when idle
/// for long, too slow, too large or crashed.
final class FunctionPool {
    /*
     * Events wait in `waiting`; a process that polls takes the oldest, or becomes idle and is handed the next one.
     * Exactly one of "an event waits" and "a process is idle" holds at a time. A process that ends before its first
     * poll takes the oldest waiting event with it, as a failed init does on Lambda, so that a broken function fails
     * its callers instead of being started for ever.
     */
    private final FunctionSettings settings;
    private final FunctionLauncher launcher;
    private final LambdaLimits limits;
    private final LambdaEvents events;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, FunctionProcess> processes = new LinkedHashMap<>();
    private final Deque<FunctionProcess> idle = new ArrayDeque<>();
    private final Deque<Invocation> waiting = new ArrayDeque<>();
    private boolean closed;

    FunctionPool(FunctionSettings settings, FunctionLauncher launcher, LambdaLimits limits, LambdaEvents events) {
        this.settings = settings;
        this.launcher = launcher;
        this.limits = limits;
        this.events = events;
    }

    FunctionSettings settings() {
        return settings;
    }

    /// Invokes and waits for the outcome.
    ///
    /// @param patience how long to wait where every process is busy: zero to be throttled at once, as on Lambda
    /// @param limit how long to wait in all; the invocation goes on after that
    /// @return null if `limit` has passed
    @Nullable
    InvokeOutcome invoke(byte[] payload, Duration patience, Duration limit) throws InterruptedException {
        Invocation invocation = new Invocation(payload);
        if (!offer(invocation, !patience.isZero())) {
            return new Throttled();
        }
        try {
            return invocation.outcome.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            withdraw(invocation);
            return null;
        } catch (ExecutionException e) {
            throw new IllegalStateException("outcomes are values", e);
        }
    }

    private boolean offer(Invocation invocation, boolean mayWait) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            FunctionProcess free = idle.pollLast();
            if (free != null) {
                hand(free, invocation);
                return true;
            }
            boolean roomToStart = processes.size() < settings.maxInstances();
            if (!roomToStart && !mayWait && aboutToPoll() <= waiting.size()) {
                return false;
            }
            waiting.addLast(invocation);
            startIfWanted();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void withdraw(Invocation invocation) {
        lock.lock();
        try {
            waiting.remove(invocation);
        } finally {
            lock.unlock();
        }
    }

    private void hand(FunctionProcess to, Invocation invocation) {
        to.state = State.BUSY;
        to.sinceNanos = System.nanoTime();
        to.current = invocation;
        to.next.complete(invocation);
    }

    private void startIfWanted() {
        while (!closed && aboutToPoll() < waiting.size() && processes.size() < settings.maxInstances()) {
            try {
                FunctionProcess started = launcher.launch(this);
                processes.put(started.id, started);
                Thread.ofVirtual().name("exit of " + started.id).start(() -> awaitEnd(started));
            } catch (IOException e) {
                Invocation lost = waiting.removeFirst();
                events.couldNotStart(settings.name(), e);
                lost.outcome.complete(Failed.of("Runtime.InvalidEntrypoint", lost.id, "could not start the runtime"));
            }
        }
    }

    private void awaitEnd(FunctionProcess process) {
        try {
            ended(process, process.process.waitFor());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// How many processes start, or have answered and not asked for more yet: they need no others beside them.
    private int aboutToPoll() {
        return (int) processes.values().stream()
                .filter(p -> p.state == State.STARTING
                        || p.state == State.BUSY && p.current != null && p.current.outcome.isDone())
                .count();
    }

    /// A process asks for its next event.
    ///
    /// @return completes with null when the process is not wanted any more
    CompletableFuture<@Nullable Invocation> poll(FunctionProcess process) {
        lock.lock();
        try {
            if (process.state == State.STARTING) {
                Duration init = Duration.ofNanos(System.nanoTime() - process.startNanos);
                events.started(settings.name(), init, process.classes());
            }
            process.next = new CompletableFuture<>();
            process.current = null;
            process.sinceNanos = System.nanoTime();
            if (process.state == State.ENDED || process.killed != null || closed) {
                process.next.complete(null);
                return process.next;
            }
            Invocation oldest = waiting.pollFirst();
            if (oldest != null) {
                hand(process, oldest);
            } else {
                process.state = State.IDLE;
                idle.addLast(process);
            }
            return process.next;
        } finally {
            lock.unlock();
        }
    }

    /// The outcome of an invocation has come.
    ///
    /// @return false if that process does not work on that invocation
    boolean complete(FunctionProcess process, String invocationId, InvokeOutcome outcome) {
        lock.lock();
        try {
            Invocation invocation = process.current;
            if (invocation == null || !invocation.id.equals(invocationId)) {
                return false;
            }
            if (outcome instanceof Failed failed) {
                events.failed(settings.name(), failed);
            }
            return invocation.outcome.complete(outcome);
        } finally {
            lock.unlock();
        }
    }

    private void ended(FunctionProcess process, int exitCode) {
        lock.lock();
        try {
            State before = process.state;
            process.state = State.ENDED;
            processes.remove(process.id);
            idle.remove(process);
            process.next.complete(null);
            Invocation lost = before == State.STARTING ? waiting.pollFirst() : process.current;
            if (lost != null && !lost.outcome.isDone()) {
                Failed failed = whyItEnded(process, lost, exitCode);
                events.failed(settings.name(), failed);
                lost.outcome.complete(failed);
            } else if (process.killed == null && !closed) {
                events.crashed(settings.name(), exitCode);
            }
            startIfWanted();
        } finally {
            lock.unlock();
        }
        launcher.cleanUp(process);
    }

    private Failed whyItEnded(FunctionProcess process, Invocation lost, int exitCode) {
        return switch (process.killed) {
            case TIMED_OUT ->
                Failed.of(
                        "Sandbox.Timedout",
                        lost.id,
                        "Task timed out after %.2f seconds"
                                .formatted(settings.timeout().toMillis() / 1000.0));
            case OUT_OF_MEMORY ->
                Failed.of("Runtime.OutOfMemory", lost.id, "Runtime exited with error: signal: killed");
            case TOO_SLOW_TO_START ->
                Failed.of(
                        "Sandbox.Timedout",
                        lost.id,
                        "Init timed out after %d seconds"
                                .formatted(limits.start().toSeconds()));
            case IDLE, SHUTDOWN -> Failed.of("Runtime.ExitError", lost.id, "Runtime exited with error: signal: killed");
            case null -> Failed.of("Runtime.ExitError", lost.id, "Runtime exited with error: " + wording(exitCode));
        };
    }

    /// As a shell has it, a process that signal n ended exits with 128 + n.
    private static String wording(int exitCode) {
        return switch (exitCode) {
            case 137 -> "signal: killed";
            case 134 -> "signal: aborted";
            case 139 -> "signal: segmentation fault";
            case 143 -> "signal: terminated";
            default -> "exit status " + exitCode;
        };
    }

    /// Ends what has outlived a limit. Called often.
    void enforceLimits() {
        for (FunctionProcess process : snapshot()) {
            long residentKb = process.residentKb();
            lock.lock();
            try {
                KillReason reason = reasonToKill(process, residentKb);
                if (reason != null) {
                    kill(process, reason);
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private @Nullable KillReason reasonToKill(FunctionProcess process, long residentKb) {
        Duration since = Duration.ofNanos(System.nanoTime() - process.sinceNanos);
        if (residentKb > settings.memoryMb() * 1024L) {
            return KillReason.OUT_OF_MEMORY;
        }
        return switch (process.state) {
            case STARTING -> since.compareTo(limits.start()) > 0 ? KillReason.TOO_SLOW_TO_START : null;
            case IDLE -> since.compareTo(limits.idle()) > 0 ? KillReason.IDLE : null;
            case BUSY -> since.compareTo(settings.timeout()) > 0 ? KillReason.TIMED_OUT : null;
            case ENDED -> null;
        };
    }

    private void kill(FunctionProcess process, KillReason reason) {
        if (process.killed == null) {
            process.killed = reason;
            idle.remove(process);
            process.process.destroyForcibly();
        }
    }

    private List<FunctionProcess> snapshot() {
        lock.lock();
        try {
            return new ArrayList<>(processes.values());
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    FunctionProcess process(String id) {
        lock.lock();
        try {
            return processes.get(id);
        } finally {
            lock.unlock();
        }
    }

    /// The operating system's ids of the processes that run now.
    List<Long> pids() {
        return snapshot().stream().map(p -> p.process.pid()).toList();
    }

    /// Kills the processes that have nothing to do, also those that have just answered and do not wait for an event
    /// yet,
    /// and waits until they are gone.
    void recycle() throws InterruptedException {
        List<FunctionProcess> killed;
        lock.lock();
        try {
            killed = processes.values().stream()
                    .filter(process -> process.state == State.IDLE || hasAnswered(process))
                    .toList();
            killed.forEach(process -> kill(process, KillReason.IDLE));
        } finally {
            lock.unlock();
        }
        for (FunctionProcess process : killed) {
            process.process.waitFor();
        }
    }

    private static boolean hasAnswered(FunctionProcess process) {
        return process.current != null && process.current.outcome.isDone();
    }

    /// Asks all processes to end, as a terminal's user would, and waits for that.
    ///
    /// @return false if one still runs after `limit`
    boolean retire(Duration limit) throws InterruptedException {
        long endNanos = System.nanoTime() + limit.toNanos();
        for (FunctionProcess process : snapshot()) {
            process.process.destroy();
            if (!process.process.waitFor(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                return false;
            }
        }
        return true;
    }

    /// Kills all processes and waits until they are gone; whoever waits for one is throttled.
    void close() throws InterruptedException {
        List<FunctionProcess> all;
        lock.lock();
        try {
            closed = true;
            all = new ArrayList<>(processes.values());
            all.forEach(process -> kill(process, KillReason.SHUTDOWN));
            waiting.forEach(invocation -> invocation.outcome.complete(new Throttled()));
            waiting.clear();
        } finally {
            lock.unlock();
        }
        for (FunctionProcess process : all) {
            process.process.waitFor();
        }
    }
}

package io.lambdascope.localstack.host.lambda;

import io.lambdascope.localstack.host.lambda.LambdaEvents.Classes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One running process of a function. It has one event at a time. All fields that change are guarded by the lock of
/// its [FunctionPool].
final class FunctionProcess {
    /// Where it stands between two polls.
    enum State {
        STARTING,
        IDLE,
        BUSY,
        ENDED
    }

    /// Names it in the path of the Runtime API that it is told, so that no other process can answer for it.
    final String id;

    final FunctionPool pool;
    final Process process;
    final Path tmp;

    /// The cache of classes that it was told to use.
    final @Nullable Path cache;

    final long startNanos = System.nanoTime();

    State state = State.STARTING;

    /// When it became idle or busy, or was started, by [System#nanoTime].
    long sinceNanos = System.nanoTime();

    /// What it works on.
    @Nullable
    Invocation current;

    /// Where the next event goes while it waits for one.
    CompletableFuture<@Nullable Invocation> next = new CompletableFuture<>();

    /// Why the host killed it, if it did: the outcome of what it worked on.
    @Nullable
    KillReason killed;

    /// The reasons for which the host kills a process.
    enum KillReason {
        TIMED_OUT,
        OUT_OF_MEMORY,
        IDLE,
        TOO_SLOW_TO_START,
        SHUTDOWN
    }

    FunctionProcess(String id, FunctionPool pool, Process process, Path tmp, @Nullable Path cache) {
        this.id = id;
        this.pool = pool;
        this.process = process;
        this.tmp = tmp;
        this.cache = cache;
    }

    /// Where its classes come from. A JVM that finds fault with a cache goes on without it; one that uses it has the
    /// file
    /// in its memory, which a machine that is not Linux does not tell.
    Classes classes() {
        if (cache == null) {
            return Classes.FROM_JARS;
        }
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "maps"))) {
            return lines.anyMatch(line -> line.endsWith(cache.toString())) ? Classes.FROM_CACHE : Classes.CACHE_REFUSED;
        } catch (IOException | UncheckedIOException _) {
            return Classes.FROM_CACHE;
        }
    }

    /// The memory that it occupies now, KiB; 0 where the machine does not tell (it is not Linux) or it has ended.
    long residentKb() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", ""));
                }
            }
        } catch (IOException _) {
            return 0;
        }
        return 0;
    }
}

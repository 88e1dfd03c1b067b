package io.lambdascope.localstack;

import io.lambdascope.localstack.host.lambda.InvokeOutcome;
import io.lambdascope.localstack.host.lambda.LambdaEvents;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/// What a person at the console sees.
public final class Progress implements LambdaEvents {
    private final PrintStream out;
    private final Path logs;
    private final AtomicBoolean saidFromCache = new AtomicBoolean();
    private final long startNanos = System.nanoTime();

    /// @param logs where the functions' own output is
    public Progress(PrintStream out, Path logs) {
        this.out = out;
        this.logs = logs;
    }

    /// A step of the start is done.
    void done(String step) {
        out.printf("%6.1f s  %s%n", (System.nanoTime() - startNanos) / 1e9, step);
    }

    /// Something went wrong that a person should know of.
    void complain(String what) {
        out.println("  !  " + what);
    }

    @Override
    public void started(String function, Duration init, Classes classes) {
        switch (classes) {
            case FROM_JARS -> {}
            case FROM_CACHE -> {
                if (!saidFromCache.getAndSet(true)) {
                    done("functions start from their caches of classes: %s in %.1f s"
                            .formatted(function, init.toMillis() / 1e3));
                }
            }
            case CACHE_REFUSED ->
                complain("%s could not use its cache of classes (its output is in %s)"
                        .formatted(function, log(function)));
        }
    }

    @Override
    public void failed(String function, InvokeOutcome.Failed failure) {
        complain("%s failed: %s (its output is in %s)".formatted(function, shortened(failure), log(function)));
    }

    @Override
    public void crashed(String function, int exitCode) {
        complain("%s ended by itself with exit code %d (its output is in %s)"
                .formatted(function, exitCode, log(function)));
    }

    @Override
    public void couldNotStart(String function, Exception cause) {
        complain("%s could not be started: %s".formatted(function, cause));
    }

    private Path log(String function) {
        return logs.resolve(function + ".log");
    }

    private static String shortened(InvokeOutcome.Failed failure) {
        String text = failure.toString();
        return text.length() <= 300 ? text : text.substring(0, 300) + "…";
    }
}

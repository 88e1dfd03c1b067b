package io.lambdascope.localstack.host.lambda;

import io.lambdascope.localstack.host.lambda.InvokeOutcome.Answered;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Makes the [AotCache] of one function: a process of its own gets some events, ends, and writes what it has loaded.
final class AotTraining {
    private static final int EVENTS = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final AotCache cache;
    private final FunctionPool pool;

    AotTraining(FunctionSettings settings, AotCache cache, FunctionLauncher launcher, LambdaLimits limits) {
        this.cache = cache;
        this.pool = new FunctionPool(settings, launcher, limits, new Unheard());
    }

    boolean isDone() {
        return cache.exists();
    }

    /// @return whether there is a cache now
    boolean run(byte[] event) throws IOException, InterruptedException {
        if (cache.exists()) {
            return true;
        }
        Files.createDirectories(cache.file().getParent());
        for (int i = 0; i < EVENTS; i++) {
            if (!(pool.invoke(event, PATIENCE, PATIENCE) instanceof Answered)) {
                pool.close();
                return false;
            }
        }
        boolean ended = pool.retire(PATIENCE);
        pool.close();
        return ended && cache.adopt();
    }

    void forget() throws IOException {
        Files.deleteIfExists(cache.file());
    }

    @Nullable
    FunctionProcess process(String id) {
        return pool.process(id);
    }

    void close() throws InterruptedException {
        pool.close();
    }

    /// A training that fails leaves no cache, and that is all there is to say.
    private static final class Unheard implements LambdaEvents {
        @Override
        public void started(String function, Duration init, Classes classes) {}

        @Override
        public void failed(String function, InvokeOutcome.Failed failure) {}

        @Override
        public void crashed(String function, int exitCode) {}

        @Override
        public void couldNotStart(String function, Exception cause) {}
    }
}

package io.lambdascope.localstack;

import io.lambdascope.localstack.host.lambda.LambdaHost;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/// Makes the functions' caches of classes in the background, one after the other.
final class CacheTrainer implements Closeable {
    private final Thread thread;

    private CacheTrainer(LambdaHost functions, Progress progress) {
        this.thread = Thread.ofPlatform().name("cache training").daemon().unstarted(() -> run(functions, progress));
    }

    static CacheTrainer start(LambdaHost functions, Progress progress) {
        CacheTrainer trainer = new CacheTrainer(functions, progress);
        trainer.thread.start();
        return trainer;
    }

    private static void run(LambdaHost functions, Progress progress) {
        List<String> untrained = SampleEvents.TRAINED.stream()
                .filter(function -> !functions.isTrained(function))
                .toList();
        if (untrained.isEmpty()) {
            return;
        }
        try {
            for (String function : untrained) {
                if (!functions.train(function, SampleEvents.of(function))) {
                    progress.complain("no cache of classes could be made for " + function);
                }
            }
            progress.done("functions start faster from now on: their caches of classes are made");
        } catch (IOException e) {
            progress.complain("no caches of classes could be made: " + e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}

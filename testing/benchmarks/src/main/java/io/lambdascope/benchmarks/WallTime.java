package io.lambdascope.benchmarks;

import java.util.Arrays;

/// How long one waits for work that uses several threads.
final class WallTime {
    private static final int WARM_UPS = 5;
    private static final int ROUNDS = 9;

    private WallTime() {}

    /// Seconds that `work` takes, warm: the median of several rounds.
    static double of(Runnable work) {
        for (int i = 0; i < WARM_UPS; i++) {
            work.run();
        }
        double[] seconds = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            long began = System.nanoTime();
            work.run();
            seconds[i] = (System.nanoTime() - began) / 1e9;
        }
        Arrays.sort(seconds);
        return seconds[ROUNDS / 2];
    }
}

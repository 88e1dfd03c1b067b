package io.lambdascope.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;

/// How much one core does: work is repeated on one thread and set against the processor time that the thread took, so
/// that what else the machine does counts little.
public final class CpuRate {
    private static final long WARM_UP_NANOS = 3_000_000_000L;
    private static final long ROUND_NANOS = 1_000_000_000L;
    private static final int ROUNDS = 7;

    /// Work that says how many items it did.
    @FunctionalInterface
    public interface Work {
        long run();
    }

    private CpuRate() {}

    /// Items per second of processor time: the median of several rounds.
    public static double of(Work work) {
        round(work, WARM_UP_NANOS);
        double[] rates = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            rates[i] = round(work, ROUND_NANOS);
        }
        Arrays.sort(rates);
        return rates[ROUNDS / 2];
    }

    private static double round(Work work, long nanos) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long began = threads.getCurrentThreadCpuTime();
        long items = 0;
        long took;
        do {
            items += work.run();
            took = threads.getCurrentThreadCpuTime() - began;
        } while (took < nanos);
        return items * 1e9 / took;
    }
}

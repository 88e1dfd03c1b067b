package io.lambdascope.testkit.wire;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/// How much memory something asks for: a measure of bad input that, unlike time, is the same on every machine.
public final class Allocation {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocation() {}

    /// Bytes that this thread allocates while `action` runs.
    public static long of(Runnable action) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        action.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}

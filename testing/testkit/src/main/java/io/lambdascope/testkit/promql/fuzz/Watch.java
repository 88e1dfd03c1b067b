package io.lambdascope.testkit.promql.fuzz;

import java.io.PrintStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Ends the process, saying where it was, when a question takes much longer than its deadline allows.
final class Watch {
    /// Far more than all ways to ask a question together may take, whatever else the machine does.
    private static final Duration LONGEST = FuzzWorld.TIME.multipliedBy(20);

    private final PrintStream out;
    private final Thread watched = Thread.currentThread();
    private volatile @Nullable String line;
    private volatile long since;

    Watch(PrintStream out) {
        this.out = out;
        Thread.ofPlatform().daemon().name("watch").start(this::watch);
    }

    void begin(String asked) {
        since = System.nanoTime();
        line = asked;
    }

    void end() {
        line = null;
    }

    private void watch() {
        while (true) {
            try {
                Thread.sleep(1000);
            } catch (InterruptedException e) {
                return;
            }
            String asked = line;
            if (asked != null && System.nanoTime() - since > LONGEST.toNanos()) {
                out.printf("%n%s%n  does not end:%n", asked);
                for (StackTraceElement frame : watched.getStackTrace()) {
                    out.println("    at " + frame);
                }
                Runtime.getRuntime().halt(3);
            }
        }
    }
}

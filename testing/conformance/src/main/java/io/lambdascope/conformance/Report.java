package io.lambdascope.conformance;

import java.io.PrintStream;

/// Collects the cases of a suite: prints a line for each that does not pass, and the totals last.
public final class Report {
    private final PrintStream out;
    private int passed;
    private int failed;
    private int skipped;

    public Report(PrintStream out) {
        this.out = out;
    }

    public void passed() {
        passed++;
    }

    /// @param what where the case stands, what was expected and what came, on one line
    public void failed(String what) {
        failed++;
        print(what);
    }

    /// Only where the data's own documentation says that a case may come out otherwise.
    ///
    /// @param what as [#failed] has it
    public void skipped(String what) {
        skipped++;
        print("skipped: " + what);
    }

    private void print(String what) {
        out.println(what.replace('\n', ' ').replace('\r', ' '));
    }

    public int failed() {
        return failed;
    }

    public int cases() {
        return passed + failed + skipped;
    }

    /// `N passed, M failed, K skipped`, alone on a line.
    public void close() {
        out.printf("%d passed, %d failed, %d skipped%n", passed, failed, skipped);
        out.flush();
    }
}

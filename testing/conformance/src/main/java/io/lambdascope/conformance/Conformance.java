package io.lambdascope.conformance;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// Runs a folder of conformance data: `Conformance <suite> <folder>`. Prints one line per failing case and closes with
/// `N passed, M failed, K skipped`. Exits with 0 if nothing failed, 1 if something did, 2 if it could not run.
public final class Conformance {
    private static final int FAILED = 1;
    private static final int CANNOT_RUN = 2;

    private static final Map<String, Suite> SUITES = new TreeMap<>(
            Map.of("promql", new PromqlSuite(), "logql", new LogqlSuite(), "dashboards", new DashboardsSuite()));

    private Conformance() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        int status = run(arguments, out, err);
        out.flush();
        System.exit(status);
    }

    /// @return the exit status
    static int run(String[] arguments, PrintStream out, PrintStream err) {
        String name = arguments.length > 0 ? arguments[0] : "";
        String folder = arguments.length > 1 ? arguments[1] : "";
        Suite suite = SUITES.get(name);
        if (suite == null) {
            err.printf(
                    "there is no suite \"%s\"; there are: %s. Say for example: make conformance SUITE=promql DIR=folder%n",
                    name, String.join(", ", SUITES.keySet()));
            return CANNOT_RUN;
        }
        if (folder.isEmpty()) {
            err.printf(
                    "which folder? Say make conformance SUITE=%s DIR=folder, with a folder that holds %s%n",
                    name, suite.files());
            return CANNOT_RUN;
        }
        Path directory = Path.of(folder);
        if (!Files.isDirectory(directory)) {
            err.printf("there is no folder %s%n", directory.toAbsolutePath());
            return CANNOT_RUN;
        }
        Report report = new Report(out);
        try {
            suite.run(directory, report);
        } catch (IOException e) {
            err.printf("cannot read %s: %s%n", directory.toAbsolutePath(), e);
            return CANNOT_RUN;
        }
        if (report.cases() == 0) {
            err.printf("%s holds no %s%n", directory.toAbsolutePath(), suite.files());
            return CANNOT_RUN;
        }
        report.close();
        return report.failed() == 0 ? 0 : FAILED;
    }
}

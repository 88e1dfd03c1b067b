package io.lambdascope.localstack;

import io.lambdascope.localstack.host.lambda.InvokeOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Measures how long each function takes from the start of its process to its first answer, without and with a cache
/// of classes.
public final class ColdStarts {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private ColdStarts() {}

    /// @param projectDir whose packaged functions are measured
    /// @param runs how often each is started, at least 1
    /// @return lines for people: a table
    public static List<String> measure(Path projectDir, int runs) throws IOException, InterruptedException {
        Path dataDir = Files.createTempDirectory("lambdascope-cold-starts-");
        MachineSettings settings = MachineSettings.forTests(projectDir, dataDir);
        List<String> lines = new ArrayList<>();
        lines.add("cold start: process started to first answer, median of %d (fastest), ms".formatted(runs));
        lines.add("%-10s %18s %18s".formatted("function", "without cache", "with AOT cache"));
        Progress progress = new Progress(System.err, dataDir.resolve("logs"));
        try (Machine machine = Machine.start(settings, progress)) {
            for (String function : SampleEvents.FUNCTIONS) {
                String without = median(machine, function, runs);
                boolean trained = machine.functions().train(function, SampleEvents.of(function));
                String with = trained ? median(machine, function, runs) : "no cache";
                lines.add("%-10s %18s %18s".formatted(function, without, with));
                machine.functions().forgetCache(function);
            }
        }
        return lines;
    }

    private static String median(Machine machine, String function, int runs) throws InterruptedException {
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            machine.functions().recycle(function);
            long start = System.nanoTime();
            InvokeOutcome outcome = machine.functions().invoke(function, SampleEvents.of(function), PATIENCE, PATIENCE);
            if (!(outcome instanceof InvokeOutcome.Answered)) {
                return "failed";
            }
            millis.add((System.nanoTime() - start) / 1_000_000);
        }
        Collections.sort(millis);
        return "%d (%d)".formatted(millis.get(millis.size() / 2), millis.getFirst());
    }

    /// Prints the table for the project in the working directory.
    public static void main(String[] args) throws IOException, InterruptedException {
        int runs = args.length == 0 ? 5 : Integer.parseInt(args[0]);
        measure(Path.of("."), runs).forEach(System.out::println);
        System.exit(0);
    }
}

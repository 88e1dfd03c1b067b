package io.lambdascope.benchmarks.dashboards;

import io.lambdascope.benchmarks.Recording;
import io.lambdascope.benchmarks.RecordingToOpenMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Ten queries of dashboards over 10,000 series of six hours, asked over HTTP of our functions on one machine and of a
/// Prometheus, in turns; answers must be the same. `testing/benchmarks/dashboards.sh` runs it.
public final class Dashboards {
    private static final int WARM_UP = 25;
    private static final int ROUNDS = 25;
    private static final int COLD_ROUNDS = 3;
    private static final double MOST_RATIO = 1.5;

    /// The fastest of several, milliseconds.
    private record Times(double ours, double theirs) {
        double ratio() {
            return ours / theirs;
        }
    }

    private Dashboards() {}

    /// @param args `data DIRECTORY` writes what promtool reads; `measure DIRECTORY` measures
    public static void main(String[] args) throws Exception {
        Path scratch = Path.of(args[1]);
        switch (args[0]) {
            case "data" ->
                RecordingToOpenMetrics.write(DashboardData.make(), Files.newOutputStream(scratch.resolve("data.om")));
            case "measure" -> measure(scratch);
            default -> throw new IllegalArgumentException("wanted: data or measure, not " + args[0]);
        }
        System.exit(0);
    }

    private static void measure(Path scratch) throws IOException, InterruptedException {
        Recording data = DashboardData.make();
        System.out.printf("    %d series, %d samples%n", data.series().size(), data.samples());
        Http http = new Http();
        try (Stack ours = Stack.start(scratch, data, http);
                Prometheus theirs = Prometheus.start(scratch, http)) {
            List<DashboardQuery> queries = DashboardQuery.all();
            for (DashboardQuery query : queries) {
                SameAnswers.check(query.text(), http.answer(query, ours.api()), http.answer(query, theirs.api()));
            }
            System.out.printf(
                    "    %-20s %31s   %31s%n",
                    "", "warm, ms: ours, Prometheus, ratio", "cold, ms: ours, Prometheus, ratio");
            int slow = 0;
            int faster = 0;
            for (DashboardQuery query : queries) {
                Times warm = warm(query, http, ours, theirs);
                Times cold = cold(query, http, ours, theirs);
                System.out.printf(
                        "    %-20s %11.1f %11.1f %9.2f   %11.1f %11.1f %9.2f%n",
                        query.name(), warm.ours, warm.theirs, warm.ratio(), cold.ours, cold.theirs, cold.ratio());
                slow += warm.ratio() > MOST_RATIO ? 1 : 0;
                faster += warm.ratio() < 1 ? 1 : 0;
            }
            System.out.printf(
                    "    warm: %d of %d slower than %.1f x, %d faster   (mark: 0 slower, half of them faster)%n",
                    slow, queries.size(), MOST_RATIO, faster);
        }
    }

    /// The fastest of some rounds: what else the machine does only ever makes one slower.
    private static Times warm(DashboardQuery query, Http http, Contender ours, Contender theirs)
            throws IOException, InterruptedException {
        for (int i = 0; i < WARM_UP; i++) {
            http.time(query, ours.api());
        }
        long least = Long.MAX_VALUE;
        long theirLeast = Long.MAX_VALUE;
        for (int i = 0; i < ROUNDS; i++) {
            least = Math.min(least, http.time(query, ours.api()));
            theirLeast = Math.min(theirLeast, http.time(query, theirs.api()));
        }
        return new Times(least / 1e6, theirLeast / 1e6);
    }

    private static Times cold(DashboardQuery query, Http http, Contender ours, Contender theirs)
            throws IOException, InterruptedException {
        long least = Long.MAX_VALUE;
        long theirLeast = Long.MAX_VALUE;
        for (int i = 0; i < COLD_ROUNDS; i++) {
            ours.restart();
            least = Math.min(least, http.time(query, ours.api()));
            theirs.restart();
            theirLeast = Math.min(theirLeast, http.time(query, theirs.api()));
        }
        return new Times(least / 1e6, theirLeast / 1e6);
    }
}

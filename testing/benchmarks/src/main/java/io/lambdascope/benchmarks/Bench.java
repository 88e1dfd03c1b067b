package io.lambdascope.benchmarks;

import io.lambdascope.benchmarks.dashboards.DashboardCpu;
import java.util.List;

/// Prints each figure beside the command that measures it. Arguments: names of measurements; none for all.
public final class Bench {
    private static final List<Measurement> ALL = List.of(
            new RemoteWriteRate(),
            new OtlpRate(),
            new LokiPushRate(),
            new SegmentSize(),
            new BlockSize(),
            new BlockRead(),
            new RateOverBlock(),
            new CachedResults(),
            new DashboardCpu(),
            new AwsCost());

    private Bench() {}

    public static void main(String[] args) throws Exception {
        List<String> wanted = List.of(args);
        for (String name : wanted) {
            if (ALL.stream().noneMatch(measurement -> measurement.name().equals(name))) {
                System.err.printf(
                        "no measurement is called \"%s\"; there are: %s%n",
                        name,
                        String.join(", ", ALL.stream().map(Measurement::name).toList()));
                System.exit(2);
            }
        }
        for (Measurement measurement : ALL) {
            if (wanted.isEmpty() || wanted.contains(measurement.name())) {
                System.out.printf("make bench ONLY=%s%n", measurement.name());
                for (Measurement.Figure figure : measurement.measure()) {
                    String mark = figure.mark().isEmpty() ? "" : "   (mark: " + figure.mark() + ")";
                    System.out.printf("    %-72s %16s%s%n", figure.what(), figure.value(), mark);
                }
            }
        }
    }
}

package io.lambdascope.benchmarks.dashboards;

import io.lambdascope.time.StepGrid;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// A query as dashboards have it, over all that [DashboardData] holds.
record DashboardQuery(String name, String text, StepGrid grid) {
    private static final String RESOURCE = "/dashboard-queries.txt";
    private static final long STEP_MILLIS = 30_000;

    static List<DashboardQuery> all() throws IOException {
        long end = DashboardData.START_MILLIS
                + Duration.ofHours(DashboardData.HOURS).toMillis();
        StepGrid grid = new StepGrid(DashboardData.START_MILLIS, end, STEP_MILLIS);
        try (InputStream in = DashboardQuery.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IOException("no resource " + RESOURCE);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\t"))
                    .map(parts -> new DashboardQuery(parts[0], parts[1], grid))
                    .toList();
        }
    }
}

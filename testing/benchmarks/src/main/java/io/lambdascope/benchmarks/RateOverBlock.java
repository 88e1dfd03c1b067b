package io.lambdascope.benchmarks;

import io.lambdascope.block.BlockCache;
import io.lambdascope.block.metrics.MetricsBlockSettings;
import io.lambdascope.catalog.metrics.StoredMetrics;
import io.lambdascope.exec.FanOut;
import io.lambdascope.exec.metrics.EngineSettings;
import io.lambdascope.exec.metrics.MetricsExecutor;
import io.lambdascope.exec.metrics.ScanExecutor;
import io.lambdascope.labels.Labels;
import io.lambdascope.limits.QueryBudget;
import io.lambdascope.plan.PlanSettings;
import io.lambdascope.plan.metrics.MetricsPlanner;
import io.lambdascope.ql.promql.CheckedQuery;
import io.lambdascope.ql.promql.PromChecker;
import io.lambdascope.ql.promql.PromParser;
import io.lambdascope.result.PromResult;
import io.lambdascope.source.Unit;
import io.lambdascope.source.metrics.MetricsUnits;
import io.lambdascope.store.MemoryObjectStore;
import io.lambdascope.time.StepGrid;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/// `rate()` over 1,000 counters of 24 h at 15 s, 5.8 M samples, in one level-2 block: from stored bytes to the answer,
/// warm: inline, and in pieces as the scan function runs them.
final class RateOverBlock implements Measurement {
    private static final int SERIES = 1000;
    private static final int SAMPLES = 24 * 60 * 4;
    static final int INSTANCES = 50;
    private static final int CORES = Math.max(2, Runtime.getRuntime().availableProcessors());
    static final long START = 1_795_000_000_000L - 1_795_000_000_000L % 86_400_000;
    static final String QUERY = "sum by (instance) (rate(http_requests_total[5m]))";

    @Override
    public String name() {
        return "rate-over-block";
    }

    @Override
    public List<Figure> measure() throws IOException {
        MemoryObjectStore store = new MemoryObjectStore(InstantSource.system());
        Unit unit = RecordingBlock.write(counters(), MetricsBlockSettings.DEFAULTS, store, "rate");
        CheckedQuery query = PromChecker.check(PromParser.parse(QUERY), QUERY);
        MetricsExecutor inline = executor(store, PlanSettings.INLINE);
        MetricsExecutor fannedOut = executor(store, new PlanSettings(0, 1, CORES, CORES));
        double perSecond = CpuRate.of(() -> ask(inline, query, unit));
        String what = QUERY + " over 5.8 M samples, step 1 min, ";
        return List.of(
                new Figure(what + "inline, one core", "%.2f s".formatted(1 / perSecond), "1 s on 2 cores"),
                new Figure(
                        what + "inline, waited for",
                        "%.2f s".formatted(WallTime.of(() -> ask(inline, query, unit))),
                        "1 s on 2 cores"),
                new Figure(
                        what + "%d pieces at once, waited for".formatted(CORES),
                        "%.2f s".formatted(WallTime.of(() -> ask(fannedOut, query, unit))),
                        "1 s on 2 cores"));
    }

    /// Pieces are scanned in this process, by what the scan function runs.
    static MetricsExecutor executor(MemoryObjectStore store, PlanSettings settings) {
        InstantSource clock = InstantSource.system();
        StoredMetrics opener = new StoredMetrics(store, new BlockCache(64 << 20));
        ScanExecutor scans = new ScanExecutor(opener, store, () -> "partial", clock);
        return new MetricsExecutor(new MetricsPlanner(settings), opener, new FanOut(scans, store, clock, CORES));
    }

    /// @return 1, for one answer
    private static long ask(MetricsExecutor executor, CheckedQuery query, Unit unit) {
        StepGrid grid = new StepGrid(START, START + 86_400_000 - 60_000, 60_000);
        PromResult answer = executor.execute(
                query, grid, EngineSettings.DEFAULTS, MetricsUnits.of(List.of(unit)), QueryBudget.unlimited());
        if (answer instanceof PromResult.Matrix matrix && matrix.series().size() == INSTANCES) {
            return 1;
        }
        throw new IllegalStateException("the answer must have %d series: %s".formatted(INSTANCES, answer));
    }

    static Recording counters() {
        SplittableRandom random = new SplittableRandom(2);
        List<Recording.Series> all = new ArrayList<>();
        for (int i = 0; i < SERIES; i++) {
            long[] times = new long[SAMPLES];
            double[] values = new double[SAMPLES];
            int busy = random.nextInt(1, 2000);
            double value = 0;
            for (int k = 0; k < SAMPLES; k++) {
                times[k] = START + k * 15_000L + i % 50;
                value += random.nextInt(busy);
                values[k] = value;
            }
            Labels labels = Labels.of(
                    Labels.NAME,
                    "http_requests_total",
                    "instance",
                    "host-%02d".formatted(i % INSTANCES),
                    "path",
                    "/%03d".formatted(i / INSTANCES));
            all.add(new Recording.Series(labels, times, values));
        }
        all.sort(Comparator.comparing(Recording.Series::labels));
        return new Recording(all);
    }
}

package io.lambdascope.benchmarks;

import io.lambdascope.block.BlockCache;
import io.lambdascope.block.metrics.MetricsBlockSettings;
import io.lambdascope.block.metrics.MetricsBlockSource;
import io.lambdascope.exec.metrics.EngineSettings;
import io.lambdascope.exec.metrics.MetricsEngine;
import io.lambdascope.exec.metrics.UnitSeriesReader;
import io.lambdascope.labels.Labels;
import io.lambdascope.limits.QueryBudget;
import io.lambdascope.ql.promql.CheckedQuery;
import io.lambdascope.ql.promql.PromChecker;
import io.lambdascope.ql.promql.PromParser;
import io.lambdascope.result.PromResult;
import io.lambdascope.source.Unit;
import io.lambdascope.store.MemoryObjectStore;
import io.lambdascope.time.StepGrid;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/// `rate()` over 1,000 counters of 24 h at 15 s, 5.8 M samples, in one level-2 block: from stored bytes to the answer,
/// warm, in one thread.
final class RateOverBlock implements Measurement {
    private static final int SERIES = 1000;
    private static final int SAMPLES = 24 * 60 * 4;
    private static final long START = 1_795_000_000_000L - 1_795_000_000_000L % 86_400_000;
    private static final String QUERY = "sum by (instance) (rate(http_requests_total[5m]))";

    @Override
    public String name() {
        return "rate-over-block";
    }

    @Override
    public List<Figure> measure() throws IOException {
        MemoryObjectStore store = new MemoryObjectStore(InstantSource.system());
        Unit unit = RecordingBlock.write(counters(), MetricsBlockSettings.DEFAULTS, store, "rate");
        MetricsEngine engine = new MetricsEngine(EngineSettings.DEFAULTS);
        CheckedQuery query = PromChecker.check(PromParser.parse(QUERY), QUERY);
        StepGrid grid = new StepGrid(START, START + 86_400_000 - 60_000, 60_000);
        BlockCache cache = new BlockCache(64 << 20);
        double perSecond = CpuRate.of(() -> {
            try (MetricsBlockSource source = new MetricsBlockSource(store, unit, cache)) {
                PromResult answer =
                        engine.evaluate(query, grid, new UnitSeriesReader(List.of(source)), QueryBudget.unlimited());
                return answer.toString().isEmpty() ? 0 : 1;
            }
        });
        return List.of(new Figure(
                QUERY + " over 5.8 M samples, step 1 min, one core",
                "%.2f s".formatted(1 / perSecond),
                "1 s on 2 cores"));
    }

    private static Recording counters() {
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
                    "host-%02d".formatted(i % 50),
                    "path",
                    "/%03d".formatted(i / 50));
            all.add(new Recording.Series(labels, times, values));
        }
        all.sort(Comparator.comparing(Recording.Series::labels));
        return new Recording(all);
    }
}

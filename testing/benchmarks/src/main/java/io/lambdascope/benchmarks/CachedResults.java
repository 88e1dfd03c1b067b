package io.lambdascope.benchmarks;

import io.lambdascope.block.metrics.MetricsBlockSettings;
import io.lambdascope.exec.metrics.EngineSettings;
import io.lambdascope.exec.metrics.MetricsExecutor;
import io.lambdascope.exec.metrics.ResultCache;
import io.lambdascope.limits.QueryBudget;
import io.lambdascope.plan.PlanSettings;
import io.lambdascope.ql.promql.CheckedQuery;
import io.lambdascope.result.PromResult;
import io.lambdascope.source.Unit;
import io.lambdascope.source.metrics.MetricsUnits;
import io.lambdascope.store.MemoryObjectStore;
import io.lambdascope.time.StepGrid;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// A range query over 24 h of blocks, the query and data of [RateOverBlock]: without results that are kept, asked
/// first,
/// asked again, and asked again as a dashboard does, a step later. Processor time, blocks in memory.
final class CachedResults implements Measurement {
    private static final long HOUR = 3_600_000;
    private static final long STEP = 60_000;
    private static final long CACHE_BYTES = 64 << 20;

    private final MemoryObjectStore store = new MemoryObjectStore(InstantSource.system());
    private final CheckedQuery query = CheckedQuery.of(RateOverBlock.QUERY);

    @Override
    public String name() {
        return "cached-results";
    }

    @Override
    public List<Figure> measure() throws IOException {
        Recording recording = RateOverBlock.counters();
        List<Unit> windows = new ArrayList<>();
        for (long from = RateOverBlock.START; from < RateOverBlock.START + 24 * HOUR; from += 2 * HOUR) {
            windows.add(write(recording.between(from, from + 2 * HOUR), "window-" + from));
        }
        List<Figure> figures = new ArrayList<>();
        figures.addAll(figures("12 blocks of 2 h", MetricsUnits.of(windows)));
        figures.addAll(figures("a block of 24 h", MetricsUnits.of(List.of(write(recording, "day")))));
        return figures;
    }

    private Unit write(Recording recording, String id) throws IOException {
        return RecordingBlock.write(recording, MetricsBlockSettings.DEFAULTS, store, id);
    }

    private List<Figure> figures(String where, MetricsUnits units) {
        MetricsExecutor plain = RateOverBlock.executor(store, PlanSettings.INLINE);
        Supplier<MetricsExecutor> fresh = () -> plain.withCache(new ResultCache(CACHE_BYTES));
        MetricsExecutor kept = fresh.get();
        long end = RateOverBlock.START + 24 * HOUR - STEP;
        ask(kept, units, end);
        double first = millis(() -> ask(fresh.get(), units, end));
        double both = millis(() -> {
            MetricsExecutor moving = fresh.get();
            ask(moving, units, end - STEP);
            return ask(moving, units, end);
        });
        String what = "24 h by 1 min over " + where + ", ";
        return List.of(
                figure(what + "in one piece", millis(() -> ask(plain, units, end))),
                figure(what + "first answer", first),
                figure(what + "the same again", millis(() -> ask(kept, units, end))),
                figure(what + "a minute later", both - first));
    }

    private static double millis(CpuRate.Work work) {
        return 1000 / CpuRate.of(work);
    }

    private static Figure figure(String what, double millis) {
        return new Figure(what, "%.1f ms".formatted(millis), "");
    }

    /// @return 1, for one answer
    private long ask(MetricsExecutor executor, MetricsUnits units, long end) {
        StepGrid grid = new StepGrid(end - 24 * HOUR + STEP, end, STEP);
        PromResult answer = executor.execute(query, grid, EngineSettings.DEFAULTS, units, QueryBudget.unlimited());
        if (answer instanceof PromResult.Matrix matrix && matrix.series().size() == RateOverBlock.INSTANCES) {
            return 1;
        }
        throw new IllegalStateException("the answer is not whole: " + answer);
    }
}

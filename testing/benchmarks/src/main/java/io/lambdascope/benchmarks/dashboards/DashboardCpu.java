package io.lambdascope.benchmarks.dashboards;

import io.lambdascope.api.HttpRequest;
import io.lambdascope.api.HttpResponse;
import io.lambdascope.api.prometheus.PrometheusResponses;
import io.lambdascope.api.prometheus.StatsWanted;
import io.lambdascope.benchmarks.CpuRate;
import io.lambdascope.benchmarks.Measurement;
import io.lambdascope.benchmarks.Recording;
import io.lambdascope.benchmarks.RecordingBlock;
import io.lambdascope.block.BlockCache;
import io.lambdascope.block.metrics.MetricsBlockSettings;
import io.lambdascope.catalog.metrics.StoredMetrics;
import io.lambdascope.exec.FanOut;
import io.lambdascope.exec.metrics.EngineSettings;
import io.lambdascope.exec.metrics.MetricsExecutor;
import io.lambdascope.limits.QueryBudget;
import io.lambdascope.limits.Tenant;
import io.lambdascope.plan.PlanSettings;
import io.lambdascope.plan.metrics.MetricsPlanner;
import io.lambdascope.ql.promql.CheckedQuery;
import io.lambdascope.query.PromAnswer;
import io.lambdascope.query.QueryStats;
import io.lambdascope.result.PromResult;
import io.lambdascope.source.Unit;
import io.lambdascope.source.metrics.MetricsUnits;
import io.lambdascope.store.MemoryObjectStore;
import io.lambdascope.time.StepGrid;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The processor time of the queries of [Dashboards], warm, in one thread: from blocks in memory to compressed JSON.
public final class DashboardCpu implements Measurement {
    private static final Map<String, String> AS_GRAFANA = Map.of("accept-encoding", "gzip");

    @Override
    public String name() {
        return "dashboards-cpu";
    }

    @Override
    public List<Figure> measure() throws IOException {
        MemoryObjectStore store = new MemoryObjectStore(InstantSource.system());
        MetricsUnits units = MetricsUnits.of(blocks(DashboardData.make(), store));
        MetricsExecutor executor = new MetricsExecutor(
                new MetricsPlanner(PlanSettings.INLINE),
                new StoredMetrics(store, new BlockCache(256 << 20)),
                new FanOut(
                        _ -> {
                            throw new IllegalStateException("nothing should be sent");
                        },
                        store,
                        InstantSource.system(),
                        1));
        HttpRequest request = new HttpRequest("GET", "/api/v1/query_range", "", AS_GRAFANA, new byte[0]);
        List<Figure> figures = new ArrayList<>();
        for (DashboardQuery query : DashboardQuery.all()) {
            CheckedQuery checked = CheckedQuery.of(query.text());
            StepGrid grid = query.grid();
            double perSecond = CpuRate.of(() -> {
                PromResult answer =
                        executor.execute(checked, grid, EngineSettings.DEFAULTS, units, QueryBudget.unlimited());
                HttpResponse response = new PrometheusResponses(request)
                        .result(new PromAnswer(answer, QueryStats.none(grid)), query.text(), 0, StatsWanted.NONE);
                return response.status() == 200 ? 1 : 0;
            });
            figures.add(new Figure(query.name(), "%.1f ms".formatted(1000 / perSecond), ""));
        }
        return figures;
    }

    private static List<Unit> blocks(Recording data, MemoryObjectStore store) throws IOException {
        List<Unit> blocks = new ArrayList<>();
        for (Recording part : DashboardData.cut(data)) {
            String id = "block-" + blocks.size();
            blocks.add(RecordingBlock.write(
                    part, MetricsBlockSettings.DEFAULTS, store, new Tenant("bench"), id, "blocks/" + id + "/"));
        }
        return blocks;
    }
}

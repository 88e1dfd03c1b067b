package io.lambdascope.testkit.promql;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.SeriesSamples;
import io.lambdascope.testkit.metrics.MemoryMetricsSource;
import java.util.List;
import java.util.SortedMap;

/// Everything in memory.
public final class MemoryPlacement implements DataPlacement {
    @Override
    public ScriptEngine place(SortedMap<Labels, SeriesSamples> data) {
        MemoryMetricsSource source = new MemoryMetricsSource();
        data.forEach(source::add);
        return ScriptEngines.over(List.of(source));
    }
}

package io.lambdascope.testkit.promql;

import io.lambdascope.exec.metrics.EngineSettings;
import io.lambdascope.exec.metrics.MetricsEngine;
import io.lambdascope.exec.metrics.SeriesReader;
import io.lambdascope.exec.metrics.UnitSeriesReader;
import io.lambdascope.limits.QueryBudget;
import io.lambdascope.source.metrics.MetricsSource;
import java.util.List;

/// Engines as scripts assume them: everything that is experimental switched on.
public final class ScriptEngines {
    public static final EngineSettings SETTINGS =
            EngineSettings.DEFAULTS.withDelayedNameRemoval(true).withStartTimestamps(true);

    private ScriptEngines() {}

    /// An engine over what `sources` hold together; it does not close them.
    public static ScriptEngine over(List<? extends MetricsSource> sources) {
        MetricsEngine engine = new MetricsEngine(SETTINGS);
        SeriesReader reader = new UnitSeriesReader(sources);
        return (query, grid) -> engine.evaluate(query, grid, reader, QueryBudget.unlimited());
    }
}

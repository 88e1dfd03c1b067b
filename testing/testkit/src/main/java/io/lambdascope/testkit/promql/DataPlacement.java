package io.lambdascope.testkit.promql;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.SeriesSamples;
import java.util.SortedMap;

/// Where a script's data lies while it is asked: in memory, in segments, in blocks, in several of them. Every placement
/// must give the same answers.
@FunctionalInterface
public interface DataPlacement {
    /// Places `data` and gives an engine that reads it there.
    ScriptEngine place(SortedMap<Labels, SeriesSamples> data);
}

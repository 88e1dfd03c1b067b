package io.lambdascope.testkit.promql;

import io.lambdascope.model.metrics.NativeHistogram;

/// What stands at one step of a series in a script.
public sealed interface ScriptValue {
    ScriptValue GAP = new Gap();

    /// No sample.
    record Gap() implements ScriptValue {}

    record Number(double value) implements ScriptValue {}

    /// @param hintGiven whether the script spells out the counter reset hint, which is compared only then
    record Histogram(NativeHistogram value, boolean hintGiven) implements ScriptValue {}
}

package io.lambdascope.testkit.promql;

import io.lambdascope.time.StepGrid;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one eval must come to.
///
/// @param fail what the error's text must be, null if the query must succeed
/// @param warnings each must match a warning and each warning one of them; empty for no demand
/// @param infos as `warnings`
/// @param ordered whether the order of an instant vector counts
/// @param string the value, if the result must be a string
/// @param scalar the value, if the result must be a scalar
/// @param matrixGrid the moments of `series`, if an instant query must come to a range vector
/// @param series the series of the result in the script's order, none for an empty result
public record Expectation(
        @Nullable TextMatch fail,
        List<TextMatch> warnings,
        boolean noWarning,
        List<TextMatch> infos,
        boolean noInfo,
        boolean ordered,
        @Nullable String string,
        @Nullable Double scalar,
        @Nullable StepGrid matrixGrid,
        List<SeriesNotation.SeriesLine> series) {
    public Expectation {
        warnings = List.copyOf(warnings);
        infos = List.copyOf(infos);
        series = List.copyOf(series);
    }
}

package io.lambdascope.exec.logs;

import io.lambdascope.vector.StepSeries;
import java.util.List;

/// What an expression is worth at all steps.
sealed interface Value {
    /// The same number at every step: LogQL has no scalars that change.
    record Scalar(double value) implements Value {}

    record Vector(List<StepSeries> series) implements Value {}
}

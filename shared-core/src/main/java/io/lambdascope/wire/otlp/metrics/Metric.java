package io.lambdascope.wire.otlp.metrics;

import io.lambdascope.fault.Rejections;
import io.lambdascope.model.SymbolTable;

/// The metric whose data points are read.
///
/// @param otelName as it was sent, for texts
/// @param family its name in Prometheus
/// @param name symbol of `family`
/// @param delta whether its points say what came since the point before
record Metric(String otelName, String family, int name, boolean delta) {
    static Metric of(String otelName, String family, boolean delta, SymbolTable symbols) {
        return new Metric(otelName, family, symbols.intern(family), delta);
    }

    /// Symbol of the family's name with `suffix`.
    int suffixed(String suffix, SymbolTable symbols) {
        return symbols.intern(family + suffix);
    }

    /// As texts name it.
    String quoted() {
        return "metric \"%s\"".formatted(Rejections.shorten(otelName));
    }
}

package io.lambdascope.model.logs;

import io.lambdascope.model.SymbolTable;
import java.util.List;
import java.util.function.IntUnaryOperator;

/// The label by which Grafana's Logs Drilldown and OpenTelemetry know who wrote a stream. A stream that comes without
/// gets it from what else it says.
public final class ServiceName {
    public static final String LABEL = "service_name";

    private static final String UNKNOWN = "unknown_service";

    private final int label;
    private final int[] sources;
    private final int unknown;

    /// @param symbols of the batch
    /// @param sources names of what may tell it, the best first; none if nobody is to be asked
    public ServiceName(SymbolTable symbols, List<String> sources) {
        this.label = symbols.intern(LABEL);
        this.sources = sources.stream().mapToInt(symbols::intern).toArray();
        this.unknown = symbols.intern(UNKNOWN);
    }

    /// The symbol of the label.
    public int label() {
        return label;
    }

    /// The symbol of the value for a stream, -1 if it needs none: it has one, or nobody is to be asked.
    ///
    /// @param values for the symbol of a name that of its value, -1 if there is none
    public int discover(IntUnaryOperator values) {
        if (sources.length == 0 || values.applyAsInt(label) >= 0) {
            return -1;
        }
        for (int source : sources) {
            int value = values.applyAsInt(source);
            if (value >= 0) {
                return value;
            }
        }
        return unknown;
    }
}

package io.lambdascope.model.logs;

import java.util.List;
import java.util.function.UnaryOperator;

/// The label by which Grafana's Logs Drilldown and OpenTelemetry know who wrote a stream. A stream that comes without
/// gets it from what else it says.
public final class ServiceName {
    public static final String LABEL = "service_name";

    /// Of who does not say so.
    public static final String UNKNOWN = "unknown_service";

    private ServiceName() {}

    /// @param sources what may tell it, the best first
    /// @param values the value of each, empty if there is none
    public static String discover(List<String> sources, UnaryOperator<String> values) {
        return sources.stream()
                .map(values)
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse(UNKNOWN);
    }
}

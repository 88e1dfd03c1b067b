package io.lambdascope.wire.otlp.metrics;

import io.lambdascope.wire.otlp.CommonShapes;
import io.lambdascope.wire.otlp.MessageShape;

/// An `ExportMetricsServiceRequest` as JSON has it (opentelemetry-proto `metrics/v1/metrics.proto`).
public final class MetricsShapes {
    private static final MessageShape EXEMPLAR = new MessageShape()
            .fixed64(2, "timeUnixNano")
            .float64(3, "asDouble")
            .id(4, "spanId")
            .id(5, "traceId")
            .fixed64(6, "asInt")
            .messages(7, "filteredAttributes", CommonShapes.KEY_VALUE);

    private static final MessageShape NUMBER_POINT = new MessageShape()
            .fixed64(2, "startTimeUnixNano")
            .fixed64(3, "timeUnixNano")
            .float64(4, "asDouble")
            .messages(5, "exemplars", EXEMPLAR)
            .fixed64(6, "asInt")
            .messages(7, "attributes", CommonShapes.KEY_VALUE)
            .varint(8, "flags");

    private static final MessageShape HISTOGRAM_POINT = new MessageShape()
            .fixed64(2, "startTimeUnixNano")
            .fixed64(3, "timeUnixNano")
            .fixed64(4, "count")
            .float64(5, "sum")
            .fixed64s(6, "bucketCounts")
            .float64s(7, "explicitBounds")
            .messages(8, "exemplars", EXEMPLAR)
            .messages(9, "attributes", CommonShapes.KEY_VALUE)
            .varint(10, "flags");

    private static final MessageShape BUCKETS =
            new MessageShape().zigzag(1, "offset").varints(2, "bucketCounts");

    private static final MessageShape EXPONENTIAL_POINT = new MessageShape()
            .messages(1, "attributes", CommonShapes.KEY_VALUE)
            .fixed64(2, "startTimeUnixNano")
            .fixed64(3, "timeUnixNano")
            .fixed64(4, "count")
            .float64(5, "sum")
            .zigzag(6, "scale")
            .fixed64(7, "zeroCount")
            .message(8, "positive", BUCKETS)
            .message(9, "negative", BUCKETS)
            .varint(10, "flags")
            .messages(11, "exemplars", EXEMPLAR)
            .float64(14, "zeroThreshold");

    private static final MessageShape SUMMARY_POINT = new MessageShape()
            .fixed64(2, "startTimeUnixNano")
            .fixed64(3, "timeUnixNano")
            .fixed64(4, "count")
            .float64(5, "sum")
            .messages(
                    6,
                    "quantileValues",
                    new MessageShape().float64(1, "quantile").float64(2, "value"))
            .messages(7, "attributes", CommonShapes.KEY_VALUE)
            .varint(8, "flags");

    private static final MessageShape METRIC = new MessageShape()
            .text(1, "name")
            .text(2, "description")
            .text(3, "unit")
            .message(5, "gauge", new MessageShape().messages(1, "dataPoints", NUMBER_POINT))
            .message(7, "sum", points(NUMBER_POINT).bool(3, "isMonotonic"))
            .message(9, "histogram", points(HISTOGRAM_POINT))
            .message(10, "exponentialHistogram", points(EXPONENTIAL_POINT))
            .message(11, "summary", new MessageShape().messages(1, "dataPoints", SUMMARY_POINT));

    private static final MessageShape SCOPE_METRICS = new MessageShape()
            .message(1, "scope", CommonShapes.SCOPE)
            .messages(2, "metrics", METRIC)
            .text(3, "schemaUrl");

    private static final MessageShape RESOURCE_METRICS =
            new MessageShape().message(1, "resource", CommonShapes.RESOURCE).messages(2, "scopeMetrics", SCOPE_METRICS);

    public static final MessageShape REQUEST = new MessageShape().messages(1, "resourceMetrics", RESOURCE_METRICS);

    private MetricsShapes() {}

    private static MessageShape points(MessageShape point) {
        return new MessageShape().messages(1, "dataPoints", point).varint(2, "aggregationTemporality");
    }
}

package io.lambdascope.wire.otlp.logs;

import io.lambdascope.wire.otlp.CommonShapes;
import io.lambdascope.wire.otlp.MessageShape;

/// An `ExportLogsServiceRequest` as JSON has it (opentelemetry-proto `logs/v1/logs.proto`).
public final class LogsShapes {
    private static final MessageShape LOG_RECORD = new MessageShape()
            .fixed64(1, "timeUnixNano")
            .varint(2, "severityNumber")
            .text(3, "severityText")
            .message(5, "body", CommonShapes.ANY_VALUE)
            .messages(6, "attributes", CommonShapes.KEY_VALUE)
            .varint(7, "droppedAttributesCount")
            .fixed32(8, "flags")
            .id(9, "traceId")
            .id(10, "spanId")
            .fixed64(11, "observedTimeUnixNano")
            .text(12, "eventName");

    private static final MessageShape SCOPE_LOGS = new MessageShape()
            .message(1, "scope", CommonShapes.SCOPE)
            .messages(2, "logRecords", LOG_RECORD)
            .text(3, "schemaUrl");

    private static final MessageShape RESOURCE_LOGS =
            new MessageShape().message(1, "resource", CommonShapes.RESOURCE).messages(2, "scopeLogs", SCOPE_LOGS);

    public static final MessageShape REQUEST = new MessageShape().messages(1, "resourceLogs", RESOURCE_LOGS);

    private LogsShapes() {}
}

package io.lambdascope.wire.otlp;

/// What the requests of all signals have in common (opentelemetry-proto `common/v1/common.proto`,
/// `resource/v1/resource.proto`).
public final class CommonShapes {
    public static final MessageShape ANY_VALUE = new MessageShape();

    public static final MessageShape KEY_VALUE =
            new MessageShape().text(1, "key").message(2, "value", ANY_VALUE);

    static {
        ANY_VALUE
                .text(1, "stringValue")
                .bool(2, "boolValue")
                .varint(3, "intValue")
                .float64(4, "doubleValue")
                .message(5, "arrayValue", new MessageShape().messages(1, "values", ANY_VALUE))
                .message(6, "kvlistValue", new MessageShape().messages(1, "values", KEY_VALUE))
                .bytes(7, "bytesValue");
    }

    public static final MessageShape RESOURCE = new MessageShape().messages(1, "attributes", KEY_VALUE);

    public static final MessageShape SCOPE = new MessageShape()
            .text(1, "name")
            .text(2, "version")
            .messages(3, "attributes", KEY_VALUE)
            .varint(4, "droppedAttributesCount");

    private CommonShapes() {}
}

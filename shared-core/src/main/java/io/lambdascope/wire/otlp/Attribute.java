package io.lambdascope.wire.otlp;

import static io.lambdascope.wire.ProtoReader.LENGTH;

import io.lambdascope.fault.Fault;
import io.lambdascope.wire.ProtoReader;
import java.util.List;

/// A `KeyValue` whose value is text (opentelemetry-proto `common/v1/common.proto`).
///
/// @param value as [AnyValueText] writes it; empty if there is none
public record Attribute(String key, String value) {
    /// More than any sender has, few enough to cost little.
    private static final int MAX_COUNT = 1024;

    /// Reads the one that begins here and adds it to the others of its owner.
    ///
    /// @throws Fault BAD_REQUEST if it is one too many
    public static void read(ProtoReader in, List<Attribute> others) {
        checkCount(others.size());
        others.add(read(in));
    }

    /// @param count how many attributes a point, a resource, a scope … has so far
    /// @throws Fault BAD_REQUEST if it may have no more
    public static void checkCount(int count) {
        if (count >= MAX_COUNT) {
            throw Fault.badRequest("something has more than %d attributes", MAX_COUNT);
        }
    }

    private static Attribute read(ProtoReader in) {
        String key = "";
        String value = "";
        int outer = in.enter();
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case 1 << 3 | LENGTH -> key = in.text();
                case 2 << 3 | LENGTH -> {
                    int keyValue = in.enter();
                    value = AnyValueText.of(in);
                    in.leave(keyValue);
                }
                default -> in.skipField(tag);
            }
        }
        in.leave(outer);
        return new Attribute(key, value);
    }
}

package io.lambdascope.testkit.logs;

import io.lambdascope.wire.ProtoWriter;
import java.util.List;

/// What a sender of OTLP logs puts on the wire: a resource for each stream, whose labels are its attributes, and an
/// attribute of the record for each piece of structured metadata.
public final class OtlpLogsBody {
    private OtlpLogsBody() {}

    /// `items` as an `ExportLogsServiceRequest`: neighbouring items of one stream share it.
    public static byte[] of(List<LogItem> items) {
        ProtoWriter out = new ProtoWriter(1024);
        int from = 0;
        while (from < items.size()) {
            LogItem first = items.get(from);
            int resourceLogs = out.begin(1);
            int resource = out.begin(1);
            first.stream().forEach((name, value) -> attribute(out, 1, name, value));
            out.end(resource);
            int scopeLogs = out.begin(2);
            for (; from < items.size() && items.get(from).stream().equals(first.stream()); from++) {
                record(out, items.get(from));
            }
            out.end(scopeLogs);
            out.end(resourceLogs);
        }
        return out.toByteArray();
    }

    private static void record(ProtoWriter out, LogItem item) {
        int record = out.begin(2);
        out.fixed64(1, item.timeNanos());
        int body = out.begin(5);
        out.text(1, item.line());
        out.end(body);
        item.metadata().forEach((name, value) -> attribute(out, 6, name, value));
        out.end(record);
    }

    private static void attribute(ProtoWriter out, int field, String name, String value) {
        int attribute = out.begin(field);
        out.text(1, name);
        int any = out.begin(2);
        out.text(1, value);
        out.end(any);
        out.end(attribute);
    }
}

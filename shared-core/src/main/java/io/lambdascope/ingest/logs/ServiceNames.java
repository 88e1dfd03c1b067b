package io.lambdascope.ingest.logs;

import io.lambdascope.limits.LogsLimits;
import io.lambdascope.limits.TenantLimits;
import io.lambdascope.model.LabelSets;
import io.lambdascope.model.SymbolTable;
import io.lambdascope.model.logs.LogsBatch;
import io.lambdascope.model.logs.ServiceName;
import java.util.List;

/// Gives streams that come without a `service_name` one.
final class ServiceNames {
    private ServiceNames() {}

    /// Streams without any label stay without: they are refused.
    static void discover(LogsBatch batch, TenantLimits limits) {
        List<String> sources = limits.get(LogsLimits.DISCOVER_SERVICE_NAME);
        if (sources.isEmpty()) {
            return;
        }
        LabelSets streams = batch.streams();
        SymbolTable symbols = batch.symbols();
        int name = symbols.intern(ServiceName.LABEL);
        int[] found = new int[streams.size()];
        for (int stream = 0; stream < found.length; stream++) {
            int number = stream;
            boolean named = streams.start(stream) == streams.end(stream) || valueOf(name, stream, streams) >= 0;
            found[stream] =
                    named ? -1 : symbols.intern(ServiceName.discover(sources, source -> text(source, number, streams)));
        }
        streams.put(name, found);
    }

    private static String text(String name, int stream, LabelSets streams) {
        int symbol = streams.table().find(name);
        int value = symbol < 0 ? -1 : valueOf(symbol, stream, streams);
        return value < 0 ? "" : streams.table().text(value);
    }

    private static int valueOf(int name, int stream, LabelSets streams) {
        for (int at = streams.start(stream); at < streams.end(stream); at += 2) {
            if (streams.pairs()[at] == name) {
                return streams.pairs()[at + 1];
            }
        }
        return -1;
    }
}

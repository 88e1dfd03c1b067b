package io.lambdascope.ingest.logs;

import io.lambdascope.limits.LogsLimits;
import io.lambdascope.limits.TenantLimits;
import io.lambdascope.model.LabelSets;
import io.lambdascope.model.logs.LogsBatch;
import io.lambdascope.model.logs.ServiceName;

/// Gives streams that come without a `service_name` one.
final class ServiceNames {
    private ServiceNames() {}

    /// Streams without any label stay without: they are refused.
    static void discover(LogsBatch batch, TenantLimits limits) {
        ServiceName name = new ServiceName(batch.symbols(), limits.get(LogsLimits.DISCOVER_SERVICE_NAME));
        LabelSets streams = batch.streams();
        int[] found = new int[streams.size()];
        boolean any = false;
        for (int stream = 0; stream < found.length; stream++) {
            int number = stream;
            boolean empty = streams.start(stream) == streams.end(stream);
            found[stream] = empty ? -1 : name.discover(label -> streams.value(number, label));
            any |= found[stream] >= 0;
        }
        if (any) {
            streams.put(name.label(), found);
        }
    }
}

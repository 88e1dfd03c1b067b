package io.lambdascope.benchmarks.dashboards;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;

/// Something that answers Prometheus' query API over the same data.
interface Contender extends Closeable {
    String name();

    /// Base of `query_range` and the like, with a slash at its end.
    URI api();

    /// Ends the process that answers and waits until a new one does. What it had read may still be in the page cache.
    void restart() throws IOException, InterruptedException;
}

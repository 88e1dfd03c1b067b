package io.lambdascope.source.metrics;

import java.io.Closeable;

/// Series of one tenant in one unit. Segments and blocks are read through this alone.
public interface MetricsSource extends Closeable {
    /// Opens a cursor over the series that pass `request.matchers()` and lie in `request.shard()`, each with its
    /// samples
    /// inside `request.range()`; the caller closes it. Matchers and range are exact here, not hints: a cursor never
    /// yields a series that fails them, nor one without a sample in range.
    ///
    /// @throws io.lambdascope.fault.Fault CORRUPT_DATA or UNAVAILABLE
    MetricsCursor scan(MetricsScan request);

    @Override
    void close();
}

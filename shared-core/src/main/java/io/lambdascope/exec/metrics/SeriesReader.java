package io.lambdascope.exec.metrics;

import io.lambdascope.source.metrics.MetricsCursor;
import io.lambdascope.source.metrics.MetricsScan;

/// Where evaluation reads series: all units of the query as one.
@FunctionalInterface
public interface SeriesReader {
    /// Opens a cursor over what `scan` asks for, each series once; the caller closes it.
    ///
    /// @throws io.lambdascope.fault.Fault CORRUPT_DATA or UNAVAILABLE
    MetricsCursor read(MetricsScan scan);
}

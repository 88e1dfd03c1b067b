package io.lambdascope.source.metrics;

import io.lambdascope.model.metrics.MetricMetadata;
import java.io.Closeable;
import java.util.List;

/// Series of one tenant in one unit. Segments and blocks are read through this alone.
public interface MetricsSource extends Closeable {
    /// Opens a cursor over the series that pass `request.matchers()` and lie in `request.shard()`, each with its
    /// samples inside `request.range()`; the caller closes it. Matchers and range are exact here, not hints: a cursor
    /// never yields a series that fails them, nor one without a sample in range.
    ///
    /// @throws io.lambdascope.fault.Fault CORRUPT_DATA or UNAVAILABLE
    MetricsCursor scan(MetricsScan request);

    /// The exemplars inside `request.range()` of the series that pass, in no order; some may stand twice.
    ///
    /// @throws io.lambdascope.fault.Fault CORRUPT_DATA or UNAVAILABLE
    default List<SeriesExemplar> exemplars(MetricsScan request) {
        return List.of();
    }

    /// What metric families say of themselves, in no order; some may stand twice or say several things.
    ///
    /// @throws io.lambdascope.fault.Fault CORRUPT_DATA or UNAVAILABLE
    default List<MetricMetadata> metadata() {
        return List.of();
    }

    @Override
    void close();
}

package io.lambdascope.source.metrics;

import io.lambdascope.model.metrics.MetricMetadata;
import java.io.Closeable;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// Series of one tenant in one unit. Segments and blocks are read through this alone.
public interface MetricsSource extends Closeable {
    /// Opens a cursor over the series that pass `request.matchers()` and lie in `request.shard()`, each with its
    /// samples
    /// inside `request.range()`; the caller closes it. Matchers and range are exact here, not hints: a cursor never
    /// yields a series that fails them, nor one without a sample in range.
    ///
    /// @throws io.lambdascope.fault.Fault CORRUPT_DATA or UNAVAILABLE
    MetricsCursor scan(MetricsScan request);

    /// The values that the label `name` has in the series that [#scan] would yield. Samples are not read, and of labels
    /// no more than has to be.
    ///
    /// @throws io.lambdascope.fault.Fault CORRUPT_DATA or UNAVAILABLE
    default SortedSet<String> labelValues(String name, MetricsScan request) {
        SortedSet<String> values = new TreeSet<>();
        try (MetricsCursor cursor = scan(request.withoutSamples())) {
            while (cursor.next()) {
                values.add(cursor.labels().get(name));
            }
        }
        values.remove("");
        return values;
    }

    /// Opens a cursor over the exemplars inside `request.range()` of the series that pass `request.matchers()` and lie
    /// in `request.shard()`, whether or not a sample of the series is in range; the caller closes it.
    ///
    /// @throws io.lambdascope.fault.Fault CORRUPT_DATA or UNAVAILABLE
    ExemplarCursor exemplars(MetricsScan request);

    /// All metadata that the unit holds, equal items once, in no order.
    ///
    /// @throws io.lambdascope.fault.Fault CORRUPT_DATA or UNAVAILABLE
    List<MetricMetadata> metadata();

    @Override
    void close();
}

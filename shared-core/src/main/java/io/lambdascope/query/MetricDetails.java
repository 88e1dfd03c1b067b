package io.lambdascope.query;

import io.lambdascope.model.metrics.MetricMetadata;
import io.lambdascope.source.metrics.SeriesExemplars;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;

/// Answers what is stored beside samples. Every method may fail with a [io.lambdascope.fault.Fault]: OVER_LIMIT,
/// TIMEOUT,
/// UNAVAILABLE, CORRUPT_DATA.
public interface MetricDetails {
    /// Exemplars of series that pass one of the selectors, in the order of their labels, each series once. The limit
    /// does not count here.
    Found<List<SeriesExemplars>> exemplars(SeriesRequest request);

    /// What metric families say of themselves, by name: several items where senders do not agree.
    Found<SortedMap<String, SortedSet<MetricMetadata>>> metadata(MetadataRequest request);
}

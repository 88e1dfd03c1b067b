package io.lambdascope.query;

import io.lambdascope.result.PromResult;
import java.util.List;

/// Reads samples as they are stored, for who evaluates them elsewhere. Both methods may fail with a
/// [io.lambdascope.fault.Fault]: OVER_LIMIT, TIMEOUT, UNAVAILABLE, CORRUPT_DATA.
public interface SampleReads {
    /// Passes on series: read by read, in the order of their labels, each once in a read.
    void samples(SamplesRequest request, SamplesRequest.Consumer consumer);

    /// The newest sample of each series, if it is no older than the lookback and does not mark the end of its series;
    /// in the order of labels, each series once.
    List<PromResult.Sample> newest(NewestRequest request);
}

package io.lambdascope.query;

import io.lambdascope.labels.Labels;
import io.lambdascope.labels.Matcher;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.metrics.SeriesSamples;
import io.lambdascope.time.TimeRange;
import java.time.Instant;
import java.util.List;

/// Asks for series as they are stored.
///
/// @param tenants whose series, at least one
/// @param reads answered one after the other
/// @param deadline when the answer must be there
public record SamplesRequest(List<Tenant> tenants, List<Read> reads, Instant deadline) {
    /// @param matchers all must pass
    /// @param range only samples inside, and only series that have some; may be empty
    /// @param labelsOnly whether series come without their samples
    public record Read(List<Matcher> matchers, TimeRange range, boolean labelsOnly) {
        public Read {
            matchers = List.copyOf(matchers);
        }
    }

    /// Takes one series.
    @FunctionalInterface
    public interface Consumer {
        /// @param read the number of the read that found it
        /// @param samples valid during the call
        void accept(int read, Labels labels, SeriesSamples samples);
    }

    public SamplesRequest {
        tenants = List.copyOf(tenants);
        reads = List.copyOf(reads);
    }
}

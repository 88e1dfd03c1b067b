package io.lambdascope.limits;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;

/// What one query may still use. Charged before memory is taken, so that a query over its limits ends with an error
/// and never with an out-of-memory. For one thread.
///
/// Samples count as Prometheus counts them: those in memory at once, points of intermediate and final results
/// included. Bytes and series count over the whole query.
public final class QueryBudget {
    /// @param maxSamples samples in memory at once
    /// @param maxSeries series read from storage, over all selectors
    /// @param maxBytes bytes of the units read
    /// @param earliestMillis what is older is as if it were not there, milliseconds since the Unix epoch
    public record Limits(long maxSamples, long maxSeries, long maxBytes, long earliestMillis) {
        public static final Limits NONE = new Limits(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE);

        /// Those of a tenant about whom nothing was said.
        public static final Limits DEFAULTS = new Limits(
                MetricsLimits.MAX_SAMPLES.defaultValue(),
                MetricsLimits.MAX_FETCHED_SERIES_PER_QUERY.defaultValue(),
                MetricsLimits.MAX_FETCHED_CHUNK_BYTES_PER_QUERY.defaultValue(),
                Long.MIN_VALUE);
    }

    private static final int CHECKS_PER_CLOCK = 64;

    private final Limits limits;
    private final InstantSource clock;
    private final Instant deadline;

    private long held;
    private long peak;
    private long[] samplesByStep = {};
    private long series;
    private long bytes;
    private int checks;

    public QueryBudget(Limits limits, InstantSource clock, Instant deadline) {
        this.limits = limits;
        this.clock = clock;
        this.deadline = deadline;
    }

    /// A budget without limits and end, for tests and tools.
    public static QueryBudget unlimited() {
        return new QueryBudget(Limits.NONE, InstantSource.fixed(Instant.EPOCH), Instant.MAX);
    }

    /// A budget of its own, of the same size and end, for a part of the query that is worked out for itself, as it
    /// would be elsewhere.
    public QueryBudget ofPart() {
        return new QueryBudget(limits, clock, deadline);
    }

    public Limits limits() {
        return limits;
    }

    public Instant deadline() {
        return deadline;
    }

    /// Takes room for `samples` more samples.
    ///
    /// @throws Fault OVER_LIMIT if that is more than may be in memory at once
    public void hold(long samples) {
        checkRoom(samples);
        held += samples;
        peak = Math.max(peak, held);
    }

    /// Whether there is room for `samples` more samples.
    ///
    /// @throws Fault OVER_LIMIT if that is more than may be in memory at once
    public void checkRoom(long samples) {
        if (samples > limits.maxSamples - held) {
            throw new Fault(
                    FaultKind.OVER_LIMIT,
                    "query processing would load too many samples into memory in query execution");
        }
    }

    /// Gives room back.
    public void release(long samples) {
        held -= samples;
    }

    /// Samples in memory now.
    public long held() {
        return held;
    }

    /// Notes how many samples another place had in memory at once for this query.
    public void peakElsewhere(long samples) {
        peak = Math.max(peak, samples);
    }

    /// Counts samples that steps of the query have looked at: element `i` for step `firstStep + i`.
    public void countSamples(int firstStep, long[] samples) {
        if (firstStep + samples.length > samplesByStep.length) {
            samplesByStep = Arrays.copyOf(samplesByStep, firstStep + samples.length);
        }
        for (int i = 0; i < samples.length; i++) {
            samplesByStep[firstStep + i] += samples[i];
        }
    }

    /// Samples that each step has looked at, steps at the end left out where there were none.
    public long[] samplesByStep() {
        return samplesByStep.clone();
    }

    /// The most samples that were in memory at once.
    public long peak() {
        return peak;
    }

    /// @throws Fault OVER_LIMIT if the query has read more series than it may
    public void chargeSeries(long count) {
        series += count;
        if (series > limits.maxSeries) {
            throw new Fault(
                    FaultKind.OVER_LIMIT,
                    ("the query reads more than the %d series that max_fetched_series_per_query allows"
                                    + " (err-mimir-max-series-per-query): narrow its selectors or its time range")
                            .formatted(limits.maxSeries));
        }
    }

    /// Series read so far.
    public long series() {
        return series;
    }

    /// @throws Fault OVER_LIMIT if the query has read more bytes than it may
    public void chargeBytes(long count) {
        bytes += count;
        if (bytes > limits.maxBytes) {
            throw new Fault(
                    FaultKind.OVER_LIMIT,
                    ("the query reads more than the %d bytes that max_fetched_chunk_bytes_per_query allows"
                                    + " (err-mimir-max-chunks-bytes-per-query): narrow its selectors or its time range")
                            .formatted(limits.maxBytes));
        }
    }

    /// Bytes read so far.
    public long bytes() {
        return bytes;
    }

    /// Cheap enough for every series: looks at the clock now and then only.
    ///
    /// @throws Fault TIMEOUT if the deadline has passed
    public void checkDeadline() {
        if (checks++ % CHECKS_PER_CLOCK == 0 && clock.instant().isAfter(deadline)) {
            throw new Fault(FaultKind.TIMEOUT, "query timed out in expression evaluation");
        }
    }
}

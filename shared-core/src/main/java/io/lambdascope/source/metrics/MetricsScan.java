package io.lambdascope.source.metrics;

import io.lambdascope.labels.Labels;
import io.lambdascope.labels.Matcher;
import io.lambdascope.source.Shard;
import io.lambdascope.time.TimeRange;
import java.util.List;

/// What to read from a source of metrics.
///
/// @param matchers all must pass
/// @param range only samples inside
/// @param shard only series of this shard, by [Labels#stableHash]
/// @param samples false if only labels are wanted: then a cursor may yield a series by what it knows of its time
///     range
///     without decoding samples, and its samples are empty
public record MetricsScan(List<Matcher> matchers, TimeRange range, Shard shard, boolean samples) {
    public MetricsScan {
        matchers = List.copyOf(matchers);
    }

    public static MetricsScan of(List<Matcher> matchers, TimeRange range) {
        return new MetricsScan(matchers, range, Shard.ALL, true);
    }

    public static MetricsScan everything() {
        return of(List.of(), TimeRange.ALWAYS);
    }

    public MetricsScan withoutSamples() {
        return new MetricsScan(matchers, range, shard, false);
    }

    public MetricsScan withMatchers(List<Matcher> others) {
        return new MetricsScan(others, range, shard, samples);
    }

    public boolean accepts(Labels labels) {
        for (Matcher matcher : matchers) {
            if (!matcher.matches(labels)) {
                return false;
            }
        }
        return shard.isAll() || shard.holds(labels.stableHash());
    }
}

package io.lambdascope.exec.logs;

import io.lambdascope.labels.Labels;
import io.lambdascope.labels.Matcher;
import io.lambdascope.limits.QueryBudget;
import io.lambdascope.plan.logs.RangeLeaf;
import io.lambdascope.plan.logs.StepWindows;
import io.lambdascope.ql.logql.LogExpr.RangeAggregation;
import io.lambdascope.ql.logql.LogExpr.RangeOp;
import io.lambdascope.result.LogsPartial;
import io.lambdascope.source.Shard;
import io.lambdascope.time.NanoGrid;
import io.lambdascope.time.TimeRange;
import io.lambdascope.vector.Quantiles;
import io.lambdascope.vector.StepSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Works out the leaves of a metric query.
final class LeafReads {
    private LeafReads() {}

    /// What a leaf comes to, by labels, over all entries of `reads`.
    static List<StepSeries> evaluate(RangeLeaf leaf, NanoGrid grid, UnitReads reads) {
        return leaf.merges()
                ? results(leaf, states(leaf, grid, reads, TimeRange.ALWAYS, Shard.ALL))
                : values(leaf, grid, reads);
    }

    /// What a leaf that merges comes to over some of the entries.
    static SeriesStates states(RangeLeaf leaf, NanoGrid grid, UnitReads reads, TimeRange slice, Shard shard) {
        StepWindows windows = new StepWindows(grid, leaf.range().range());
        StateSink sink = new StateSink(stateOf(leaf), windows, reads.budget());
        new SampleReader(leaf, windows, sink).read(reads, windows.reads().intersection(slice), shard);
        return sink.finish();
    }

    /// What a leaf comes to, given what it came to in several places.
    static List<StepSeries> merged(
            RangeLeaf leaf, NanoGrid grid, List<LogsPartial.Steps> partials, QueryBudget budget) {
        if (!leaf.merges()) {
            return SeriesRows.join(partials, grid.steps(), budget);
        }
        SeriesStates states = new SeriesStates(stateOf(leaf), grid.steps(), budget);
        partials.forEach(partial -> states.addAll(partial.firstStep(), partial.steps()));
        return results(leaf, states);
    }

    private static StepState stateOf(RangeLeaf leaf) {
        RangeAggregation range = leaf.range();
        return StepState.of(
                range.op(), range.range().unwrap() != null, range.range().rangeNanos());
    }

    /// What a leaf that merges is worth, given what it has come to over all entries.
    private static List<StepSeries> results(RangeLeaf leaf, SeriesStates states) {
        List<StepSeries> results = states.results();
        return leaf.range().op() == RangeOp.ABSENT_OVER_TIME ? absent(leaf, results, states.steps()) : results;
    }

    /// What a leaf that does not merge is worth.
    static List<StepSeries> values(RangeLeaf leaf, NanoGrid grid, UnitReads reads) {
        StepWindows windows = new StepWindows(grid, leaf.range().range());
        ValueSink sink = new ValueSink(windows, reads.budget());
        new SampleReader(leaf, windows, sink).read(reads, windows.reads(), Shard.ALL);
        if (leaf.range().op() == RangeOp.RATE_COUNTER) {
            return sink.results((times, values, from, to, step) ->
                    CounterRate.of(times, values, from, to, windows.startNanos(step), windows.endNanos(step)));
        }
        double quantile = leaf.range().parameter().orElseThrow();
        return sink.results(
                (_, values, from, to, _) -> Quantiles.ofUnsorted(quantile, Arrays.copyOfRange(values, from, to)));
    }

    /// 1 wherever there is nothing, with the labels that the selector asks for by equality.
    private static List<StepSeries> absent(RangeLeaf leaf, List<StepSeries> present, int steps) {
        double[] values = new double[steps];
        boolean any = false;
        for (int step = 0; step < steps; step++) {
            boolean there = false;
            for (StepSeries series : present) {
                there |= series.has(step);
            }
            values[step] = there ? StepSeries.ABSENT : 1;
            any |= !there;
        }
        return any ? List.of(StepSeries.ofFloats(labelsOf(leaf), false, values)) : List.of();
    }

    private static Labels labelsOf(RangeLeaf leaf) {
        Labels.Builder labels = new Labels.Builder();
        Set<String> asked = new HashSet<>();
        List<String> unclear = new ArrayList<>();
        for (Matcher matcher : leaf.range().range().query().matchers()) {
            if (matcher.op() == Matcher.Op.EQUAL && asked.add(matcher.name())) {
                labels.set(matcher.name(), matcher.value());
            } else {
                unclear.add(matcher.name());
            }
        }
        unclear.forEach(labels::remove);
        return labels.build();
    }
}

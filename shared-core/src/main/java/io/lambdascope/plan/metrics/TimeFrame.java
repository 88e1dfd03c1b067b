package io.lambdascope.plan.metrics;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.ql.promql.PromExpr.AtModifier;
import io.lambdascope.ql.promql.PromExpr.DurationExpr;
import io.lambdascope.ql.promql.PromExpr.Edges;
import io.lambdascope.ql.promql.PromExpr.MatrixSelector;
import io.lambdascope.ql.promql.PromExpr.Subquery;
import io.lambdascope.ql.promql.PromExpr.TimeShift;
import io.lambdascope.ql.promql.PromExpr.VectorSelector;
import io.lambdascope.time.StepGrid;
import org.jspecify.annotations.Nullable;

/// The moments that selectors and subqueries look at, given the grid that they are evaluated over.
///
/// @param query the grid of the whole query, which `@ start()` and `@ end()` refer to
/// @param lookbackMillis how old the newest sample of a series may be to count for a moment
/// @param subqueryStepMillis step of a subquery that names none
public record TimeFrame(StepGrid query, long lookbackMillis, long subqueryStepMillis) {
    /// The moments a selector looks back from, one per step, ascending: `fixed` at every step, or the step, less
    /// `offsetMillis`.
    public record Reference(@Nullable Long fixed, long offsetMillis) {
        public long at(StepGrid grid, int step) {
            return (fixed == null ? grid.atMillis(step) : fixed) - offsetMillis;
        }

        public long first(StepGrid grid) {
            return at(grid, 0);
        }

        public long last(StepGrid grid) {
            return at(grid, grid.steps() - 1);
        }
    }

    /// What samples a range function gets to see.
    ///
    /// @param beforeMillis how far before the range
    /// @param afterMillis how far behind it
    public record Reach(long beforeMillis, long afterMillis) {
        public static final Reach NONE = new Reach(0, 0);
    }

    public Reference reference(TimeShift shift) {
        Long fixed = switch (shift.atModifier()) {
            case null -> null;
            case AtModifier.Fixed(long millis) -> Long.valueOf(millis);
            case AtModifier.Start _ -> Long.valueOf(query.startMillis());
            case AtModifier.End _ -> Long.valueOf(query.endMillis());
        };
        return new Reference(fixed, millis(shift.offset()));
    }

    public Reach reach(MatrixSelector matrix) {
        return switch (matrix.selector().edges()) {
            case PLAIN -> Reach.NONE;
            case ANCHORED -> new Reach(lookbackMillis, 0);
            case SMOOTHED -> new Reach(lookbackMillis, lookbackMillis);
        };
    }

    /// How far behind its reference an instant selector looks.
    public long after(VectorSelector selector) {
        return selector.edges() == Edges.SMOOTHED ? lookbackMillis : 0;
    }

    /// The grid over which the input of a subquery is evaluated for all steps of `outer`: multiples of its step
    /// since the epoch, the first strictly after the start of the first range, and none behind the end of the
    /// last. Null if no multiple lies inside.
    ///
    /// @throws Fault OVER_LIMIT if there are too many to be numbered
    public @Nullable StepGrid subqueryGrid(Subquery subquery, StepGrid outer) {
        Reference reference = reference(subquery.shift());
        long step = subquery.step() == null ? subqueryStepMillis : millis(subquery.step());
        long after = reference.first(outer) - millis(subquery.range());
        long first = (Math.floorDiv(after, step) + 1) * step;
        long last = reference.last(outer);
        if (first > last) {
            return null;
        }
        long steps = (last - first) / step + 1;
        if (steps > StepGrid.MAX_STEPS) {
            throw new Fault(
                    FaultKind.OVER_LIMIT,
                    "a subquery of %d steps is too long: choose a shorter range or a longer step".formatted(steps));
        }
        return new StepGrid(first, last, step);
    }

    /// A length of time that has been worked out.
    public static long millis(DurationExpr duration) {
        if (duration instanceof DurationExpr.Millis(long millis)) {
            return millis;
        }
        throw new IllegalStateException("not resolved: " + duration);
    }
}

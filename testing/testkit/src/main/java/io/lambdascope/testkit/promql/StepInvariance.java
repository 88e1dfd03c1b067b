package io.lambdascope.testkit.promql;

import io.lambdascope.ql.promql.PromExpr;
import io.lambdascope.ql.promql.PromExpr.AtModifier;
import io.lambdascope.ql.promql.PromExpr.TimeShift;
import io.lambdascope.ql.promql.PromFunction;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Fixes a query to a moment with `@`, after which it must answer the same whenever it is asked.
final class StepInvariance {
    /// What answers by the clock even where its argument is fixed.
    private static final Set<PromFunction> BY_THE_CLOCK = EnumSet.of(
            PromFunction.DAYS_IN_MONTH,
            PromFunction.DAY_OF_MONTH,
            PromFunction.DAY_OF_WEEK,
            PromFunction.DAY_OF_YEAR,
            PromFunction.HOUR,
            PromFunction.MINUTE,
            PromFunction.MONTH,
            PromFunction.YEAR,
            PromFunction.TIME,
            PromFunction.TIMESTAMP,
            PromFunction.PREDICT_LINEAR,
            PromFunction.START,
            PromFunction.END,
            PromFunction.RANGE,
            PromFunction.STEP);

    private final AtModifier fixed;
    private boolean byTheClock;

    private StepInvariance(long millis) {
        fixed = new AtModifier.Fixed(millis);
    }

    /// `query` with `@ millis` at every outermost selector and subquery that has none; empty if
    /// it depends on the time it is asked for all the same.
    static Optional<PromExpr> fixedAt(PromExpr query, long millis) {
        StepInvariance rewrite = new StepInvariance(millis);
        PromExpr rewritten = rewrite.fix(query);
        return rewrite.byTheClock ? Optional.empty() : Optional.of(rewritten);
    }

    /// The moments at which a query fixed to `millis` is asked.
    static List<Long> moments(long millis) {
        return millis == 0 ? List.of(-1000L, 0L, 1000L) : List.of(-10 * millis, 0L, millis / 5, millis, 10 * millis);
    }

    private PromExpr fix(PromExpr node) {
        return switch (node) {
            case PromExpr.NumberLiteral number -> number;
            case PromExpr.StringLiteral string -> string;
            case PromExpr.VectorSelector selector -> fixSelector(selector);
            case PromExpr.MatrixSelector(PromExpr.VectorSelector selector, var range, var at) ->
                new PromExpr.MatrixSelector(fixSelector(selector), range, at);
            case PromExpr.Subquery(var input, var range, var step, TimeShift shift, var at) -> {
                noteCalls(input);
                yield new PromExpr.Subquery(input, range, step, fixShift(shift), at);
            }
            case PromExpr.Call(PromFunction function, List<PromExpr> args, var at) -> {
                byTheClock |= BY_THE_CLOCK.contains(function);
                yield new PromExpr.Call(function, args.stream().map(this::fix).toList(), at);
            }
            case PromExpr.Aggregation aggregation ->
                new PromExpr.Aggregation(
                        aggregation.op(),
                        aggregation.parameter() == null ? null : fix(aggregation.parameter()),
                        fix(aggregation.input()),
                        aggregation.grouping(),
                        aggregation.at());
            case PromExpr.Binary binary ->
                new PromExpr.Binary(
                        binary.op(),
                        fix(binary.left()),
                        fix(binary.right()),
                        binary.returnBool(),
                        binary.matching(),
                        binary.at());
            case PromExpr.Unary(boolean negative, PromExpr input, var at) ->
                new PromExpr.Unary(negative, fix(input), at);
            case PromExpr.Paren(PromExpr input, var at) -> new PromExpr.Paren(fix(input), at);
        };
    }

    /// The input of a fixed subquery stays as it is, but what it calls counts.
    private void noteCalls(PromExpr input) {
        fix(input);
    }

    private PromExpr.VectorSelector fixSelector(PromExpr.VectorSelector selector) {
        return new PromExpr.VectorSelector(
                selector.name(), selector.matchers(), fixShift(selector.shift()), selector.edges(), selector.at());
    }

    private TimeShift fixShift(TimeShift shift) {
        return switch (shift.atModifier()) {
            case AtModifier.Fixed _ -> shift;
            case AtModifier.Start _, AtModifier.End _ -> new TimeShift(shift.offset(), fixed);
            case null -> new TimeShift(shift.offset(), fixed);
        };
    }
}

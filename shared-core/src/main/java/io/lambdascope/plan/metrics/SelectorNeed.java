package io.lambdascope.plan.metrics;

import io.lambdascope.labels.Matcher;
import io.lambdascope.ql.promql.PromExpr;
import io.lambdascope.ql.promql.PromExpr.Call;
import io.lambdascope.ql.promql.PromExpr.MatrixSelector;
import io.lambdascope.ql.promql.PromExpr.Subquery;
import io.lambdascope.ql.promql.PromExpr.VectorSelector;
import io.lambdascope.ql.promql.PromFunction;
import io.lambdascope.ql.promql.PromWalk;
import io.lambdascope.time.StepGrid;
import io.lambdascope.time.TimeRange;
import java.util.ArrayList;
import java.util.List;

/// What one selector of a query will read.
///
/// @param fromMillis first and
/// @param lastMillis last moment, both inside
public record SelectorNeed(List<Matcher> matchers, long fromMillis, long lastMillis) {
    public SelectorNeed {
        matchers = List.copyOf(matchers);
    }

    public TimeRange range() {
        return TimeRange.ofMillisInclusive(fromMillis, lastMillis);
    }

    /// All needs of an expression, in the order of the text. What `info` reads besides its first argument is any
    /// series there is at the time, as far as can be told beforehand.
    ///
    /// @param expr resolved
    public static List<SelectorNeed> of(PromExpr expr, StepGrid grid, TimeFrame frame) {
        List<SelectorNeed> needs = new ArrayList<>();
        visit(expr, grid, frame, needs);
        return needs;
    }

    private static void visit(PromExpr expr, StepGrid grid, TimeFrame frame, List<SelectorNeed> needs) {
        switch (expr) {
            case VectorSelector selector -> {
                TimeFrame.Reference reference = frame.reference(selector.shift());
                needs.add(new SelectorNeed(
                        selector.matchers(),
                        reference.first(grid) - frame.lookbackMillis() + 1,
                        reference.last(grid) + frame.after(selector)));
            }
            case MatrixSelector matrix -> {
                TimeFrame.Reference reference =
                        frame.reference(matrix.selector().shift());
                TimeFrame.Reach reach = frame.reach(matrix);
                needs.add(new SelectorNeed(
                        matrix.selector().matchers(),
                        reference.first(grid) - TimeFrame.millis(matrix.range()) - reach.beforeMillis() + 1,
                        reference.last(grid) + reach.afterMillis()));
            }
            case Subquery subquery -> {
                StepGrid inner = frame.subqueryGrid(subquery, grid);
                if (inner != null) {
                    visit(subquery.input(), inner, frame, needs);
                }
            }
            case Call call
            when call.function() == PromFunction.INFO -> {
                int before = needs.size();
                visit(call.args().getFirst(), grid, frame, needs);
                for (SelectorNeed need : List.copyOf(needs.subList(before, needs.size()))) {
                    needs.add(
                            new SelectorNeed(List.of(), need.fromMillis() - frame.lookbackMillis(), need.lastMillis()));
                }
            }
            default -> PromWalk.children(expr).forEach(child -> visit(child, grid, frame, needs));
        }
    }
}

package io.lambdascope.plan.logs;

import io.lambdascope.ql.logql.LogExpr.Binary;
import io.lambdascope.ql.logql.LogExpr.Grouping;
import io.lambdascope.ql.logql.LogExpr.LabelReplace;
import io.lambdascope.ql.logql.LogExpr.MetricExpr;
import io.lambdascope.ql.logql.LogExpr.NumberLiteral;
import io.lambdascope.ql.logql.LogExpr.Paren;
import io.lambdascope.ql.logql.LogExpr.RangeAggregation;
import io.lambdascope.ql.logql.LogExpr.RangeOp;
import io.lambdascope.ql.logql.LogExpr.VectorAggregation;
import io.lambdascope.ql.logql.LogExpr.VectorLiteral;
import io.lambdascope.ql.logql.LogExpr.VectorOp;
import io.lambdascope.ql.logql.LogPrinter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A part of a metric query that reads entries: a range aggregation, with the sum over series around it where that
/// can be taken sample by sample. All else of a query is worked out over what its leaves come to.
///
/// @param number among the leaves of the query, from 0
/// @param exprs the parts of the expression that this is; several if a query says the same more than once
/// @param range what is read and done with it
/// @param grouping which labels of samples are kept; null if all are
/// @param summed whether `grouping` is that of a sum around `range`
public record RangeLeaf(
        int number,
        List<MetricExpr> exprs,
        RangeAggregation range,
        @Nullable Grouping grouping,
        boolean summed) {
    private static final Grouping ALL_IN_ONE = new Grouping(false, List.of());

    public RangeLeaf {
        exprs = List.copyOf(exprs);
    }

    /// The leaves of `expr`, in the order of the text.
    public static List<RangeLeaf> of(MetricExpr expr) {
        Map<String, List<MetricExpr>> byText = new LinkedHashMap<>();
        visit(expr, byText);
        List<RangeLeaf> leaves = new ArrayList<>();
        byText.values().forEach(same -> leaves.add(leaf(leaves.size(), same)));
        return leaves;
    }

    private static RangeLeaf leaf(int number, List<MetricExpr> same) {
        return switch (same.getFirst()) {
            case RangeAggregation range -> {
                boolean absent = range.op() == RangeOp.ABSENT_OVER_TIME;
                yield new RangeLeaf(number, same, range, absent ? ALL_IN_ONE : range.grouping(), false);
            }
            case VectorAggregation sum ->
                new RangeLeaf(
                        number,
                        same,
                        (RangeAggregation) withoutParens(sum.input()),
                        sum.grouping() == null ? ALL_IN_ONE : sum.grouping(),
                        true);
            case Binary _, NumberLiteral _, VectorLiteral _, LabelReplace _, Paren _ ->
                throw new IllegalStateException("no leaf: " + same.getFirst());
        };
    }

    private static void visit(MetricExpr expr, Map<String, List<MetricExpr>> byText) {
        switch (expr) {
            case RangeAggregation range -> add(range, byText);
            case VectorAggregation aggregation -> {
                if (sumsSamples(aggregation)) {
                    add(aggregation, byText);
                } else {
                    visit(aggregation.input(), byText);
                }
            }
            case Binary binary -> {
                visit(binary.left(), byText);
                visit(binary.right(), byText);
            }
            case LabelReplace replace -> visit(replace.input(), byText);
            case Paren paren -> visit(paren.input(), byText);
            case NumberLiteral _, VectorLiteral _ -> {}
        }
    }

    private static void add(MetricExpr expr, Map<String, List<MetricExpr>> byText) {
        byText.computeIfAbsent(LogPrinter.print(expr), _ -> new ArrayList<>()).add(expr);
    }

    /// Whether the sum over series is the sum over all their samples, so that series need not be told apart.
    private static boolean sumsSamples(VectorAggregation aggregation) {
        return aggregation.op() == VectorOp.SUM
                && withoutParens(aggregation.input()) instanceof RangeAggregation range
                && range.grouping() == null
                && addsUp(range.op());
    }

    private static boolean addsUp(RangeOp op) {
        return switch (op) {
            case COUNT_OVER_TIME, RATE, BYTES_OVER_TIME, BYTES_RATE, SUM_OVER_TIME -> true;
            case RATE_COUNTER,
                    ABSENT_OVER_TIME,
                    AVG_OVER_TIME,
                    MIN_OVER_TIME,
                    MAX_OVER_TIME,
                    FIRST_OVER_TIME,
                    LAST_OVER_TIME,
                    STDDEV_OVER_TIME,
                    STDVAR_OVER_TIME,
                    QUANTILE_OVER_TIME -> false;
        };
    }

    private static MetricExpr withoutParens(MetricExpr expr) {
        MetricExpr inner = expr;
        while (inner instanceof Paren paren) {
            inner = paren.input();
        }
        return inner;
    }

    /// Whether what some of the entries come to can be merged with what the others do; else all samples of a window
    /// have to be at hand at once.
    public boolean merges() {
        return range.op() != RangeOp.QUANTILE_OVER_TIME && range.op() != RangeOp.RATE_COUNTER;
    }
}

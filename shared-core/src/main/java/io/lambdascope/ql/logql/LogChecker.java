package io.lambdascope.ql.logql;

import io.lambdascope.fault.Fault;
import io.lambdascope.labels.Matcher;
import io.lambdascope.labels.TextRegex;
import io.lambdascope.ql.SourceRange;
import io.lambdascope.ql.SyntaxException;
import io.lambdascope.ql.logql.LogExpr.LogQuery;
import io.lambdascope.ql.logql.LogExpr.MetricExpr;
import io.lambdascope.ql.logql.LogExpr.RangeAggregation;
import io.lambdascope.ql.logql.LogExpr.RangeOp;
import io.lambdascope.ql.logql.LogExpr.Stage;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Checks what the grammar cannot: that functions have what they need, and that selectors select. Stages are looked at
/// by
/// [LogStageChecker].
public final class LogChecker {
    private static final Set<RangeOp> GROUPING = Set.of(
            RangeOp.AVG_OVER_TIME,
            RangeOp.MIN_OVER_TIME,
            RangeOp.MAX_OVER_TIME,
            RangeOp.STDDEV_OVER_TIME,
            RangeOp.STDVAR_OVER_TIME,
            RangeOp.QUANTILE_OVER_TIME,
            RangeOp.FIRST_OVER_TIME,
            RangeOp.LAST_OVER_TIME);

    private final String text;
    private final Consumer<Stage> stages;

    private LogChecker(String text, Consumer<Stage> stages) {
        this.text = text;
        this.stages = stages;
    }

    /// @throws SyntaxException BAD_QUERY; the first fault
    public static CheckedLogQuery check(LogExpr expr, String text) {
        new LogChecker(text, new LogStageChecker(text)::check).expression(expr);
        return new CheckedLogQuery(expr, text);
    }

    /// As [#check], but for what Loki looks at only when it runs a query, and which may be formatted all the same:
    /// regexes of line filters, paths, templates, addresses.
    ///
    /// @throws SyntaxException BAD_QUERY; the first fault
    public static void checkForm(LogExpr expr, String text) {
        new LogChecker(text, new LogStageChecker(text)::checkForm).expression(expr);
    }

    private void expression(LogExpr expr) {
        switch (expr) {
            case LogQuery query -> query(query);
            case MetricExpr metric -> metric(metric);
        }
    }

    private void query(LogQuery query) {
        checkSelector(query.matchers(), query.at(), text);
        query.stages().forEach(stages);
    }

    /// A selector must rule something out, or everything would be read.
    ///
    /// @throws SyntaxException BAD_QUERY if every matcher lets a stream without labels pass
    public static void checkSelector(List<Matcher> matchers, SourceRange at, String text) {
        if (matchers.stream().allMatch(Matcher::matchesEmpty)) {
            throw SyntaxException.inLogQl(
                    text,
                    at,
                    "queries require at least one regexp or equality matcher that does not have an empty-compatible"
                            + " value. For instance, app=~\".*\" does not meet this requirement, but app=~\".+\" will");
        }
    }

    private void metric(MetricExpr expr) {
        switch (expr) {
            case RangeAggregation range -> range(range);
            case LogExpr.VectorAggregation aggregation -> metric(aggregation.input());
            case LogExpr.Binary binary -> binary(binary);
            case LogExpr.LabelReplace replace -> labelReplace(replace);
            case LogExpr.Paren paren -> metric(paren.input());
            case LogExpr.NumberLiteral _, LogExpr.VectorLiteral _ -> {}
        }
    }

    private void range(RangeAggregation expr) {
        String name = expr.op().text();
        boolean unwraps = expr.range().unwrap() != null;
        switch (expr.op()) {
            case COUNT_OVER_TIME, BYTES_RATE, BYTES_OVER_TIME -> {
                if (unwraps) {
                    throw fault(expr.at(), "invalid aggregation %s with unwrap".formatted(name));
                }
            }
            case RATE, ABSENT_OVER_TIME -> {}
            case RATE_COUNTER,
                    SUM_OVER_TIME,
                    AVG_OVER_TIME,
                    MIN_OVER_TIME,
                    MAX_OVER_TIME,
                    FIRST_OVER_TIME,
                    LAST_OVER_TIME,
                    STDDEV_OVER_TIME,
                    STDVAR_OVER_TIME,
                    QUANTILE_OVER_TIME -> {
                if (!unwraps) {
                    throw fault(expr.at(), "invalid aggregation %s without unwrap".formatted(name));
                }
            }
        }
        if (expr.grouping() != null && !GROUPING.contains(expr.op())) {
            throw fault(expr.at(), "grouping not allowed for %s aggregation".formatted(name));
        }
        boolean quantile = expr.op() == RangeOp.QUANTILE_OVER_TIME;
        if (quantile && expr.parameter().isEmpty()) {
            throw fault(expr.at(), "parameter required for operation %s".formatted(name));
        }
        if (quantile && expr.parameter().getAsDouble() < 0) {
            throw fault(
                    expr.at(),
                    "parameter of %s must not be negative: %s"
                            .formatted(name, expr.parameter().getAsDouble()));
        }
        if (!quantile && expr.parameter().isPresent()) {
            throw fault(expr.at(), "parameter not supported for operation %s".formatted(name));
        }
        query(expr.range().query());
    }

    private void binary(LogExpr.Binary expr) {
        if (expr.op().isSetOperator()) {
            refuseNumber(expr.left(), "left", expr);
            refuseNumber(expr.right(), "right", expr);
        }
        metric(expr.left());
        metric(expr.right());
    }

    private void refuseNumber(MetricExpr side, String where, LogExpr.Binary expr) {
        if (side instanceof LogExpr.NumberLiteral number) {
            throw fault(
                    side.at(),
                    "unexpected literal for %s leg of logical/set binary operation (%s): %s"
                            .formatted(where, expr.op().text(), number.value()));
        }
    }

    private void labelReplace(LogExpr.LabelReplace expr) {
        try {
            TextRegex.compile("^(?:" + expr.regex() + ")$");
        } catch (Fault e) {
            throw fault(expr.at(), "invalid regex in label_replace: " + e.text());
        }
        metric(expr.input());
    }

    private SyntaxException fault(SourceRange at, String problem) {
        return SyntaxException.inLogQl(text, at, problem);
    }
}

package io.lambdascope.ql.promql;

import io.lambdascope.labels.LabelText;
import io.lambdascope.labels.Matcher;
import io.lambdascope.labels.NumberText;
import io.lambdascope.ql.promql.PromExpr.Aggregation;
import io.lambdascope.ql.promql.PromExpr.AtModifier;
import io.lambdascope.ql.promql.PromExpr.Binary;
import io.lambdascope.ql.promql.PromExpr.Call;
import io.lambdascope.ql.promql.PromExpr.Cardinality;
import io.lambdascope.ql.promql.PromExpr.DurationExpr;
import io.lambdascope.ql.promql.PromExpr.Edges;
import io.lambdascope.ql.promql.PromExpr.Grouping;
import io.lambdascope.ql.promql.PromExpr.MatrixSelector;
import io.lambdascope.ql.promql.PromExpr.NumberLiteral;
import io.lambdascope.ql.promql.PromExpr.Paren;
import io.lambdascope.ql.promql.PromExpr.StringLiteral;
import io.lambdascope.ql.promql.PromExpr.Subquery;
import io.lambdascope.ql.promql.PromExpr.TimeShift;
import io.lambdascope.ql.promql.PromExpr.Unary;
import io.lambdascope.ql.promql.PromExpr.VectorMatching;
import io.lambdascope.ql.promql.PromExpr.VectorSelector;
import io.lambdascope.time.DurationText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;

/// Writes PromQL. What [PromParser] reads back is the same tree.
public final class PromPrinter {
    private PromPrinter() {}

    /// On one line.
    public static String print(PromExpr expr) {
        return switch (expr) {
            case NumberLiteral number -> print(number);
            case StringLiteral string -> LabelText.quote(string.value());
            case VectorSelector selector -> selector(selector) + edges(selector.edges()) + shift(selector.shift());
            case MatrixSelector matrix -> print(matrix);
            case Subquery subquery -> print(subquery.input()) + brackets(subquery);
            case Call call -> call.function().text() + arguments(call.args());
            case Aggregation aggregation -> head(aggregation) + arguments(PromWalk.children(aggregation));
            case Binary binary -> print(binary.left()) + " " + operator(binary) + " " + print(binary.right());
            case Unary unary -> (unary.negative() ? "-" : "+") + print(unary.input());
            case Paren paren -> "(" + print(paren.input()) + ")";
        };
    }

    /// Over several lines where one would be longer than 100 characters, as Prometheus' `format_query` does.
    public static String pretty(PromExpr expr) {
        return PromPretty.print(expr);
    }

    private static String print(NumberLiteral number) {
        return number.duration()
                ? (number.value() == 0 && 1 / number.value() < 0 ? "-" : "")
                        + DurationText.print(Math.round(number.value() * 1000))
                : NumberText.plain(number.value());
    }

    private static String print(MatrixSelector matrix) {
        VectorSelector selector = matrix.selector();
        return "%s[%s]%s%s"
                .formatted(selector(selector), print(matrix.range()), edges(selector.edges()), shift(selector.shift()));
    }

    private static String selector(VectorSelector selector) {
        String name = selector.name() == null ? "" : selector.name();
        List<Matcher> matchers = selector.matchers();
        if (!name.isEmpty()) {
            matchers = matchers.subList(1, matchers.size());
        }
        if (matchers.isEmpty() && !name.isEmpty()) {
            return name;
        }
        StringJoiner joined = new StringJoiner(",", name + "{", "}");
        for (Matcher matcher : matchers) {
            joined.add(matcher.toString());
        }
        return joined.toString();
    }

    static String brackets(Subquery subquery) {
        return "[%s:%s]%s"
                .formatted(
                        print(subquery.range()),
                        subquery.step() == null ? "" : print(subquery.step()),
                        shift(subquery.shift()));
    }

    private static String edges(Edges edges) {
        return edges == Edges.PLAIN ? "" : " " + text(edges);
    }

    /// As it stands in a query.
    static String text(Edges edges) {
        return edges.name().toLowerCase(Locale.ROOT);
    }

    private static String shift(TimeShift shift) {
        String at = switch (shift.atModifier()) {
            case null -> "";
            case AtModifier.Fixed(long millis) -> " @ " + seconds(millis);
            case AtModifier.Start _ -> " @ start()";
            case AtModifier.End _ -> " @ end()";
        };
        return shift.offset().equals(DurationExpr.ZERO) ? at : at + " offset " + print(shift.offset());
    }

    private static String seconds(long millis) {
        return "%s%d.%03d".formatted(millis < 0 ? "-" : "", Math.abs(millis / 1000), Math.abs(millis % 1000));
    }

    /// A duration as it stands in brackets or behind `offset`.
    static String print(DurationExpr duration) {
        return switch (duration) {
            case DurationExpr.Millis(long millis) -> DurationText.print(millis);
            case DurationExpr.Seconds(double seconds) -> NumberText.plain(seconds);
            case DurationExpr.Step _ -> "step()";
            case DurationExpr.Range _ -> "range()";
            case DurationExpr.Negated(DurationExpr input) -> "-" + print(input);
            case DurationExpr.Arithmetic(PromExpr.BinaryOp op, DurationExpr left, DurationExpr right) ->
                print(left) + " " + op.text() + " " + print(right);
            case DurationExpr.Choice(boolean min, DurationExpr left, DurationExpr right) ->
                "%s(%s, %s)".formatted(min ? "min_of" : "max_of", print(left), print(right));
            case DurationExpr.Parens(DurationExpr input) -> "(" + print(input) + ")";
        };
    }

    private static String arguments(List<PromExpr> args) {
        StringJoiner joined = new StringJoiner(", ", "(", ")");
        for (PromExpr arg : args) {
            joined.add(print(arg));
        }
        return joined.toString();
    }

    /// An aggregation up to its arguments.
    static String head(Aggregation aggregation) {
        Grouping grouping = aggregation.grouping();
        String op = aggregation.op().text();
        if (grouping.without()) {
            return op + " without (" + labels(grouping.labels()) + ") ";
        }
        return grouping.labels().isEmpty() ? op : op + " by (" + labels(grouping.labels()) + ") ";
    }

    /// A binary operator with all that stands between the two sides.
    static String operator(Binary binary) {
        StringBuilder out = new StringBuilder(binary.op().text());
        if (binary.returnBool()) {
            out.append(" bool");
        }
        VectorMatching matching = binary.matching();
        if (matching == null) {
            return out.toString();
        }
        boolean grouped =
                matching.cardinality() == Cardinality.MANY_TO_ONE || matching.cardinality() == Cardinality.ONE_TO_MANY;
        if (matching.on() || grouped || !matching.labels().isEmpty()) {
            out.append(matching.on() ? " on (" : " ignoring (")
                    .append(labels(matching.labels()))
                    .append(')');
        }
        if (grouped) {
            out.append(matching.cardinality() == Cardinality.MANY_TO_ONE ? " group_left (" : " group_right (")
                    .append(labels(matching.include()))
                    .append(')');
        }
        if (matching.fillLeft().isPresent() && matching.fillLeft().equals(matching.fillRight())) {
            fill(out, " fill (", matching.fillLeft());
        } else {
            fill(out, " fill_left (", matching.fillLeft());
            fill(out, " fill_right (", matching.fillRight());
        }
        return out.toString();
    }

    private static void fill(StringBuilder out, String keyword, Optional<Double> value) {
        value.ifPresent(v -> out.append(keyword).append(NumberText.plain(v)).append(')'));
    }

    private static String labels(List<String> names) {
        StringJoiner joined = new StringJoiner(", ");
        for (String name : names) {
            joined.add(LabelText.isPlainLabelName(name) ? name : LabelText.quote(name));
        }
        return joined.toString();
    }
}

package io.lambdascope.ql.promql;

import io.lambdascope.ql.promql.PromExpr.Aggregation;
import io.lambdascope.ql.promql.PromExpr.Binary;
import io.lambdascope.ql.promql.PromExpr.Call;
import io.lambdascope.ql.promql.PromExpr.MatrixSelector;
import io.lambdascope.ql.promql.PromExpr.NumberLiteral;
import io.lambdascope.ql.promql.PromExpr.Paren;
import io.lambdascope.ql.promql.PromExpr.StringLiteral;
import io.lambdascope.ql.promql.PromExpr.Subquery;
import io.lambdascope.ql.promql.PromExpr.Unary;
import io.lambdascope.ql.promql.PromExpr.VectorSelector;
import java.util.List;
import java.util.StringJoiner;

/// Writes PromQL over several lines (the layout of prometheus `promql/parser/prettier_rules.md`): what fits into a
/// line stays on one, what does not is broken open and its parts indented by two.
final class PromPretty {
    private static final int MAX_LINE = 100;

    private PromPretty() {}

    static String print(PromExpr expr) {
        return print(expr, 0);
    }

    private static String print(PromExpr expr, int level) {
        String indent = "  ".repeat(level);
        String line = PromPrinter.print(expr);
        if (line.length() <= MAX_LINE) {
            return indent + line;
        }
        return switch (expr) {
            case NumberLiteral _, StringLiteral _, VectorSelector _, MatrixSelector _ -> indent + line;
            case Subquery subquery -> print(subquery.input(), level) + PromPrinter.brackets(subquery);
            case Call call -> indent + call.function().text() + broken(call.args(), level);
            case Aggregation aggregation ->
                indent + PromPrinter.head(aggregation) + broken(PromWalk.children(aggregation), level);
            case Binary binary ->
                "%s\n%s%s\n%s"
                        .formatted(
                                print(binary.left(), level + 1),
                                indent,
                                PromPrinter.operator(binary),
                                print(binary.right(), level + 1));
            case Unary unary ->
                indent
                        + (unary.negative() ? "-" : "+")
                        + print(unary.input(), level).strip();
            case Paren paren -> indent + broken(List.of(paren.input()), level);
        };
    }

    private static String broken(List<PromExpr> args, int level) {
        StringJoiner lines = new StringJoiner(",\n", "(\n", "\n" + "  ".repeat(level) + ")");
        for (PromExpr arg : args) {
            lines.add(print(arg, level + 1));
        }
        return lines.toString();
    }
}

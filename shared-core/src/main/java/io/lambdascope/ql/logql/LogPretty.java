package io.lambdascope.ql.logql;

import io.lambdascope.ql.logql.LogExpr.Binary;
import io.lambdascope.ql.logql.LogExpr.LabelReplace;
import io.lambdascope.ql.logql.LogExpr.LogQuery;
import io.lambdascope.ql.logql.LogExpr.LogRange;
import io.lambdascope.ql.logql.LogExpr.NumberLiteral;
import io.lambdascope.ql.logql.LogExpr.Paren;
import io.lambdascope.ql.logql.LogExpr.RangeAggregation;
import io.lambdascope.ql.logql.LogExpr.Stage;
import io.lambdascope.ql.logql.LogExpr.VectorAggregation;
import io.lambdascope.ql.logql.LogExpr.VectorLiteral;
import java.util.ArrayList;
import java.util.List;

/// Writes LogQL over several lines: what is short stays on one, everything else is broken open and its parts indented
/// by two. A stage takes a line of its own, but for line filters at the start that fit on one together.
final class LogPretty {
    private static final int SHORT = 20;

    private LogPretty() {}

    static String print(LogExpr expr, int level) {
        String indent = indent(level);
        if (expr instanceof LogQuery query) {
            return print(query, level);
        }
        String line = LogPrinter.print(expr);
        if (line.length() <= SHORT) {
            return indent + line;
        }
        return switch (expr) {
            case LogQuery _, NumberLiteral _, VectorLiteral _ -> indent + line;
            case RangeAggregation aggregation -> {
                List<String> parts = new ArrayList<>();
                LogPrinter.parameter(aggregation).ifPresent(text -> parts.add(indent(level + 1) + text));
                parts.add(print(aggregation.range(), level + 1));
                yield indent + aggregation.op().text() + broken(parts, level) + LogPrinter.tail(aggregation.grouping());
            }
            case VectorAggregation aggregation -> {
                List<String> parts = new ArrayList<>();
                LogPrinter.parameter(aggregation).ifPresent(text -> parts.add(indent(level + 1) + text));
                parts.add(print(aggregation.input(), level + 1));
                yield indent + LogPrinter.head(aggregation) + broken(parts, level);
            }
            case Binary binary ->
                "%s\n%s%s\n%s"
                        .formatted(
                                print(binary.left(), level + 1),
                                indent,
                                LogPrinter.operator(binary),
                                print(binary.right(), level + 1));
            case LabelReplace replace -> {
                List<String> parts = new ArrayList<>();
                parts.add(print(replace.input(), level + 1));
                LogPrinter.arguments(replace).forEach(text -> parts.add(indent(level + 1) + text));
                yield indent + "label_replace" + broken(parts, level);
            }
            case Paren paren -> indent + broken(List.of(print(paren.input(), level + 1)), level);
        };
    }

    private static String print(LogQuery query, int level) {
        StringBuilder out = new StringBuilder(indent(level)).append(LogPrinter.selector(query));
        String filters = "";
        for (Stage stage : query.stages()) {
            String text = LogStagePrinter.print(stage);
            filters = stage instanceof Stage.LineFilter ? (filters + " " + text).strip() : "";
            boolean joins = !filters.equals(text) && !filters.isEmpty() && filters.length() <= SHORT;
            out.append(joins ? " " : "\n" + indent(level + 1)).append(text);
        }
        return out.toString();
    }

    private static String print(LogRange range, int level) {
        String line = LogPrinter.print(range.query());
        StringBuilder out = new StringBuilder(
                line.length() <= SHORT && range.unwrap() == null ? indent(level) + line : print(range.query(), level));
        if (range.unwrap() != null) {
            LogStagePrinter.print(range.unwrap())
                    .forEach(part -> out.append('\n').append(indent(level + 1)).append(part));
        }
        return out.append(' ').append(LogPrinter.brackets(range)).toString();
    }

    private static String broken(List<String> parts, int level) {
        return "(\n" + String.join(",\n", parts) + "\n" + indent(level) + ")";
    }

    private static String indent(int level) {
        return "  ".repeat(level);
    }
}

package io.lambdascope.ql.logql;

import static java.util.stream.Collectors.joining;

import io.lambdascope.labels.LabelText;
import io.lambdascope.labels.Matcher;
import io.lambdascope.labels.NumberText;
import io.lambdascope.ql.logql.LogExpr.Binary;
import io.lambdascope.ql.logql.LogExpr.Cardinality;
import io.lambdascope.ql.logql.LogExpr.Grouping;
import io.lambdascope.ql.logql.LogExpr.LabelReplace;
import io.lambdascope.ql.logql.LogExpr.LogQuery;
import io.lambdascope.ql.logql.LogExpr.LogRange;
import io.lambdascope.ql.logql.LogExpr.NumberLiteral;
import io.lambdascope.ql.logql.LogExpr.Paren;
import io.lambdascope.ql.logql.LogExpr.RangeAggregation;
import io.lambdascope.ql.logql.LogExpr.VectorAggregation;
import io.lambdascope.ql.logql.LogExpr.VectorLiteral;
import io.lambdascope.ql.logql.LogExpr.VectorMatching;
import io.lambdascope.time.DurationText;
import io.lambdascope.time.GoDuration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Writes LogQL. What [LogParser] reads back is the same tree.
public final class LogPrinter {
    private static final long MILLI = 1_000_000;

    private LogPrinter() {}

    /// On one line.
    public static String print(LogExpr expr) {
        return switch (expr) {
            case LogQuery query -> print(query);
            case RangeAggregation aggregation ->
                "%s(%s%s)%s"
                        .formatted(
                                aggregation.op().text(),
                                parameter(aggregation).map(text -> text + ", ").orElse(""),
                                print(aggregation.range()),
                                tail(aggregation.grouping()));
            case VectorAggregation aggregation ->
                "%s(%s%s)"
                        .formatted(
                                head(aggregation),
                                parameter(aggregation).map(text -> text + ", ").orElse(""),
                                print(aggregation.input()));
            case Binary binary -> print(binary.left()) + " " + operator(binary) + " " + print(binary.right());
            case NumberLiteral literal -> number(literal.value());
            case VectorLiteral literal -> "vector(" + number(literal.value()) + ")";
            case LabelReplace replace ->
                "label_replace(%s, %s)".formatted(print(replace.input()), String.join(", ", arguments(replace)));
            case Paren paren -> "(" + print(paren.input()) + ")";
        };
    }

    /// Over several lines, as Loki's `format_query` lays it out.
    public static String pretty(LogExpr expr) {
        return LogPretty.print(expr, 0);
    }

    /// `{a="1", b=~"2"}`.
    static String selector(LogQuery query) {
        return query.matchers().stream().map(Matcher::toString).collect(joining(", ", "{", "}"));
    }

    private static String print(LogQuery query) {
        StringBuilder out = new StringBuilder(selector(query));
        query.stages().forEach(stage -> out.append(' ').append(LogStagePrinter.print(stage)));
        return out.toString();
    }

    private static String print(LogRange range) {
        StringBuilder out = new StringBuilder(print(range.query()));
        if (range.unwrap() != null) {
            LogStagePrinter.print(range.unwrap())
                    .forEach(part -> out.append(' ').append(part));
        }
        return out.append(brackets(range)).toString();
    }

    /// `[5m]`, and the offset behind it.
    static String brackets(LogRange range) {
        return "[%s]%s"
                .formatted(
                        duration(range.rangeNanos()),
                        range.offsetNanos() == 0 ? "" : " offset " + duration(range.offsetNanos()));
    }

    private static String duration(long nanos) {
        return nanos % MILLI == 0 ? DurationText.print(nanos / MILLI) : GoDuration.print(nanos);
    }

    /// φ.
    static Optional<String> parameter(RangeAggregation aggregation) {
        return aggregation.parameter().isEmpty()
                ? Optional.empty()
                : Optional.of(number(aggregation.parameter().getAsDouble()));
    }

    /// k.
    static Optional<String> parameter(VectorAggregation aggregation) {
        return aggregation.parameter() == 0 ? Optional.empty() : Optional.of(Long.toString(aggregation.parameter()));
    }

    /// What stands before the first bracket.
    static String head(VectorAggregation aggregation) {
        return aggregation.op().text() + tail(aggregation.grouping());
    }

    /// ` by (a, b)`, or nothing.
    static String tail(@Nullable Grouping grouping) {
        return grouping == null ? "" : (grouping.without() ? " without " : " by ") + labels(grouping.labels());
    }

    /// The texts behind the input, in quotes.
    static List<String> arguments(LabelReplace replace) {
        return List.of(
                LabelText.quote(replace.target()),
                LabelText.quote(replace.replacement()),
                LabelText.quote(replace.source()),
                LabelText.quote(replace.regex()));
    }

    /// A binary operator with all that stands between the two sides.
    static String operator(Binary binary) {
        String op = binary.op().text() + (binary.returnBool() ? " bool" : "");
        VectorMatching matching = binary.matching();
        if (matching == null || matching.equals(VectorMatching.DEFAULT)) {
            return op;
        }
        String how = op + (matching.on() ? " on " : " ignoring ") + labels(matching.labels());
        if (matching.cardinality() == Cardinality.ONE_TO_ONE) {
            return how;
        }
        boolean named = !matching.include().isEmpty() || print(binary.right()).startsWith("(");
        return how
                + (matching.cardinality() == Cardinality.MANY_TO_ONE ? " group_left" : " group_right")
                + (named ? " " + labels(matching.include()) : "");
    }

    private static String labels(List<String> names) {
        return names.stream().collect(joining(", ", "(", ")"));
    }

    /// What is too large for a float is written as a number that is, too.
    static String number(double value) {
        return Double.isInfinite(value) ? (value < 0 ? "-1e999" : "1e999") : NumberText.plain(value);
    }
}

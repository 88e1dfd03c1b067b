package io.lambdascope.ql.logql;

import io.lambdascope.fault.Fault;
import io.lambdascope.labels.Matcher;
import io.lambdascope.ql.Positions;
import io.lambdascope.ql.QuotedText;
import io.lambdascope.ql.SourceRange;
import io.lambdascope.ql.SyntaxException;
import io.lambdascope.ql.logql.LogExpr.BinaryOp;
import io.lambdascope.ql.logql.LogExpr.Cardinality;
import io.lambdascope.ql.logql.LogExpr.Conversion;
import io.lambdascope.ql.logql.LogExpr.Grouping;
import io.lambdascope.ql.logql.LogExpr.LabelCondition;
import io.lambdascope.ql.logql.LogExpr.LogQuery;
import io.lambdascope.ql.logql.LogExpr.LogRange;
import io.lambdascope.ql.logql.LogExpr.MetricExpr;
import io.lambdascope.ql.logql.LogExpr.Stage;
import io.lambdascope.ql.logql.LogExpr.Unwrap;
import io.lambdascope.ql.logql.LogExpr.VectorMatching;
import io.lambdascope.ql.logql.grammar.LogQLParser;
import io.lambdascope.ql.logql.grammar.LogQLParser.GroupingContext;
import io.lambdascope.ql.logql.grammar.LogQLParser.LabelContext;
import io.lambdascope.ql.logql.grammar.LogQLParser.LogRangeContext;
import io.lambdascope.ql.logql.grammar.LogQLParser.MetricExprContext;
import io.lambdascope.ql.logql.grammar.LogQLParser.NumberContext;
import io.lambdascope.ql.logql.grammar.LogQLParser.OffsetContext;
import io.lambdascope.ql.logql.grammar.LogQLParser.SelectorContext;
import io.lambdascope.ql.logql.grammar.LogQLParser.StageContext;
import io.lambdascope.ql.logql.grammar.LogQLParser.StringContext;
import io.lambdascope.ql.logql.grammar.LogQLParser.UnwrapContext;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/// Makes our tree from the parser's.
final class LogTreeBuilder {
    private final Positions positions;
    private final LogStageBuilder stages;

    LogTreeBuilder(Positions positions) {
        this.positions = positions;
        this.stages = new LogStageBuilder(this, positions);
    }

    LogExpr query(LogQLParser.QueryContext tree) {
        return tree.metricExpr() != null ? metric(tree.metricExpr()) : log(tree.logExpr());
    }

    private LogQuery log(LogQLParser.LogExprContext tree) {
        LogQLParser.LogExprContext inside = tree;
        while (inside.logExpr() != null) {
            inside = inside.logExpr();
        }
        return new LogQuery(matchers(inside.selector()), stagesOf(inside.stage()), positions.of(inside));
    }

    private List<Stage> stagesOf(List<StageContext> trees) {
        return trees.stream().map(stages::stage).toList();
    }

    List<Matcher> matchers(SelectorContext tree) {
        return tree.matcher().stream()
                .map(matcher -> matcher(matcher.label(), matcher.op, matcher.string()))
                .toList();
    }

    Matcher matcher(LabelContext label, Token op, StringContext value) {
        Matcher.Op kind = switch (op.getType()) {
            case LogQLParser.EQL -> Matcher.Op.EQUAL;
            case LogQLParser.NEQ -> Matcher.Op.NOT_EQUAL;
            case LogQLParser.EQL_REGEX -> Matcher.Op.REGEX;
            default -> Matcher.Op.NOT_REGEX;
        };
        String operand = text(value);
        try {
            return Matcher.of(label.getText(), kind, operand);
        } catch (Fault e) {
            throw fault(value, e.text());
        }
    }

    /// A chain such as a + b + c leans to the left as far as it is long; it is built in a loop, not by recursion.
    MetricExpr metric(MetricExprContext tree) {
        Deque<LogQLParser.BinaryExprContext> chain = new ArrayDeque<>();
        MetricExprContext first = tree;
        while (first instanceof LogQLParser.BinaryExprContext binary) {
            if (chain.size() >= LogParser.MAX_CHAIN) {
                throw fault(tree, "expression chains more than %d operators".formatted(LogParser.MAX_CHAIN));
            }
            chain.push(binary);
            first = binary.metricExpr(0);
        }
        MetricExpr built = atom(first);
        while (!chain.isEmpty()) {
            built = binary(built, chain.pop());
        }
        return built;
    }

    private MetricExpr atom(MetricExprContext tree) {
        SourceRange at = positions.of(tree);
        return switch (tree) {
            case LogQLParser.RangeExprContext range ->
                new LogExpr.RangeAggregation(
                        rangeOp(range.name),
                        range.number() == null ? OptionalDouble.empty() : OptionalDouble.of(number(range.number())),
                        range(range.logRange()),
                        grouping(range.grouping()),
                        at);
            case LogQLParser.AggregationExprContext aggregation -> aggregation(aggregation, at);
            case LogQLParser.ReplaceExprContext replace -> labelReplace(replace, at);
            case LogQLParser.NumberExprContext number -> new LogExpr.NumberLiteral(number(number.number()), at);
            case LogQLParser.ParenExprContext paren -> new LogExpr.Paren(metric(paren.metricExpr()), at);
            default -> throw new IllegalStateException("not the start of a chain: " + tree.getText());
        };
    }

    private MetricExpr aggregation(LogQLParser.AggregationExprContext tree, SourceRange at) {
        String name = tree.name.getText().toLowerCase(Locale.ROOT);
        if (name.equals("vector")) {
            boolean plain = tree.before == null && tree.after == null && tree.number() == null;
            if (plain && tree.metricExpr() instanceof LogQLParser.NumberExprContext number) {
                return new LogExpr.VectorLiteral(number(number.number()), at);
            }
            throw fault(tree, "vector() takes one number, as in vector(0)");
        }
        LogExpr.VectorOp op = vectorOp(tree.name);
        if (tree.before != null && tree.after != null) {
            throw fault(tree.after, "%s() is grouped twice".formatted(name));
        }
        Grouping grouping = grouping(tree.before != null ? tree.before : tree.after);
        boolean takesNumber =
                op == LogExpr.VectorOp.TOPK || op == LogExpr.VectorOp.BOTTOMK || op == LogExpr.VectorOp.APPROX_TOPK;
        long parameter = 0;
        if (takesNumber) {
            if (tree.number() == null) {
                throw fault(tree, "parameter required for operation %s".formatted(name));
            }
            double k = number(tree.number());
            if (k != Math.rint(k) || k < 1 || k > Integer.MAX_VALUE) {
                throw fault(
                        tree.number(),
                        "invalid parameter %s(%s,…): a whole number above 0 is needed"
                                .formatted(name, tree.number().getText()));
            }
            parameter = (long) k;
        } else if (tree.number() != null) {
            throw fault(
                    tree.number(),
                    "unsupported parameter for operation %s(%s,…)"
                            .formatted(name, tree.number().getText()));
        }
        boolean groups =
                op != LogExpr.VectorOp.SORT && op != LogExpr.VectorOp.SORT_DESC && op != LogExpr.VectorOp.APPROX_TOPK;
        if (grouping != null && !groups) {
            throw fault(tree, "grouping not allowed for %s aggregation".formatted(name));
        }
        return new LogExpr.VectorAggregation(op, parameter, metric(tree.metricExpr()), grouping, at);
    }

    private MetricExpr labelReplace(LogQLParser.ReplaceExprContext tree, SourceRange at) {
        if (!tree.name.getText().equalsIgnoreCase("label_replace")) {
            throw fault(tree, "syntax error: %s() does not take strings".formatted(tree.name.getText()));
        }
        return new LogExpr.LabelReplace(
                metric(tree.metricExpr()),
                text(tree.string(0)),
                text(tree.string(1)),
                text(tree.string(2)),
                text(tree.string(3)),
                at);
    }

    private MetricExpr binary(MetricExpr left, LogQLParser.BinaryExprContext tree) {
        MetricExpr right = metric(tree.metricExpr(1));
        SourceRange at = new SourceRange(left.at().start(), positions.of(tree).end());
        BinaryOp op = binaryOp(tree.op);
        LogQLParser.BinaryModifierContext modifier = tree.binaryModifier();
        boolean scalar = isNumber(left) || isNumber(right);
        VectorMatching matching =
                modifier.matching() == null ? (scalar ? null : VectorMatching.DEFAULT) : matching(modifier.matching());
        return new LogExpr.Binary(op, left, right, modifier.BOOL() != null, matching, at);
    }

    private static boolean isNumber(MetricExpr expr) {
        return switch (expr) {
            case LogExpr.NumberLiteral _ -> true;
            case LogExpr.Paren paren -> isNumber(paren.input());
            case LogExpr.Binary binary -> isNumber(binary.left()) && isNumber(binary.right());
            case LogExpr.RangeAggregation _,
                    LogExpr.VectorAggregation _,
                    LogExpr.VectorLiteral _,
                    LogExpr.LabelReplace _ -> false;
        };
    }

    private static VectorMatching matching(LogQLParser.MatchingContext tree) {
        Cardinality cardinality = tree.group == null
                ? Cardinality.ONE_TO_ONE
                : tree.group.getType() == LogQLParser.GROUP_LEFT ? Cardinality.MANY_TO_ONE : Cardinality.ONE_TO_MANY;
        return new VectorMatching(cardinality, tree.ON() != null, labels(tree.labels(0)), labels(tree.include));
    }

    private static List<String> labels(LogQLParser.@Nullable LabelsContext tree) {
        return tree == null
                ? List.of()
                : tree.label().stream().map(LabelContext::getText).toList();
    }

    private static @Nullable Grouping grouping(@Nullable GroupingContext tree) {
        return tree == null ? null : new Grouping(tree.WITHOUT() != null, labels(tree.labels()));
    }

    private LogRange range(LogRangeContext tree) {
        SourceRange at = positions.of(tree);
        LogRangeContext inside = tree;
        while (inside instanceof LogQLParser.RangeParenContext paren) {
            inside = paren.logRange();
        }
        return switch (inside) {
            case LogQLParser.RangeLastContext last ->
                range(last.selector(), last.stage(), last.unwrap(), last.RANGE().getSymbol(), last.offset(), at);
            case LogQLParser.RangeFirstContext first ->
                range(
                        first.selector(),
                        first.stage(),
                        first.unwrap(),
                        first.RANGE().getSymbol(),
                        first.offset(),
                        at);
            default -> throw new IllegalStateException("no range: " + inside.getText());
        };
    }

    private LogRange range(
            SelectorContext selector,
            List<StageContext> stageTrees,
            @Nullable UnwrapContext unwrap,
            Token range,
            @Nullable OffsetContext offset,
            SourceRange at) {
        LogQuery query = new LogQuery(matchers(selector), stagesOf(stageTrees), positions.of(selector));
        return new LogRange(
                query,
                unwrap == null ? null : unwrap(unwrap),
                LogMeasures.rangeNanos(positions.text(range))
                        .orElseThrow(() -> LogParser.fault(
                                positions, range, "not a valid duration string: %s".formatted(positions.text(range)))),
                offset == null ? 0 : offsetNanos(offset),
                at);
    }

    private long offsetNanos(OffsetContext tree) {
        String text = tree.MEASURE().getText();
        long nanos = LogMeasures.durationNanos(text)
                .orElseThrow(() -> fault(tree, "not a valid duration string: %s".formatted(text)));
        return tree.sign == null ? nanos : -nanos;
    }

    private Unwrap unwrap(UnwrapContext tree) {
        Conversion conversion = Conversion.NONE;
        if (tree.conversion != null) {
            conversion = switch (tree.conversion.getText().toLowerCase(Locale.ROOT)) {
                case "duration", "duration_seconds" -> Conversion.DURATION;
                case "bytes" -> Conversion.BYTES;
                default ->
                    throw LogParser.fault(
                            positions,
                            tree.conversion,
                            "syntax error: unwrap converts by duration, duration_seconds or bytes, not by %s"
                                    .formatted(tree.conversion.getText()));
            };
        }
        List<LabelCondition> filters =
                tree.labelFilter().stream().map(stages::condition).toList();
        return new Unwrap(tree.label().getText(), conversion, filters, positions.of(tree));
    }

    private double number(NumberContext tree) {
        double value = Double.parseDouble(tree.NUMBER().getText());
        return tree.sign != null && tree.sign.getType() == LogQLParser.SUB ? -value : value;
    }

    String text(StringContext tree) {
        try {
            return QuotedText.unquoteRegex(positions.text(tree.start));
        } catch (QuotedText.BadEscapeException e) {
            throw fault(tree, String.valueOf(e.getMessage()));
        }
    }

    SyntaxException fault(ParserRuleContext tree, String problem) {
        return SyntaxException.inLogQl(positions.text(), positions.of(tree), problem);
    }

    private LogExpr.RangeOp rangeOp(Token name) {
        for (LogExpr.RangeOp op : LogExpr.RangeOp.values()) {
            if (op.text().equalsIgnoreCase(name.getText())) {
                return op;
            }
        }
        throw LogParser.fault(
                positions, name, "syntax error: %s() is no function over a range of logs".formatted(name.getText()));
    }

    private LogExpr.VectorOp vectorOp(Token name) {
        for (LogExpr.VectorOp op : LogExpr.VectorOp.values()) {
            if (op.text().equalsIgnoreCase(name.getText())) {
                return op;
            }
        }
        throw LogParser.fault(
                positions, name, "syntax error: %s() is no function over series".formatted(name.getText()));
    }

    private static BinaryOp binaryOp(Token token) {
        return switch (token.getType()) {
            case LogQLParser.ADD -> BinaryOp.ADD;
            case LogQLParser.SUB -> BinaryOp.SUB;
            case LogQLParser.MUL -> BinaryOp.MUL;
            case LogQLParser.DIV -> BinaryOp.DIV;
            case LogQLParser.MOD -> BinaryOp.MOD;
            case LogQLParser.POW -> BinaryOp.POW;
            case LogQLParser.EQLC -> BinaryOp.EQL;
            case LogQLParser.NEQ -> BinaryOp.NEQ;
            case LogQLParser.GTR -> BinaryOp.GTR;
            case LogQLParser.GTE -> BinaryOp.GTE;
            case LogQLParser.LSS -> BinaryOp.LSS;
            case LogQLParser.LTE -> BinaryOp.LTE;
            case LogQLParser.AND -> BinaryOp.AND;
            case LogQLParser.OR -> BinaryOp.OR;
            case LogQLParser.UNLESS -> BinaryOp.UNLESS;
            default -> throw new IllegalStateException("no operator: " + token.getText());
        };
    }
}

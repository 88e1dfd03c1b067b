package io.lambdascope.ql.promql;

import io.lambdascope.fault.Fault;
import io.lambdascope.labels.LabelText;
import io.lambdascope.labels.Labels;
import io.lambdascope.labels.Matcher;
import io.lambdascope.ql.Positions;
import io.lambdascope.ql.QuotedText;
import io.lambdascope.ql.SourceRange;
import io.lambdascope.ql.promql.PromExpr.AggregateOp;
import io.lambdascope.ql.promql.PromExpr.BinaryOp;
import io.lambdascope.ql.promql.PromExpr.Cardinality;
import io.lambdascope.ql.promql.PromExpr.DurationExpr;
import io.lambdascope.ql.promql.PromExpr.Edges;
import io.lambdascope.ql.promql.PromExpr.Grouping;
import io.lambdascope.ql.promql.PromExpr.TimeShift;
import io.lambdascope.ql.promql.PromExpr.VectorMatching;
import io.lambdascope.ql.promql.PromExpr.VectorSelector;
import io.lambdascope.ql.promql.grammar.PromQLParser;
import io.lambdascope.ql.promql.grammar.PromQLParser.AggregationContext;
import io.lambdascope.ql.promql.grammar.PromQLParser.ExprContext;
import io.lambdascope.ql.promql.grammar.PromQLParser.LabelListContext;
import io.lambdascope.ql.promql.grammar.PromQLParser.MatcherContext;
import io.lambdascope.ql.promql.grammar.PromQLParser.VectorSelectorContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;
import org.jspecify.annotations.Nullable;

/// Makes our tree from the parser's.
final class PromTreeBuilder {
    private final Positions positions;
    private final TokenStream tokens;
    private final PromDurationBuilder durations;
    private final PromModifiers modifiers;

    PromTreeBuilder(Positions positions, TokenStream tokens) {
        this.positions = positions;
        this.tokens = tokens;
        this.durations = new PromDurationBuilder(positions);
        this.modifiers = new PromModifiers(positions);
    }

    PromExpr expr(ExprContext tree) {
        // A chain such as a + b + c leans to the left as far as it is long; it is built in a loop, not by recursion.
        Deque<ExprContext> chain = new ArrayDeque<>();
        ExprContext first = tree;
        for (ExprContext left = leftOf(first); left != null; left = leftOf(first)) {
            if (chain.size() >= PromParser.MAX_DEPTH) {
                throw positions.fault(
                        positions.of(tree), "expression chains more than %d operators".formatted(PromParser.MAX_DEPTH));
            }
            chain.push(first);
            first = left;
        }
        PromExpr built = atom(first);
        while (!chain.isEmpty()) {
            built = extend(built, chain.pop());
        }
        return built;
    }

    private static @Nullable ExprContext leftOf(ExprContext tree) {
        return switch (tree) {
            case PromQLParser.BinaryExprContext binary -> binary.expr(0);
            case PromQLParser.RangeExprContext range -> range.expr();
            case PromQLParser.OffsetExprContext offset -> offset.expr();
            case PromQLParser.AtExprContext at -> at.expr();
            case PromQLParser.EdgesExprContext edges -> edges.expr();
            default -> null;
        };
    }

    private PromExpr extend(PromExpr input, ExprContext tree) {
        SourceRange at = new SourceRange(input.at().start(), positions.of(tree).end());
        return switch (tree) {
            case PromQLParser.BinaryExprContext binary -> binary(input, binary, at);
            case PromQLParser.RangeExprContext range -> ranged(input, range, at);
            case PromQLParser.OffsetExprContext offset ->
                modifiers.offset(input, durations.offset(offset.offsetDuration()), at);
            case PromQLParser.AtExprContext atTime -> modifiers.at(input, atTime.atTime(), at);
            case PromQLParser.EdgesExprContext edges ->
                modifiers.edges(
                        input, edges.edges.getType() == PromQLParser.ANCHORED ? Edges.ANCHORED : Edges.SMOOTHED, at);
            default -> throw new IllegalStateException("not part of a chain: " + tree.getText());
        };
    }

    private PromExpr atom(ExprContext tree) {
        SourceRange at = positions.of(tree);
        return switch (tree) {
            case PromQLParser.UnaryExprContext unary -> unary(unary, at);
            case PromQLParser.AggregationExprContext aggregation -> aggregation(aggregation.aggregation(), at);
            case PromQLParser.CallExprContext call -> call(call.functionCall(), at);
            case PromQLParser.SelectorExprContext selector -> vectorSelector(selector.vectorSelector());
            case PromQLParser.NumberExprContext number ->
                new PromExpr.NumberLiteral(
                        durations.seconds(number.start), number.start.getType() == PromQLParser.DURATION, at);
            case PromQLParser.StringExprContext string -> new PromExpr.StringLiteral(unquote(string.start), at);
            case PromQLParser.ParenExprContext paren -> new PromExpr.Paren(expr(paren.expr()), at);
            default -> throw new IllegalStateException("not the start of a chain: " + tree.getText());
        };
    }

    private PromExpr unary(PromQLParser.UnaryExprContext tree, SourceRange at) {
        boolean negative = tree.op.getType() == PromQLParser.SUB;
        PromExpr input = expr(tree.expr());
        if (input instanceof PromExpr.NumberLiteral number) {
            return new PromExpr.NumberLiteral(negative ? -number.value() : number.value(), number.duration(), at);
        }
        return new PromExpr.Unary(negative, input, at);
    }

    private PromExpr binary(PromExpr left, PromQLParser.BinaryExprContext tree, SourceRange at) {
        PromQLParser.BinaryModifierContext modifier = tree.binaryModifier();
        VectorMatching matching = matching(modifier, tree.expr(1));
        return new PromExpr.Binary(binaryOp(tree.op), left, expr(tree.expr(1)), modifier.BOOL() != null, matching, at);
    }

    private static BinaryOp binaryOp(Token token) {
        String written = token.getText().toLowerCase(Locale.ROOT);
        for (BinaryOp op : BinaryOp.values()) {
            if (op.text().equals(written)) {
                return op;
            }
        }
        throw new IllegalStateException("no operator: " + written);
    }

    private @Nullable VectorMatching matching(PromQLParser.BinaryModifierContext tree, ExprContext right) {
        PromQLParser.MatchingContext matching = tree.matching();
        if (matching == null && tree.fill().isEmpty()) {
            return null;
        }
        Cardinality cardinality = Cardinality.ONE_TO_ONE;
        List<String> include = List.of();
        if (matching != null && matching.group != null) {
            cardinality = matching.group.getType() == PromQLParser.GROUP_LEFT
                    ? Cardinality.MANY_TO_ONE
                    : Cardinality.ONE_TO_MANY;
            if (matching.include != null) {
                include = labels(matching.include);
            } else if (right.start.getType() == PromQLParser.LEFT_PAREN
                    && tree.fill().isEmpty()) {
                // Prometheus takes a bracket here for the labels to copy, whatever is in it.
                Token inside = tokens.get(right.start.getTokenIndex() + 1);
                throw positions.fault(
                        inside,
                        "unexpected brackets after %s, expected a list of labels before the right side"
                                .formatted(positions.text(matching.group)));
            }
        }
        Optional<Double> fillLeft = Optional.empty();
        Optional<Double> fillRight = Optional.empty();
        for (PromQLParser.FillContext fill : tree.fill()) {
            Optional<Double> value = Optional.of(durations.signedSeconds(fill.sign, fill.number().start));
            int side = fill.start.getType();
            if (side != PromQLParser.FILL_RIGHT) {
                fillLeft = value;
            }
            if (side != PromQLParser.FILL_LEFT) {
                fillRight = value;
            }
        }
        return new VectorMatching(
                cardinality,
                matching != null && matching.ON() != null,
                matching == null ? List.of() : labels(matching.labelList(0)),
                include,
                fillLeft,
                fillRight);
    }

    private PromExpr ranged(PromExpr input, PromQLParser.RangeExprContext tree, SourceRange at) {
        DurationExpr range = durations.positive(tree.range);
        if (tree.colon != null) {
            DurationExpr step = tree.step == null ? null : durations.positive(tree.step);
            return new PromExpr.Subquery(input, range, step, TimeShift.NONE, at);
        }
        SourceRange brackets = positions.of(tree.LEFT_BRACKET().getSymbol(), tree.stop);
        if (!(input instanceof VectorSelector selector)) {
            throw positions.fault(brackets, "ranges only allowed for vector selectors");
        }
        if (!selector.shift().offset().equals(DurationExpr.ZERO)) {
            throw positions.fault(brackets, "no offset modifiers allowed before range");
        }
        if (selector.shift().atModifier() != null) {
            throw positions.fault(brackets, "no @ modifiers allowed before range");
        }
        return new PromExpr.MatrixSelector(selector, range, at);
    }

    private PromExpr aggregation(AggregationContext tree, SourceRange at) {
        AggregateOp op = AggregateOp.valueOf(tree.aggregateOp().getText().toUpperCase(Locale.ROOT));
        Grouping grouping = Grouping.NONE;
        if (tree.grouping() != null) {
            grouping = new Grouping(
                    tree.grouping().WITHOUT() != null, labels(tree.grouping().labelList()));
        }
        List<PromExpr> args = arguments(tree.arguments());
        if (args.isEmpty()) {
            throw positions.fault(at, "no arguments for aggregate expression provided");
        }
        int expected = op.hasParameter() ? 2 : 1;
        if (args.size() != expected) {
            throw positions.fault(
                    at,
                    "wrong number of arguments for aggregate expression provided, expected %d, got %d"
                            .formatted(expected, args.size()));
        }
        return new PromExpr.Aggregation(
                op, op.hasParameter() ? args.get(0) : null, args.get(expected - 1), grouping, at);
    }

    private PromExpr call(PromQLParser.FunctionCallContext tree, SourceRange at) {
        String name = tree.functionName().getText();
        PromFunction function = PromFunction.named(name)
                .orElseThrow(() -> positions.fault(
                        tree.functionName().start, "unknown function with name " + LabelText.quote(name)));
        return new PromExpr.Call(function, arguments(tree.arguments()), at);
    }

    private List<PromExpr> arguments(PromQLParser.ArgumentsContext tree) {
        if (tree.trailing != null) {
            throw positions.fault(tree.trailing, "trailing commas not allowed in function call args");
        }
        List<PromExpr> args = new ArrayList<>(tree.expr().size());
        for (ExprContext arg : tree.expr()) {
            args.add(expr(arg));
        }
        return List.copyOf(args);
    }

    VectorSelector vectorSelector(VectorSelectorContext tree) {
        String name = tree.metricName() == null ? null : tree.metricName().getText();
        List<Matcher> matchers = new ArrayList<>();
        if (name != null) {
            matchers.add(Matcher.equal(Labels.NAME, name));
        }
        if (tree.matchers() != null) {
            for (MatcherContext matcher : tree.matchers().matcher()) {
                matchers.add(matcher(matcher));
            }
        }
        return new VectorSelector(name, List.copyOf(matchers), TimeShift.NONE, Edges.PLAIN, positions.of(tree));
    }

    private Matcher matcher(MatcherContext tree) {
        if (tree.quotedMetric != null) {
            return Matcher.equal(Labels.NAME, unquote(tree.quotedMetric.start));
        }
        Token nameToken = tree.name.start;
        String name = nameToken.getType() == PromQLParser.IDENTIFIER ? nameToken.getText() : unquote(nameToken);
        Matcher.Op op = switch (tree.op.getType()) {
            case PromQLParser.EQL -> Matcher.Op.EQUAL;
            case PromQLParser.NEQ -> Matcher.Op.NOT_EQUAL;
            case PromQLParser.EQL_REGEX -> Matcher.Op.REGEX;
            default -> Matcher.Op.NOT_REGEX;
        };
        try {
            return Matcher.of(name, op, unquote(tree.value.start));
        } catch (Fault e) {
            throw positions.fault(positions.of(tree), e.text());
        }
    }

    private List<String> labels(LabelListContext tree) {
        List<String> names = new ArrayList<>(tree.labelName().size());
        for (ParserRuleContext label : tree.labelName()) {
            Token token = label.start;
            boolean quoted = token.getType() == PromQLParser.STRING || token.getType() == PromQLParser.RAW_STRING;
            String name = quoted ? unquote(token) : token.getText();
            if (!LabelText.isLabelName(name)) {
                throw positions.fault(
                        token, PromSyntaxErrors.unexpected(token, positions) + " in grouping opts, expected label");
            }
            names.add(name);
        }
        return List.copyOf(names);
    }

    private String unquote(Token token) {
        try {
            return QuotedText.unquote(positions.text(token));
        } catch (QuotedText.BadEscapeException e) {
            throw positions.fault(token, String.valueOf(e.getMessage()));
        }
    }
}

package io.lambdascope.ql.promql;

import io.lambdascope.labels.LabelText;
import io.lambdascope.ql.Positions;
import io.lambdascope.ql.promql.PromExpr.BinaryOp;
import io.lambdascope.ql.promql.PromExpr.DurationExpr;
import io.lambdascope.ql.promql.grammar.PromQLParser;
import io.lambdascope.ql.promql.grammar.PromQLParser.DurationAtomContext;
import io.lambdascope.ql.promql.grammar.PromQLParser.DurationExprContext;
import io.lambdascope.time.DurationText;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/// Makes numbers and lengths of time from the parser's tree.
final class PromDurationBuilder {
    private static final double MAX_SECONDS = 0x1p63 / 1e9;

    private final Positions positions;

    PromDurationBuilder(Positions positions) {
        this.positions = positions;
    }

    /// A number, or a duration as seconds.
    double seconds(Token literal) {
        String text = literal.getText();
        if (literal.getType() != PromQLParser.DURATION) {
            return number(literal, text);
        }
        OptionalLong millis = DurationText.parseMillis(text);
        if (millis.isEmpty()) {
            throw positions.fault(literal, "not a valid duration string: " + LabelText.quote(text));
        }
        return millis.getAsLong() / 1000.0;
    }

    private double number(Token literal, String text) {
        OptionalDouble value = GoNumber.parse(text);
        if (value.isPresent()) {
            return value.getAsDouble();
        }
        throw positions.fault(
                literal,
                "error parsing number: strconv.ParseFloat: parsing %s: %s"
                        .formatted(
                                LabelText.quote(text),
                                GoNumber.isTooLarge(text) ? "value out of range" : "invalid syntax"));
    }

    double signedSeconds(@Nullable Token sign, Token literal) {
        double value = seconds(literal);
        return sign != null && sign.getType() == PromQLParser.SUB ? -value : value;
    }

    /// What stands in brackets.
    DurationExpr positive(DurationExprContext tree) {
        DurationExpr built = whole(expr(tree));
        if (built instanceof DurationExpr.Millis(long millis) && millis <= 0) {
            throw positions.fault(positions.of(tree), "duration must be greater than 0");
        }
        return built;
    }

    /// What stands behind `offset`.
    DurationExpr offset(PromQLParser.OffsetDurationContext tree) {
        DurationExpr built = atom(tree.durationAtom());
        if (tree.sign != null && tree.sign.getType() == PromQLParser.SUB) {
            built = negated(built);
        }
        return whole(built);
    }

    /// A number alone is cut to milliseconds, as nothing is left that it could be multiplied with.
    private static DurationExpr whole(DurationExpr built) {
        return built instanceof DurationExpr.Seconds(double seconds)
                ? new DurationExpr.Millis((long) (seconds * 1000))
                : built;
    }

    private DurationExpr expr(DurationExprContext tree) {
        return switch (tree) {
            case PromQLParser.DurationLeafContext leaf -> atom(leaf.durationAtom());
            case PromQLParser.DurationUnaryContext unary -> {
                DurationExpr input = expr(unary.durationExpr());
                yield unary.op.getType() == PromQLParser.SUB ? negated(input) : input;
            }
            case PromQLParser.DurationBinaryContext binary -> binary(binary);
            default -> throw new IllegalStateException("no duration: " + tree.getText());
        };
    }

    private DurationExpr binary(PromQLParser.DurationBinaryContext tree) {
        DurationExpr left = expr(tree.durationExpr(0));
        DurationExpr right = expr(tree.durationExpr(1));
        BinaryOp op = switch (tree.op.getType()) {
            case PromQLParser.ADD -> BinaryOp.ADD;
            case PromQLParser.SUB -> BinaryOp.SUB;
            case PromQLParser.MUL -> BinaryOp.MUL;
            case PromQLParser.DIV -> BinaryOp.DIV;
            case PromQLParser.MOD -> BinaryOp.MOD;
            default -> BinaryOp.POW;
        };
        if (right.equals(DurationExpr.ZERO) && (op == BinaryOp.DIV || op == BinaryOp.MOD)) {
            throw positions.fault(tree.op, op == BinaryOp.DIV ? "division by zero" : "modulo by zero");
        }
        return new DurationExpr.Arithmetic(op, left, right);
    }

    private DurationExpr atom(DurationAtomContext tree) {
        return switch (tree) {
            case PromQLParser.DurationLiteralContext literal -> literal(literal.start);
            case PromQLParser.DurationOfQueryContext query ->
                query.STEP() != null ? new DurationExpr.Step() : new DurationExpr.Range();
            case PromQLParser.DurationChoiceContext choice ->
                new DurationExpr.Choice(
                        choice.MIN_OF() != null, expr(choice.durationExpr(0)), expr(choice.durationExpr(1)));
            case PromQLParser.DurationParensContext parens -> new DurationExpr.Parens(expr(parens.durationExpr()));
            default -> throw new IllegalStateException("no duration: " + tree.getText());
        };
    }

    private DurationExpr literal(Token token) {
        double seconds = seconds(token);
        if (!(Math.abs(seconds) <= MAX_SECONDS)) {
            throw positions.fault(token, "duration out of range");
        }
        long millis = Math.round(seconds * 1000);
        return millis / 1000.0 == seconds ? new DurationExpr.Millis(millis) : new DurationExpr.Seconds(seconds);
    }

    private static DurationExpr negated(DurationExpr input) {
        return switch (input) {
            case DurationExpr.Millis(long millis) -> new DurationExpr.Millis(-millis);
            case DurationExpr.Seconds(double seconds) -> new DurationExpr.Seconds(-seconds);
            default -> new DurationExpr.Negated(input);
        };
    }
}

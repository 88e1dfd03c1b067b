package io.lambdascope.testkit.promql;

import io.lambdascope.ql.promql.PromExpr.BinaryOp;
import io.lambdascope.ql.promql.PromExpr.DurationExpr;
import java.util.List;
import java.util.random.RandomGenerator;

/// Makes lengths of time such as the parser could have made.
final class RandomDuration {
    private static final List<BinaryOp> OPS =
            List.of(BinaryOp.ADD, BinaryOp.SUB, BinaryOp.MUL, BinaryOp.DIV, BinaryOp.MOD, BinaryOp.POW);

    private final RandomGenerator random;
    private final long longestMillis;

    RandomDuration(RandomGenerator random, long longestMillis) {
        this.random = random;
        this.longestMillis = longestMillis;
    }

    /// For brackets.
    DurationExpr positive() {
        return random.nextInt(8) != 0 ? literal() : expr(3);
    }

    /// For behind `offset`.
    DurationExpr offset() {
        return switch (random.nextInt(6)) {
            case 0 -> DurationExpr.ZERO;
            case 1 -> new DurationExpr.Millis(-random.nextLong(1, Math.min(longestMillis, 100_000_000)));
            case 2 -> atom(2);
            case 3 -> new DurationExpr.Negated(new DurationExpr.Step());
            case 4 -> new DurationExpr.Negated(new DurationExpr.Parens(expr(2)));
            default -> literal();
        };
    }

    private DurationExpr literal() {
        return new DurationExpr.Millis(
                random.nextBoolean() ? random.nextLong(1, 60) * 60_000 : random.nextLong(1, longestMillis));
    }

    private DurationExpr expr(int depth) {
        if (depth <= 0) {
            return literal();
        }
        return switch (random.nextInt(4)) {
            case 0 -> new DurationExpr.Negated(new DurationExpr.Parens(expr(depth - 1)));
            case 1 ->
                new DurationExpr.Arithmetic(
                        OPS.get(random.nextInt(OPS.size())), operand(depth - 1), operand(depth - 1));
            default -> atom(depth);
        };
    }

    private DurationExpr operand(int depth) {
        return random.nextInt(5) == 0 ? new DurationExpr.Seconds(random.nextInt(1, 1000) + 0.0005) : atom(depth);
    }

    private DurationExpr atom(int depth) {
        return switch (random.nextInt(5)) {
            case 0 -> new DurationExpr.Step();
            case 1 -> new DurationExpr.Range();
            case 2 -> new DurationExpr.Parens(expr(depth - 1));
            case 3 -> new DurationExpr.Choice(random.nextBoolean(), expr(depth - 1), expr(depth - 1));
            default -> literal();
        };
    }
}

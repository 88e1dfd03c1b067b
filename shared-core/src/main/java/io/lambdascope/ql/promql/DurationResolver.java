package io.lambdascope.ql.promql;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.ql.promql.PromExpr.DurationExpr;
import io.lambdascope.ql.promql.PromExpr.MatrixSelector;
import io.lambdascope.ql.promql.PromExpr.Subquery;
import io.lambdascope.ql.promql.PromExpr.TimeShift;
import io.lambdascope.ql.promql.PromExpr.VectorSelector;
import io.lambdascope.time.StepGrid;

/// Works out the lengths of time of a query, once its step and range are known (prometheus `promql/durations.go`).
public final class DurationResolver {
    private static final double MAX_SECONDS = 0x1p63 / 1e9;

    private final double stepSeconds;
    private final double rangeSeconds;

    private DurationResolver(StepGrid grid) {
        this.stepSeconds = grid.stepMillis() / 1000.0;
        this.rangeSeconds = (grid.endMillis() - grid.startMillis()) / 1000.0;
    }

    /// The same tree, with every [DurationExpr] a [DurationExpr.Millis]: ranges and steps above 0, offsets anything.
    ///
    /// @param grid when the query is evaluated; for an instant query `step()` and `range()` are 0
    /// @throws Fault BAD_QUERY if a length divides by zero, is out of range, or is not positive where it must be
    public static PromExpr resolve(PromExpr expr, StepGrid grid) {
        DurationResolver resolver = new DurationResolver(grid);
        return PromWalk.map(expr, resolver::resolved);
    }

    private PromExpr resolved(PromExpr expr) {
        return switch (expr) {
            case VectorSelector e -> new VectorSelector(e.name(), e.matchers(), shift(e.shift()), e.edges(), e.at());
            case MatrixSelector e -> new MatrixSelector(e.selector(), positive(e.range()), e.at());
            case Subquery e ->
                new Subquery(
                        e.input(),
                        positive(e.range()),
                        e.step() == null ? null : positive(e.step()),
                        shift(e.shift()),
                        e.at());
            default -> expr;
        };
    }

    private TimeShift shift(TimeShift shift) {
        if (shift.offset() instanceof DurationExpr.Millis) {
            return shift;
        }
        return new TimeShift(new DurationExpr.Millis(millis(seconds(shift.offset()))), shift.atModifier());
    }

    private DurationExpr positive(DurationExpr duration) {
        double seconds = seconds(duration);
        if (!(seconds > 0)) {
            throw fault("duration must be greater than 0");
        }
        return duration instanceof DurationExpr.Millis ? duration : new DurationExpr.Millis(millis(seconds));
    }

    private static long millis(double seconds) {
        if (!(Math.abs(seconds) <= MAX_SECONDS)) {
            throw fault("duration is out of range");
        }
        return (long) (seconds * 1000);
    }

    private double seconds(DurationExpr duration) {
        return switch (duration) {
            case DurationExpr.Millis(long millis) -> millis / 1000.0;
            case DurationExpr.Seconds(double seconds) -> seconds;
            case DurationExpr.Step _ -> stepSeconds;
            case DurationExpr.Range _ -> rangeSeconds;
            case DurationExpr.Negated(DurationExpr input) -> -seconds(input);
            case DurationExpr.Parens(DurationExpr input) -> seconds(input);
            case DurationExpr.Choice(boolean min, DurationExpr left, DurationExpr right) ->
                min ? Math.min(seconds(left), seconds(right)) : Math.max(seconds(left), seconds(right));
            case DurationExpr.Arithmetic(PromExpr.BinaryOp op, DurationExpr left, DurationExpr right) ->
                arithmetic(op, seconds(left), seconds(right));
        };
    }

    private static double arithmetic(PromExpr.BinaryOp op, double left, double right) {
        return switch (op) {
            case ADD -> left + right;
            case SUB -> left - right;
            case MUL -> left * right;
            case DIV -> left / nonZero(right, "division by zero");
            case MOD -> left % nonZero(right, "modulo by zero");
            case POW -> Math.pow(left, right);
            case ATAN2, EQL, NEQ, GTR, LSS, GTE, LTE, TRIM_UPPER, TRIM_LOWER, AND, OR, UNLESS ->
                throw new IllegalArgumentException("no arithmetic of durations: " + op);
        };
    }

    private static double nonZero(double divisor, String problem) {
        if (divisor == 0) {
            throw fault(problem);
        }
        return divisor;
    }

    private static Fault fault(String problem) {
        return new Fault(FaultKind.BAD_QUERY, problem);
    }
}

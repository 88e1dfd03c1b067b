package io.lambdascope.ql.promql;

import io.lambdascope.ql.Positions;
import io.lambdascope.ql.SourceRange;
import io.lambdascope.ql.promql.PromExpr.AtModifier;
import io.lambdascope.ql.promql.PromExpr.DurationExpr;
import io.lambdascope.ql.promql.PromExpr.Edges;
import io.lambdascope.ql.promql.PromExpr.MatrixSelector;
import io.lambdascope.ql.promql.PromExpr.Subquery;
import io.lambdascope.ql.promql.PromExpr.TimeShift;
import io.lambdascope.ql.promql.PromExpr.VectorSelector;
import io.lambdascope.ql.promql.grammar.PromQLParser;
import org.jspecify.annotations.Nullable;

/// Hangs `offset`, `@`, `anchored` and `smoothed` on what stands before them.
final class PromModifiers {
    private final Positions positions;

    PromModifiers(Positions positions) {
        this.positions = positions;
    }

    PromExpr offset(PromExpr input, DurationExpr offset, SourceRange at) {
        TimeShift shift = shiftOf(input);
        if (shift == null) {
            throw positions.fault(
                    input.at(),
                    "offset modifier must be preceded by an instant vector selector or range vector selector or a"
                            + " subquery");
        }
        if (!shift.offset().equals(DurationExpr.ZERO)) {
            throw positions.fault(input.at(), "offset may not be set multiple times");
        }
        return withShift(input, new TimeShift(offset, shift.atModifier()), at);
    }

    PromExpr at(PromExpr input, PromQLParser.AtTimeContext time, SourceRange at) {
        AtModifier moment = moment(input, time);
        TimeShift shift = shiftOf(input);
        if (shift == null) {
            throw positions.fault(
                    input.at(),
                    "@ modifier must be preceded by an instant vector selector or range vector selector or a"
                            + " subquery");
        }
        if (shift.atModifier() != null) {
            throw positions.fault(input.at(), "@ <timestamp> may not be set multiple times");
        }
        return withShift(input, new TimeShift(shift.offset(), moment), at);
    }

    private AtModifier moment(PromExpr input, PromQLParser.AtTimeContext time) {
        if (time.number() == null) {
            return time.START() != null ? new AtModifier.Start() : new AtModifier.End();
        }
        double seconds = new PromDurationBuilder(positions).signedSeconds(time.sign, time.number().start);
        double millis = Math.rint(seconds * 1000);
        if (Double.isNaN(millis) || millis >= 0x1p63 || millis <= -0x1p63) {
            throw positions.fault(input.at(), "timestamp out of bounds for @ modifier: %f".formatted(seconds));
        }
        return new AtModifier.Fixed((long) millis);
    }

    PromExpr edges(PromExpr input, Edges edges, SourceRange at) {
        String name = PromPrinter.text(edges);
        return switch (input) {
            case VectorSelector selector -> withEdges(selector, edges, at);
            case MatrixSelector(VectorSelector selector, DurationExpr range, SourceRange _) ->
                new MatrixSelector(withEdges(selector, edges, selector.at()), range, at);
            case Subquery subquery ->
                throw positions.fault(subquery.at(), name + " modifier is not supported for subqueries");
            default -> throw positions.fault(input.at(), name + " modifier not implemented");
        };
    }

    private VectorSelector withEdges(VectorSelector selector, Edges edges, SourceRange at) {
        if (selector.edges() != Edges.PLAIN && selector.edges() != edges) {
            throw positions.fault(selector.at(), "anchored and smoothed modifiers cannot be used together");
        }
        return new VectorSelector(selector.name(), selector.matchers(), selector.shift(), edges, at);
    }

    private static @Nullable TimeShift shiftOf(PromExpr input) {
        return switch (input) {
            case VectorSelector selector -> selector.shift();
            case MatrixSelector matrix -> matrix.selector().shift();
            case Subquery subquery -> subquery.shift();
            default -> null;
        };
    }

    private static PromExpr withShift(PromExpr input, TimeShift shift, SourceRange at) {
        return switch (input) {
            case VectorSelector s -> new VectorSelector(s.name(), s.matchers(), shift, s.edges(), at);
            case MatrixSelector(VectorSelector s, DurationExpr range, SourceRange _) ->
                new MatrixSelector(new VectorSelector(s.name(), s.matchers(), shift, s.edges(), s.at()), range, at);
            case Subquery s -> new Subquery(s.input(), s.range(), s.step(), shift, at);
            default -> throw new IllegalArgumentException("cannot be shifted: " + input);
        };
    }
}

package io.lambdascope.exec.metrics;

import io.lambdascope.limits.QueryBudget;
import io.lambdascope.plan.metrics.MetricsPlan.Piece;
import io.lambdascope.plan.metrics.SelectorNeed;
import io.lambdascope.plan.metrics.TimeFrame;
import io.lambdascope.ql.promql.PromExpr;
import io.lambdascope.ql.promql.PromExpr.AtModifier;
import io.lambdascope.ql.promql.PromExpr.Call;
import io.lambdascope.ql.promql.PromExpr.Subquery;
import io.lambdascope.ql.promql.PromExpr.VectorSelector;
import io.lambdascope.ql.promql.PromFunction;
import io.lambdascope.ql.promql.PromPrinter;
import io.lambdascope.ql.promql.PromWalk;
import io.lambdascope.source.Unit;
import io.lambdascope.store.Ids;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Names the answer of a piece by all that it follows from: the query, the steps, the settings, and the rows that are
/// read. The rows of a unit never change, so an answer under its key is right for ever: data that comes late,
/// compaction and deletions make other units, and with them other keys.
final class PieceKey {
    private static final Set<PromFunction> OF_WHOLE_QUERY =
            EnumSet.of(PromFunction.START, PromFunction.END, PromFunction.RANGE);

    private final PromExpr expr;
    private final String text;
    private final EngineSettings settings;
    private final TimeFrame frame;

    /// @param text the query as it was written: annotations point into it
    /// @param expr resolved
    PieceKey(String text, PromExpr expr, EngineSettings settings, TimeFrame frame) {
        this.text = text;
        this.expr = expr;
        this.settings = settings;
        this.frame = frame;
    }

    /// Whether the worth of `expr` at a step depends on when the query begins or ends, as it does with `@ start()`.
    ///
    /// @param expr resolved
    static boolean dependsOnWholeQuery(PromExpr expr) {
        List<PromExpr> parts = new ArrayList<>();
        PromWalk.forEach(expr, parts::add);
        return parts.stream().anyMatch(part -> switch (part) {
            case VectorSelector selector -> isOfWholeQuery(selector.shift());
            case Subquery subquery -> isOfWholeQuery(subquery.shift());
            case Call call -> OF_WHOLE_QUERY.contains(call.function());
            default -> false;
        });
    }

    private static boolean isOfWholeQuery(PromExpr.TimeShift shift) {
        return switch (shift.atModifier()) {
            case null -> false;
            case AtModifier.Fixed _ -> false;
            case AtModifier.Start _, AtModifier.End _ -> true;
        };
    }

    /// The key of a piece; none if its answer is not worth keeping, since segments, which compaction is about to
    /// replace, have a part in it or nothing is read for it, or if the query may not see all of the rows.
    Optional<String> of(Piece piece) {
        List<Unit> units = piece.units().units();
        QueryBudget.Limits limits = settings.limits();
        if (units.isEmpty()
                || units.stream().anyMatch(Unit::isSegment)
                || SelectorNeed.of(expr, piece.grid(), frame).stream()
                        .anyMatch(need -> need.fromMillis() < limits.earliestMillis())) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>(List.of(
                text,
                // ranges and offsets may have been worked out from the length of the whole query
                PromPrinter.print(expr),
                "%d %d %d"
                        .formatted(
                                piece.grid().startMillis(),
                                piece.grid().endMillis(),
                                piece.grid().stepMillis()),
                "%d %d %b %b"
                        .formatted(
                                settings.lookbackMillis(),
                                settings.subqueryStepMillis(),
                                settings.delayedNameRemoval(),
                                settings.useStartTimestamps()),
                // an answer that was within one limit may be over another
                "%d %d".formatted(limits.maxSamples(), limits.maxSeries()),
                "%b".formatted(piece.units().labelled())));
        units.stream()
                .map(unit -> unit.tenant().id() + "/" + unit.contentId())
                .sorted()
                .forEach(parts::add);
        StringBuilder all = new StringBuilder();
        parts.forEach(part -> all.append(part.length()).append(':').append(part));
        return Optional.of(Ids.ofContent("piece", all.toString().getBytes(StandardCharsets.UTF_8)));
    }
}

package io.lambdascope.testkit.promql.fuzz;

import io.lambdascope.api.HttpRequest;
import io.lambdascope.api.prometheus.PrometheusResponses;
import io.lambdascope.api.prometheus.StatsWanted;
import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.ql.promql.CheckedQuery;
import io.lambdascope.ql.promql.PromExpr;
import io.lambdascope.ql.promql.PromExpr.AggregateOp;
import io.lambdascope.ql.promql.PromWalk;
import io.lambdascope.query.PromAnswer;
import io.lambdascope.query.QueryStats;
import io.lambdascope.result.Annotation;
import io.lambdascope.result.PromResult;
import io.lambdascope.testkit.promql.SameResult;
import io.lambdascope.testkit.promql.fuzz.Outcome.Answer;
import io.lambdascope.testkit.promql.fuzz.Outcome.Broken;
import io.lambdascope.testkit.promql.fuzz.Outcome.Refused;
import io.lambdascope.time.StepGrid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What must hold of every query: each way to ask it gives the same answer, annotations and errors included; a range
/// query is at each of its steps what an instant query is; and the answer can be written.
final class FuzzCheck {
    /// What may be worth something else in an instant query.
    private static final Pattern OF_THE_RANGE = Pattern.compile("\\b(?:start|end|range|step)\\(\\)");

    private static final String CLASH = "vector cannot contain metrics with the same labelset";
    private static final Pattern COUNT_OF_MOMENTS = Pattern.compile("over \\d+ samples");
    private static final int STEPS_ASKED = 7;

    private FuzzCheck() {}

    /// @param outcome of the query over data in memory
    /// @param failure what is wrong
    record Verdict(Outcome outcome, Optional<String> failure) {}

    static Verdict check(FuzzCase asked, FuzzWorld world) {
        CheckedQuery query;
        try {
            query = CheckedQuery.of(asked.text());
        } catch (Fault fault) {
            return new Verdict(new Refused(fault), Optional.empty());
        } catch (RuntimeException | StackOverflowError e) {
            Outcome broken = new Broken(e);
            return new Verdict(broken, Optional.of("reading it: " + broken));
        }
        Outcome outcome = world.memory().ask(asked, query, asked.grid());
        return new Verdict(outcome, failure(asked, query, world, outcome));
    }

    private static Optional<String> failure(FuzzCase asked, CheckedQuery query, FuzzWorld world, Outcome reference) {
        if (reference instanceof Broken) {
            return Optional.of("in memory: " + reference);
        }
        for (Map.Entry<String, FuzzWorld.Way> way : world.stored().entrySet()) {
            Outcome other = way.getValue().ask(asked, query, asked.grid());
            Optional<String> difference = difference(query, reference, other);
            if (difference.isPresent()) {
                return difference.map(text -> way.getKey() + ": " + text);
            }
        }
        return steps(asked, query, world, reference).or(() -> written(reference, asked.text()));
    }

    /// Whether the order of an instant answer is one: not where something inside it sorts or chooses, and what is made
    /// of
    /// that does not.
    private static boolean isOrdered(PromExpr expr) {
        boolean[] inside = new boolean[1];
        PromWalk.children(expr).forEach(child -> PromWalk.forEach(child, part -> inside[0] |= chooses(part)));
        return !inside[0];
    }

    private static boolean chooses(PromExpr expr) {
        return expr instanceof PromExpr.Call call && call.function().text().startsWith("sort")
                || expr instanceof PromExpr.Aggregation aggregation
                        && (aggregation.op() == AggregateOp.TOPK || aggregation.op() == AggregateOp.BOTTOMK);
    }

    /*
     * Pieces of a subquery overlap, and what is said of a moment in two of them counts twice (ADR 13).
     */
    private static PromResult comparable(PromResult result, CheckedQuery query) {
        boolean[] subquery = new boolean[1];
        PromWalk.forEach(query.expr(), expr -> subquery[0] |= expr instanceof PromExpr.Subquery);
        if (!subquery[0]) {
            return result;
        }
        List<Annotation> notes = new ArrayList<>();
        for (Annotation note : result.annotations()) {
            notes.add(new Annotation(
                    note.level(),
                    COUNT_OF_MOMENTS.matcher(note.message()).replaceFirst("over some samples"),
                    note.at()));
        }
        return switch (result) {
            case PromResult.Scalar(var at, var value, var _) -> new PromResult.Scalar(at, value, notes);
            case PromResult.Text(var at, var value, var _) -> new PromResult.Text(at, value, notes);
            case PromResult.Vector(var samples, var _) -> new PromResult.Vector(samples, notes);
            case PromResult.Matrix(var series, var _) -> new PromResult.Matrix(series, notes);
        };
    }

    private static Optional<String> difference(CheckedQuery query, Outcome expected, Outcome actual) {
        if (actual instanceof Broken) {
            return Optional.of(actual.toString());
        }
        if (tookTooMuch(expected) || tookTooMuch(actual)) {
            return Optional.empty();
        }
        if (expected instanceof Answer(PromResult left) && actual instanceof Answer(PromResult right)) {
            return SameResult.difference(comparable(left, query), comparable(right, query), isOrdered(query.expr()));
        }
        if (expected instanceof Refused(Fault left) && actual instanceof Refused(Fault right)) {
            // of several errors in a query another one may be met first (ADR 12)
            boolean same = left.kind() == FaultKind.EXECUTION || left.text().equals(right.text());
            return left.kind() == right.kind() && same
                    ? Optional.empty()
                    : Optional.of("expected %s got %s".formatted(text(left), text(right)));
        }
        return Optional.of("expected %s got %s".formatted(expected, actual));
    }

    private static boolean tookTooMuch(Outcome outcome) {
        return outcome instanceof Refused refused && refused.tooMuch();
    }

    private static String text(Fault fault) {
        return fault.kind() + ": " + fault.text();
    }

    /// Asks for some of the steps one by one.
    private static Optional<String> steps(FuzzCase asked, CheckedQuery query, FuzzWorld world, Outcome range) {
        boolean ofSteps = query.type() == PromExpr.Type.VECTOR || query.type() == PromExpr.Type.SCALAR;
        if (asked.grid().isInstant()
                || !ofSteps
                || OF_THE_RANGE.matcher(query.text()).find()) {
            return Optional.empty();
        }
        StepGrid grid = asked.grid();
        boolean refused = range instanceof Refused;
        int every = refused ? 1 : Math.max(1, grid.steps() / STEPS_ASKED);
        boolean anyRefused = false;
        for (int step = 0; step < grid.steps(); step += every) {
            long at = grid.atMillis(step);
            Outcome instant = world.memory().ask(asked, query, StepGrid.instant(at));
            if (instant instanceof Broken) {
                return Optional.of("at %d: %s".formatted(at, instant));
            }
            if (tookTooMuch(instant) || tookTooMuch(range)) {
                return Optional.empty();
            }
            anyRefused |= instant instanceof Refused;
            if (range instanceof Answer(PromResult.Matrix matrix)) {
                if (!(instant instanceof Answer(PromResult result))) {
                    return Optional.of("expected an answer at %d got %s".formatted(at, instant));
                }
                Optional<String> difference = SameResult.difference(at(matrix, at), pointsOf(result, at), false);
                if (difference.isPresent()) {
                    return difference.map(text -> "at %d: %s".formatted(at, text));
                }
            }
        }
        if (range instanceof Refused(Fault fault)
                && !anyRefused
                && !fault.text().equals(CLASH)) {
            return Optional.of("every step answers, all of them together: " + text(fault));
        }
        return Optional.empty();
    }

    private static PromResult at(PromResult.Matrix matrix, long millis) {
        List<PromResult.Sample> samples = new ArrayList<>();
        for (PromResult.Series series : matrix.series()) {
            for (int i = 0; i < series.size(); i++) {
                if (series.timestamps()[i] == millis) {
                    samples.add(
                            new PromResult.Sample(series.labels(), millis, series.values()[i], series.histogram(i)));
                }
            }
        }
        return new PromResult.Vector(samples, List.of());
    }

    private static PromResult pointsOf(PromResult instant, long millis) {
        return switch (instant) {
            case PromResult.Scalar scalar -> {
                @Nullable NativeHistogram none = null;
                yield new PromResult.Vector(
                        List.of(new PromResult.Sample(Labels.EMPTY, millis, scalar.value(), none)), List.of());
            }
            case PromResult.Vector vector -> new PromResult.Vector(vector.samples(), List.of());
            case PromResult.Matrix _, PromResult.Text _ -> instant;
        };
    }

    private static Optional<String> written(Outcome outcome, String text) {
        if (!(outcome instanceof Answer(PromResult result))) {
            return Optional.empty();
        }
        HttpRequest request = new HttpRequest("GET", "/api/v1/query", "", Map.of(), new byte[0]);
        Outcome written = Outcome.of(() -> {
            new PrometheusResponses(request)
                    .result(new PromAnswer(result, QueryStats.none(StepGrid.instant(0))), text, 0, StatsWanted.NONE);
            return result;
        });
        return written instanceof Broken ? Optional.of("writing the answer: " + written) : Optional.empty();
    }
}

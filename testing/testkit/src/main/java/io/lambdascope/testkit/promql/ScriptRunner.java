package io.lambdascope.testkit.promql;

import io.lambdascope.fault.Fault;
import io.lambdascope.labels.Labels;
import io.lambdascope.ql.promql.CheckedQuery;
import io.lambdascope.ql.promql.PromExpr;
import io.lambdascope.ql.promql.PromPrinter;
import io.lambdascope.result.PromResult;
import io.lambdascope.time.StepGrid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Runs scripts over a placement of their data. Each eval is one case, together with what must follow from it: the same
/// answer when the query is fixed to its moment and asked at others, and the same point in the middle of a range query.
public final class ScriptRunner {
    private static final long AROUND_MILLIS = 60_000;
    private static final Pattern BY_THE_RANGE = Pattern.compile("\\b(?:start|end|range|step)\\(\\)");

    private final DataPlacement placement;
    private final ScriptStore store = new ScriptStore();
    private @Nullable String brokenLoad;
    private @Nullable ScriptEngine engine;

    /// One way to ask an eval's query.
    private record Variant(CheckedQuery query, StepGrid grid, String note) {}

    private ScriptRunner(DataPlacement placement) {
        this.placement = placement;
    }

    /// One result per eval, in the script's order.
    public static List<CaseResult> run(PromScript script, DataPlacement placement) {
        ScriptRunner runner = new ScriptRunner(placement);
        try {
            return runner.runAll(script);
        } finally {
            runner.forget();
        }
    }

    private List<CaseResult> runAll(PromScript script) {
        List<CaseResult> results = new ArrayList<>();
        for (PromScript.Command command : script.commands()) {
            switch (command) {
                case PromScript.Clear _ -> {
                    store.clear();
                    brokenLoad = null;
                    forget();
                }
                case PromScript.Load load -> load(load);
                case PromScript.Eval eval ->
                    results.add(new CaseResult(script.name(), eval.line(), eval.text(), failureOf(eval)));
                case PromScript.Broken(int line, String message, boolean eval) -> {
                    String failure = "expected a readable script got: " + message;
                    if (eval) {
                        results.add(new CaseResult(script.name(), line, "", failure));
                    } else {
                        brokenLoad = "line %d: %s".formatted(line, message);
                    }
                }
            }
        }
        return results;
    }

    private void load(PromScript.Load load) {
        forget();
        try {
            store.load(load);
        } catch (ScriptException e) {
            brokenLoad = "line %d: %s".formatted(load.line(), e.text());
        }
    }

    private void forget() {
        if (engine != null) {
            engine.close();
            engine = null;
        }
    }

    private ScriptEngine engine() {
        if (engine == null) {
            engine = placement.place(store.samples());
        }
        return engine;
    }

    private @Nullable String failureOf(PromScript.Eval eval) {
        if (brokenLoad != null) {
            return "expected data to be loaded got: " + brokenLoad;
        }
        try {
            return check(eval).orElse(null);
        } catch (RuntimeException | StackOverflowError e) {
            StackTraceElement[] trace = e.getStackTrace();
            return "expected an answer got an exception: %s at %s".formatted(e, trace.length == 0 ? "?" : trace[0]);
        }
    }

    private Optional<String> check(PromScript.Eval eval) {
        CheckedQuery query;
        try {
            query = CheckedQuery.of(eval.text());
        } catch (Fault fault) {
            return refused(eval.expected(), fault);
        }
        for (Variant variant : variants(eval, query)) {
            Optional<String> failure = check(eval, variant);
            if (failure.isPresent()) {
                return failure.map(text -> text + variant.note);
            }
        }
        return Optional.empty();
    }

    private static List<Variant> variants(PromScript.Eval eval, CheckedQuery query) {
        List<Variant> variants = new ArrayList<>();
        variants.add(new Variant(query, eval.grid(), ""));
        if (eval.instant()) {
            long at = eval.grid().startMillis();
            Optional<PromExpr> fixed = StepInvariance.fixedAt(query.expr(), at);
            if (fixed.isPresent()) {
                CheckedQuery rewritten = CheckedQuery.of(PromPrinter.print(fixed.get()));
                for (long moment : StepInvariance.moments(at)) {
                    String note = " (fixed with @ and asked at %d ms)".formatted(moment);
                    variants.add(new Variant(rewritten, StepGrid.instant(moment), note));
                }
            }
        }
        return variants;
    }

    private Optional<String> check(PromScript.Eval eval, Variant variant) {
        Expectation expected = eval.expected();
        PromResult result;
        try {
            result = engine().evaluate(variant.query, variant.grid);
        } catch (Fault fault) {
            return refused(expected, fault);
        }
        if (expected.fail() != null) {
            return Optional.of(
                    "expected failure with %s got %s".formatted(expected.fail().source(), ResultText.of(result)));
        }
        Optional<String> failure = ResultComparison.compare(expected, eval.instant(), variant.grid, result)
                .or(() -> AnnotationComparison.compare(expected, variant.query.text(), result.annotations()));
        if (failure.isPresent() || !eval.instant() || !hasRangeMode(eval, variant.query.type())) {
            return failure;
        }
        return checkRange(expected, variant);
    }

    private static Optional<String> refused(Expectation expected, Fault fault) {
        TextMatch fail = expected.fail();
        if (fail == null) {
            return Optional.of("expected an answer got error: " + fault.text());
        }
        return fail.matches(fault.text())
                ? Optional.empty()
                : Optional.of("expected failure with %s got error: %s".formatted(fail.source(), fault.text()));
    }

    private static boolean hasRangeMode(PromScript.Eval eval, PromExpr.Type type) {
        return (type == PromExpr.Type.SCALAR || type == PromExpr.Type.VECTOR)
                && !BY_THE_RANGE.matcher(eval.text()).find();
    }

    /// Asks a range query around the moment, whose middle point must be the instant answer.
    private Optional<String> checkRange(Expectation expected, Variant variant) {
        long at = variant.grid.startMillis();
        StepGrid around = new StepGrid(at - AROUND_MILLIS, at + AROUND_MILLIS, AROUND_MILLIS);
        String note = " (as a range query)";
        PromResult result;
        try {
            result = engine().evaluate(variant.query, around);
        } catch (Fault fault) {
            return Optional.of("expected an answer got error: " + fault.text() + note);
        }
        if (!(result instanceof PromResult.Matrix matrix)) {
            return Optional.of("expected a range vector got " + ResultText.of(result) + note);
        }
        Optional<String> failure = ResultComparison.sorted(matrix);
        if (failure.isEmpty() && !expected.ordered()) {
            Map<Labels, PromResult.Sample> middle = middle(matrix, at);
            failure = expected.scalar() == null
                    ? ResultComparison.values(expected.series(), middle)
                    : ResultComparison.values(List.of(scalarLine(expected.scalar())), middle);
        }
        return failure.map(text -> text + note);
    }

    private static SeriesNotation.SeriesLine scalarLine(double value) {
        return new SeriesNotation.SeriesLine(Labels.EMPTY, List.of(new ScriptValue.Number(value)));
    }

    private static Map<Labels, PromResult.Sample> middle(PromResult.Matrix matrix, long atMillis) {
        Map<Labels, PromResult.Sample> points = new HashMap<>();
        for (PromResult.Series series : matrix.series()) {
            for (int i = 0; i < series.size(); i++) {
                if (series.timestamps()[i] == atMillis) {
                    points.put(
                            series.labels(),
                            new PromResult.Sample(series.labels(), atMillis, series.values()[i], series.histogram(i)));
                }
            }
        }
        return points;
    }
}

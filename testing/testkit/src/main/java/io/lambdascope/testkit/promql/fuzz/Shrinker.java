package io.lambdascope.testkit.promql.fuzz;

import io.lambdascope.ql.promql.CheckedQuery;
import io.lambdascope.ql.promql.PromChecker;
import io.lambdascope.ql.promql.PromExpr;
import io.lambdascope.ql.promql.PromPrinter;
import io.lambdascope.ql.promql.PromWalk;
import io.lambdascope.time.StepGrid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// Makes a case that fails smaller as long as it still fails.
final class Shrinker {
    private static final int MOST_ATTEMPTS = 300;

    private final Predicate<FuzzCase> fails;
    private int attempts;

    private Shrinker(Predicate<FuzzCase> fails) {
        this.fails = fails;
    }

    static FuzzCase shrink(FuzzCase failing, Predicate<FuzzCase> fails) {
        Shrinker shrinker = new Shrinker(fails);
        FuzzCase smallest = failing;
        Optional<FuzzCase> smaller = Optional.of(failing);
        while (smaller.isPresent()) {
            smallest = smaller.get();
            smaller = shrinker.smaller(smallest);
        }
        return smallest;
    }

    private Optional<FuzzCase> smaller(FuzzCase failing) {
        for (FuzzCase candidate : candidates(failing)) {
            if (attempts++ < MOST_ATTEMPTS && fails.test(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private static List<FuzzCase> candidates(FuzzCase failing) {
        List<FuzzCase> candidates = new ArrayList<>();
        PromExpr tree = CheckedQuery.of(failing.text()).expr();
        for (PromExpr smaller : smallerTrees(tree)) {
            String text = PromPrinter.print(smaller);
            if (text.length() < failing.text().length()) {
                candidates.add(failing.withText(text));
            }
        }
        StepGrid grid = failing.grid();
        if (!grid.isInstant()) {
            int half = grid.steps() / 2;
            candidates.add(failing.withGrid(StepGrid.instant(grid.startMillis())));
            if (half > 0) {
                candidates.add(
                        failing.withGrid(new StepGrid(grid.startMillis(), grid.atMillis(half - 1), grid.stepMillis())));
                candidates.add(
                        failing.withGrid(new StepGrid(grid.atMillis(half), grid.lastMillis(), grid.stepMillis())));
                candidates.add(failing.withGrid(
                        new StepGrid(grid.startMillis(), grid.atMillis(grid.steps() - 2), grid.stepMillis())));
                candidates.add(failing.withGrid(new StepGrid(grid.atMillis(1), grid.lastMillis(), grid.stepMillis())));
            }
        }
        if (!failing.settings().equals(FuzzCase.DEFAULTS)) {
            candidates.add(failing.withSettings(FuzzCase.DEFAULTS));
            candidates.add(failing.withSettings(failing.settings().withStartTimestamps(false)));
            candidates.add(failing.withSettings(failing.settings().withDelayedNameRemoval(false)));
        }
        candidates.removeIf(candidate -> candidate.equals(failing));
        return candidates;
    }

    /// The tree with one expression replaced by another one of its type inside it, larger cuts first.
    private static List<PromExpr> smallerTrees(PromExpr tree) {
        List<PromExpr> trees = new ArrayList<>();
        cut(tree, smaller -> smaller, trees);
        return trees;
    }

    private static void cut(PromExpr expr, UnaryOperator<PromExpr> around, List<PromExpr> into) {
        List<PromExpr> inside = new ArrayList<>();
        PromWalk.children(expr).forEach(child -> PromWalk.forEach(child, inside::add));
        for (PromExpr part : inside) {
            boolean selectorOfRange = expr instanceof PromExpr.MatrixSelector;
            if (!selectorOfRange && PromChecker.typeOf(part) == PromChecker.typeOf(expr)) {
                into.add(around.apply(part));
            }
        }
        if (expr instanceof PromExpr.MatrixSelector) {
            return;
        }
        for (PromExpr child : PromWalk.children(expr)) {
            cut(
                    child,
                    smaller -> around.apply(PromWalk.mapChildren(expr, other -> other == child ? smaller : other)),
                    into);
        }
    }
}

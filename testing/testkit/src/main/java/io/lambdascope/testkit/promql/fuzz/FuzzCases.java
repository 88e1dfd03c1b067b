package io.lambdascope.testkit.promql.fuzz;

import io.lambdascope.exec.metrics.EngineSettings;
import io.lambdascope.ql.promql.CheckedQuery;
import io.lambdascope.ql.promql.PromChecker;
import io.lambdascope.ql.promql.PromExpr;
import io.lambdascope.ql.promql.PromPrinter;
import io.lambdascope.testkit.promql.PromIdioms;
import io.lambdascope.testkit.promql.PromTrees;
import io.lambdascope.testkit.promql.PromVocabulary;
import io.lambdascope.testkit.promql.RandomPromExpr;
import io.lambdascope.time.StepGrid;
import java.util.List;
import java.util.random.RandomGenerator;

/// Makes random queries in the words of [io.lambdascope.testkit.metrics.HostileSeries].
final class FuzzCases {
    private static final long MINUTE = 60_000;

    private static final List<String> METRICS = List.of(
            "requests_total",
            "temperature",
            "up",
            "duration_seconds_bucket",
            "latency",
            "sizes",
            "mixed",
            "load",
            "target_info",
            "build_info",
            "nothing");

    private static final List<PromVocabulary.Label> LABELS = List.of(
            new PromVocabulary.Label("host", List.of("h0", "h1", "h2", "h3", "")),
            new PromVocabulary.Label("code", List.of("200", "404", "500", "")),
            new PromVocabulary.Label("job", List.of("api", "web", "x")),
            new PromVocabulary.Label("le", List.of("0.1", "1", "10", "+Inf")),
            new PromVocabulary.Label("instance", List.of("i0", "i1", "i2")),
            new PromVocabulary.Label("é.x", List.of("\"1", "\\", "")),
            new PromVocabulary.Label("__name__", List.of("up", "temperature", "latency", "target_info")));

    private final RandomGenerator random;
    private final long spanMillis;
    private final PromVocabulary words;

    /// @param spanMillis for how long after [FuzzWorld#FROM_MILLIS] there is data
    FuzzCases(RandomGenerator random, long spanMillis) {
        this.random = random;
        this.spanMillis = spanMillis;
        this.words = new PromVocabulary(
                METRICS,
                LABELS,
                List.of("h.*", ".+", "", "4..|500", "(?i)API", "h[01]|h3", ".*_info", "[^h].*"),
                PromIdioms.load().stream()
                        .filter(query -> query.type() == PromExpr.Type.VECTOR)
                        .map(CheckedQuery::expr)
                        .map(PromTrees::withoutPlaces)
                        .toList(),
                FuzzWorld.FROM_MILLIS - 10 * MINUTE,
                FuzzWorld.FROM_MILLIS + spanMillis + 10 * MINUTE,
                90 * MINUTE);
    }

    FuzzCase next(long seed) {
        PromExpr expr = RandomPromExpr.from(random, words);
        PromExpr.Type type = PromChecker.typeOf(expr);
        boolean ofSteps = type == PromExpr.Type.VECTOR || type == PromExpr.Type.SCALAR;
        StepGrid grid = grid();
        return new FuzzCase(
                seed, ofSteps ? grid : StepGrid.instant(grid.startMillis()), settings(), PromPrinter.print(expr));
    }

    private StepGrid grid() {
        long start = FuzzWorld.FROM_MILLIS + random.nextLong(-5 * MINUTE, spanMillis);
        if (random.nextBoolean()) {
            start -= start % 5000;
        }
        if (random.nextInt(3) == 0) {
            return StepGrid.instant(start);
        }
        long step = random.nextBoolean() ? 5000 * random.nextLong(1, 60) : random.nextLong(1, 10 * MINUTE);
        return new StepGrid(start, start + step * random.nextInt(1, 40) + random.nextLong(step), step);
    }

    private EngineSettings settings() {
        EngineSettings settings = FuzzCase.DEFAULTS
                .withDelayedNameRemoval(random.nextInt(3) == 0)
                .withStartTimestamps(random.nextInt(3) == 0);
        return random.nextInt(4) == 0 ? settings.withLookback(random.nextLong(1, 20 * MINUTE)) : settings;
    }
}

package io.lambdascope.testkit.promql;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.exec.FanOut;
import io.lambdascope.exec.metrics.EngineSettings;
import io.lambdascope.exec.metrics.MetricsExecutor;
import io.lambdascope.exec.metrics.ResultCache;
import io.lambdascope.exec.metrics.ScanExecutor;
import io.lambdascope.fault.Fault;
import io.lambdascope.limits.QueryBudget;
import io.lambdascope.plan.PlanSettings;
import io.lambdascope.plan.metrics.MetricsPlanner;
import io.lambdascope.ql.promql.CheckedQuery;
import io.lambdascope.ql.promql.PromExpr;
import io.lambdascope.ql.promql.PromPrinter;
import io.lambdascope.result.PromResult;
import io.lambdascope.source.metrics.MetricsUnits;
import io.lambdascope.store.MemoryObjectStore;
import io.lambdascope.testkit.metrics.RandomSeries;
import io.lambdascope.time.StepGrid;
import io.lambdascope.time.TimeRange;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A query answers the same, and counts for the same, whether pieces of it were kept, whatever has become of the data
/// since: pushes, also late ones, compactions and deletions lie between questions that move on with time.
class CachedResultsPropertyTest {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long START = 1_795_341_600_000L / DAY * DAY - 4 * HOUR;
    private static final int ROUNDS = 8;
    private static final int RANDOM_QUERIES = 30;

    /// So small that answers are pushed out.
    private static final int SMALL = 200_000;

    private static final PlanSettings FANNED_OUT = new PlanSettings(2_500, 1_000, 48, 4);

    private static final PromVocabulary WORDS = new PromVocabulary(
            List.of("requests_total", "temperature", "up", "duration_seconds_bucket", "latency"),
            List.of(
                    new PromVocabulary.Label("host", List.of("h0", "h1", "")),
                    new PromVocabulary.Label("code", List.of("200", "404")),
                    new PromVocabulary.Label("le", List.of("1", "+Inf"))),
            List.of("h.*", "200|404"),
            List.of(),
            START,
            START + 12 * HOUR,
            20 * MINUTE);

    private final InstantSource clock = InstantSource.fixed(Instant.EPOCH);
    private final ChangingUnits data = new ChangingUnits();
    private long now = START;
    private int answered;

    private MetricsExecutor executor(PlanSettings plans) {
        MemoryObjectStore objects = new MemoryObjectStore(clock);
        ScanExecutor scans = new ScanExecutor(data, objects, () -> "left", clock);
        return new MetricsExecutor(new MetricsPlanner(plans), data, new FanOut(scans, objects, clock, 1));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 42})
    void answersAreThoseWithoutACache(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        MetricsExecutor plain = executor(PlanSettings.INLINE);
        List<MetricsExecutor> cached = List.of(
                plain.withCache(new ResultCache(64 << 20)),
                plain.withCache(new ResultCache(SMALL)),
                executor(FANNED_OUT).withCache(new ResultCache(64 << 20)));
        List<CheckedQuery> idioms = PromIdioms.load();
        List<CheckedQuery> randoms = randoms(random);
        for (int round = 0; round < ROUNDS; round++) {
            change(random, round);
            StepGrid grid = new StepGrid(now - 7 * HOUR, now - 10 * MINUTE, 5 * MINUTE);
            for (CheckedQuery query : some(idioms, random)) {
                Asked expected = ask(plain, query, grid);
                for (MetricsExecutor executor : cached) {
                    Asked kept = compare(executor, query, grid);
                    assertThat(kept.result == null).isEqualTo(expected.result == null);
                    if (kept.result != null) {
                        assertThat(difference(expected, kept))
                                .as("%s over %s in one piece", query.text(), grid)
                                .isEmpty();
                    }
                }
            }
            for (CheckedQuery query : some(randoms, random)) {
                cached.forEach(executor -> compare(executor, query, grid));
            }
        }
        assertThat(answered).isGreaterThan(100);
    }

    /// Asks with what is kept and without.
    private Asked compare(MetricsExecutor executor, CheckedQuery query, StepGrid grid) {
        Asked kept = ask(executor, query, grid);
        Asked anew = ask(executor.withoutCache(), query, grid);
        assertThat(difference(anew, kept)).as("%s over %s", query.text(), grid).isEmpty();
        assertThat(kept.used).as("%s over %s", query.text(), grid).isEqualTo(anew.used);
        return kept;
    }

    private record Asked(@Nullable PromResult result, String fault, String used) {}

    private Asked ask(MetricsExecutor executor, CheckedQuery query, StepGrid grid) {
        QueryBudget budget = QueryBudget.unlimited();
        EngineSettings settings = ScriptEngines.SETTINGS.withLimits(budget.limits());
        try {
            PromResult result = executor.execute(query, grid, settings, MetricsUnits.of(data.units()), budget);
            if (result instanceof PromResult.Matrix matrix && !matrix.series().isEmpty()) {
                answered++;
            }
            String used = "%d bytes, %d series, at most %d samples, by step %s"
                    .formatted(budget.bytes(), budget.series(), budget.peak(), Arrays.toString(budget.samplesByStep()));
            return new Asked(result, "", used);
        } catch (Fault fault) {
            return new Asked(null, fault.kind() + " " + fault.text(), "");
        }
    }

    private static Optional<String> difference(Asked expected, Asked actual) {
        if (expected.result == null || actual.result == null) {
            return expected.fault.equals(actual.fault)
                    ? Optional.empty()
                    : Optional.of("expected \"%s\" got \"%s\"".formatted(expected.fault, actual.fault));
        }
        return SameResult.difference(expected.result, actual.result, false);
    }

    /// An hour goes by, or five minutes, or nothing but what becomes of older data.
    private void change(SplittableRandom random, int round) {
        if (round == 0) {
            push(random, 9 * HOUR);
            data.compact(START, START + 4 * HOUR, 2);
            data.compact(START + 4 * HOUR, START + 6 * HOUR, 1);
            data.compact(START + 6 * HOUR, START + 8 * HOUR, 1);
            return;
        }
        switch (random.nextInt(6)) {
            case 0 -> push(random, HOUR);
            case 1, 2 -> push(random, 5 * MINUTE);
            case 3 -> {
                long from = now - random.nextLong(6 * HOUR);
                data.push(RandomSeries.of(random, from, from + 10 * MINUTE));
            }
            case 4 -> {
                long from = now - random.nextLong(6 * HOUR);
                data.delete(
                        random.nextBoolean() ? "{host=\"h0\"}" : "{__name__=\"up\"}",
                        TimeRange.ofMillisInclusive(from, from + HOUR));
            }
            default -> {
                long window = (now - 2 * HOUR) / (2 * HOUR) * (2 * HOUR) - 2 * HOUR * random.nextInt(3);
                data.compact(window, window + 2 * HOUR, random.nextInt(2));
            }
        }
    }

    private void push(SplittableRandom random, long millis) {
        data.push(RandomSeries.of(random, now, now + millis));
        now += millis;
    }

    private static List<CheckedQuery> randoms(SplittableRandom random) {
        List<CheckedQuery> queries = new ArrayList<>();
        while (queries.size() < RANDOM_QUERIES) {
            CheckedQuery query = CheckedQuery.of(PromPrinter.print(RandomPromExpr.from(random, WORDS)));
            if (query.type() == PromExpr.Type.VECTOR) {
                queries.add(query);
            }
        }
        return queries;
    }

    private static List<CheckedQuery> some(List<CheckedQuery> queries, SplittableRandom random) {
        return queries.stream().filter(_ -> random.nextInt(5) == 0).toList();
    }
}

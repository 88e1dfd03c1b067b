package io.lambdascope.testkit.promql.fuzz;

import io.lambdascope.exec.metrics.MetricsEngine;
import io.lambdascope.exec.metrics.UnitSeriesReader;
import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.labels.Labels;
import io.lambdascope.limits.QueryBudget;
import io.lambdascope.model.metrics.SeriesSamples;
import io.lambdascope.plan.PlanSettings;
import io.lambdascope.ql.promql.CheckedQuery;
import io.lambdascope.testkit.metrics.HostileSeries;
import io.lambdascope.testkit.metrics.MemoryMetricsSource;
import io.lambdascope.testkit.promql.Placements;
import io.lambdascope.testkit.promql.StoredPlacement;
import io.lambdascope.time.StepGrid;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// One random data set and several ways to ask it: in memory, and in stored placements, inline and fanned out.
final class FuzzWorld {
    /// No sample is earlier; a whole minute.
    static final long FROM_MILLIS = 1_795_341_780_000L;

    private static final int LAYOUTS = 2;
    private static final InstantSource CLOCK = InstantSource.system();

    /// How long a query may take.
    static final Duration TIME = Duration.ofSeconds(10);

    /// A place of the data and a way to run queries there.
    @FunctionalInterface
    interface Way {
        Outcome ask(FuzzCase asked, CheckedQuery query, StepGrid grid);
    }

    private final long spanMillis;
    private final Way memory;
    private final Map<String, Way> stored = new LinkedHashMap<>();

    /// @param scratch an existing directory that blocks are written in
    FuzzWorld(long seed, Path scratch) {
        SplittableRandom random = new SplittableRandom(seed);
        spanMillis = Duration.ofMinutes(random.nextInt(20, 80)).toMillis();
        SortedMap<Labels, SeriesSamples> data = HostileSeries.of(random, FROM_MILLIS, FROM_MILLIS + spanMillis);
        memory = memory(data);
        List<Map.Entry<String, StoredPlacement.Layout>> layouts =
                new ArrayList<>(Placements.layouts(random).entrySet());
        Collections.shuffle(layouts, java.util.Random.from(random));
        for (Map.Entry<String, StoredPlacement.Layout> layout : layouts.subList(0, LAYOUTS)) {
            stored.put(layout.getKey() + ", inline", way(layout.getValue(), PlanSettings.INLINE, data, scratch));
            PlanSettings plans = cutting(random);
            stored.put(
                    "%s, fanned out by %s".formatted(layout.getKey(), plans),
                    way(layout.getValue(), plans, data, scratch));
        }
    }

    private static PlanSettings cutting(RandomGenerator random) {
        return new PlanSettings(0, random.nextLong(100, 20_000), random.nextInt(2, 24), 1 << random.nextInt(4));
    }

    private static Way memory(SortedMap<Labels, SeriesSamples> data) {
        MemoryMetricsSource source = new MemoryMetricsSource();
        data.forEach(source::add);
        UnitSeriesReader reader = new UnitSeriesReader(List.of(source));
        return (asked, query, grid) ->
                Outcome.of(() -> new MetricsEngine(asked.settings()).evaluate(query, grid, reader, budget(asked)));
    }

    private static Way way(
            StoredPlacement.Layout layout, PlanSettings plans, SortedMap<Labels, SeriesSamples> data, Path scratch) {
        StoredPlacement.Placed placed = new StoredPlacement(layout, plans, scratch, CLOCK).store(data);
        return (asked, query, grid) -> Outcome.of(
                () -> placed.executor().execute(query, grid, asked.settings(), placed.units(), budget(asked)));
    }

    private static QueryBudget budget(FuzzCase asked) {
        return new QueryBudget(asked.settings().limits(), CLOCK, CLOCK.instant().plus(TIME));
    }

    /// What comes of a text that may be no query, over data in memory.
    Outcome text(FuzzCase asked) {
        CheckedQuery query;
        try {
            query = CheckedQuery.of(asked.text());
        } catch (Fault fault) {
            return fault.kind() == FaultKind.BAD_QUERY ? new Outcome.Refused(fault) : new Outcome.Broken(fault);
        } catch (RuntimeException | StackOverflowError e) {
            return new Outcome.Broken(e);
        }
        return memory.ask(asked, query, asked.grid());
    }

    /// No sample is this much after [#FROM_MILLIS].
    long spanMillis() {
        return spanMillis;
    }

    Way memory() {
        return memory;
    }

    Map<String, Way> stored() {
        return stored;
    }
}

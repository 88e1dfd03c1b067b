package io.lambdascope.testkit.promql;

import io.lambdascope.plan.PlanSettings;
import io.lambdascope.testkit.metrics.SampleSplitter;
import io.lambdascope.testkit.promql.StoredPlacement.Layout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/// The ways in which the same data may lie and be asked, by name.
public final class Placements {
    private Placements() {}

    /// @param random decides how the data is cut up
    /// @param scratch an existing directory that blocks are written in
    public static Map<String, DataPlacement> all(RandomGenerator random, Path scratch) {
        Map<String, DataPlacement> placements = new LinkedHashMap<>();
        layouts(random).forEach((name, layout) -> {
            placements.put(name + ", inline", new StoredPlacement(layout, PlanSettings.INLINE, scratch));
            placements.put(name + ", fanned out", new StoredPlacement(layout, StoredPlacement.FANNED_OUT, scratch));
        });
        return placements;
    }

    /// How data may lie, by name.
    ///
    /// @param random decides how it is cut up
    public static Map<String, Layout> layouts(RandomGenerator random) {
        Duration day = Duration.ofDays(1);
        Duration hour = Duration.ofHours(1);
        Map<String, Layout> layouts = new LinkedHashMap<>();
        layouts.put("one segment", Layout.segments(new SampleSplitter(random, 1)));
        layouts.put("segments", Layout.segments(new SampleSplitter(random, 2 + random.nextInt(8))));
        layouts.put("out of order", Layout.segments(new SampleSplitter(random, 5).shuffled()));
        layouts.put(
                "duplicated",
                Layout.segments(new SampleSplitter(random, 5).shuffled().repeated()));
        layouts.put("one block", new Layout(new SampleSplitter(random, 1), 1, day, 1));
        layouts.put("blocks", new Layout(new SampleSplitter(random, 4).shuffled(), 4, hour, 1));
        layouts.put("8 shards", new Layout(new SampleSplitter(random, 3), 3, hour, 8));
        layouts.put(
                "blocks and segments, duplicated",
                new Layout(new SampleSplitter(random, 6).shuffled().repeated(), 3, hour, 2));
        layouts.put(
                "contradicted, blocks and segments",
                new Layout(new SampleSplitter(random, 6).shuffled().contradicted(), 4, hour, 1));
        return layouts;
    }
}

package io.lambdascope.testkit.promql;

import io.lambdascope.testkit.metrics.SampleSplitter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/// The ways in which the same data may lie, by name.
public final class Placements {
    private Placements() {}

    /// @param random decides how the data is cut up
    public static Map<String, DataPlacement> all(RandomGenerator random) {
        Map<String, DataPlacement> placements = new LinkedHashMap<>();
        placements.put("one segment", new SegmentPlacement(new SampleSplitter(random, 1)));
        placements.put("segments", new SegmentPlacement(new SampleSplitter(random, 2 + random.nextInt(8))));
        placements.put("out of order", new SegmentPlacement(new SampleSplitter(random, 5).shuffled()));
        placements.put(
                "duplicated",
                new SegmentPlacement(new SampleSplitter(random, 5).shuffled().repeated()));
        return placements;
    }
}

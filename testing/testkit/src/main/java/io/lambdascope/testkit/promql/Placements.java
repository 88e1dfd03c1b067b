package io.lambdascope.testkit.promql;

import io.lambdascope.testkit.metrics.SampleSplitter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/// The ways in which the same data may lie, by name.
public final class Placements {
    private Placements() {}

    /// @param random decides how the data is cut up
    /// @param scratch a directory that blocks are written in
    public static Map<String, DataPlacement> all(RandomGenerator random, Path scratch) {
        Map<String, DataPlacement> placements = new LinkedHashMap<>();
        placements.put("one segment", new SegmentPlacement(new SampleSplitter(random, 1)));
        placements.put("segments", new SegmentPlacement(new SampleSplitter(random, 2 + random.nextInt(8))));
        placements.put("out of order", new SegmentPlacement(new SampleSplitter(random, 5).shuffled()));
        placements.put(
                "duplicated",
                new SegmentPlacement(new SampleSplitter(random, 5).shuffled().repeated()));
        Duration day = Duration.ofDays(1);
        Duration hour = Duration.ofHours(1);
        placements.put("one block", new BlockPlacement(new SampleSplitter(random, 1), day, 1, 1, scratch));
        placements.put("blocks", new BlockPlacement(new SampleSplitter(random, 4).shuffled(), hour, 1, 4, scratch));
        placements.put("8 shards", new BlockPlacement(new SampleSplitter(random, 3), hour, 8, 3, scratch));
        placements.put(
                "blocks and segments, duplicated",
                new BlockPlacement(new SampleSplitter(random, 6).shuffled().repeated(), hour, 2, 3, scratch));
        return placements;
    }
}

package io.lambdascope.compact;

import static io.lambdascope.compact.CompactSettings.MAX_OUTPUTS;

import io.lambdascope.catalog.BlockWindow;
import io.lambdascope.catalog.CatalogBlock;
import io.lambdascope.source.Shard;
import io.lambdascope.time.TimeRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Plans merges of blocks into blocks of the next level.
final class MergePlanner {
    /*
     * A block may be merged upwards when the first window it touches, of the next level's length, is over; it
     * is due when it has lain in its level for as long as such a window. Once one is due, all that may be
     * merged go with it: so live data is merged once per window, and rows that come late wait for company.
     *
     * Level 0 is not cut by windows, so a merge into level 1 may have to write into several. A commit holds
     * so many blocks only; a block that touches more windows is first cut into blocks of level 0 that touch
     * fewer.
     *
     * A day's merge takes with it blocks of level 2 that are already there, if they are not much larger than
     * what is new: each row is rewritten a number of times that is logarithmic in how often late rows come,
     * and a day has a number of blocks that is, too.
     */
    private static final Comparator<CatalogBlock> BY_TIME = Comparator.comparingLong(
                    (CatalogBlock block) -> block.unit().range().fromNanos())
            .thenComparing(block -> block.unit().id());
    private static final Comparator<CatalogBlock> BY_SIZE = Comparator.comparingLong(
                    (CatalogBlock block) -> block.unit().bytes())
            .thenComparing(block -> block.unit().id());
    private static final int TIER = 4;

    private final CompactSettings settings;

    MergePlanner(CompactSettings settings) {
        this.settings = settings;
    }

    /// Merges of level 0 into level 1.
    List<CompactionJob> ofLevel0(List<CatalogBlock> blocks, JobLimits limits, long nowMillis) {
        List<CatalogBlock> ripe = ripe(blocks, 1, nowMillis);
        if (ripe.stream().noneMatch(block -> dueMillis(block) <= nowMillis)) {
            if (blocks.size() < settings.maxJobBlocks()) {
                return List.of();
            }
            ripe = blocks.stream().sorted(BY_TIME).toList();
        }
        long window = BlockWindow.nanosOf(1);
        List<CompactionJob> jobs = new ArrayList<>();
        List<CatalogBlock> group = new ArrayList<>();
        for (CatalogBlock block : ripe) {
            long windows = BlockWindow.countOf(block.unit().range(), window);
            if (windows > MAX_OUTPUTS) {
                jobs.add(CompactionJob.ofBlocks(
                        0, List.of(block), coarser(block.unit().range()), List.of(Shard.ALL)));
                continue;
            }
            if (!group.isEmpty() && !fitsLevel1(group, block, limits)) {
                jobs.add(CompactionJob.ofBlocks(1, group, window, shards(group, Shard.ALL)));
                group.clear();
            }
            group.add(block);
        }
        if (!group.isEmpty()) {
            jobs.add(CompactionJob.ofBlocks(1, group, window, shards(group, Shard.ALL)));
        }
        return jobs;
    }

    /// Merges of level 1 into level 2, day by day.
    ///
    /// @param level2 blocks that may be taken along
    List<CompactionJob> ofLevel1(
            List<CatalogBlock> level1, List<CatalogBlock> level2, JobLimits limits, long nowMillis) {
        Map<Long, List<CatalogBlock>> days = new TreeMap<>();
        for (CatalogBlock block : ripe(level1, 2, nowMillis)) {
            days.computeIfAbsent(dayOf(block), any -> new ArrayList<>()).add(block);
        }
        List<CompactionJob> jobs = new ArrayList<>();
        days.forEach((day, blocks) -> {
            if (blocks.stream().anyMatch(block -> dueMillis(block) <= nowMillis)
                    || blocks.size() >= settings.maxJobBlocks()) {
                List<CatalogBlock> inputs = new ArrayList<>(blocks);
                inputs.addAll(takenAlong(
                        bytes(blocks),
                        level2.stream().filter(block -> dayOf(block) == day).toList()));
                addDay(inputs, Shard.ALL, limits, jobs);
            }
        });
        return jobs;
    }

    /// The days of which blocks of level 1 may be merged, by their first moments.
    Set<Long> daysToMerge(List<CatalogBlock> level1, long nowMillis) {
        Set<Long> days = new HashSet<>();
        ripe(level1, 2, nowMillis).forEach(block -> days.add(dayOf(block)));
        return days;
    }

    /// When a block is due for its next level at the latest, if nothing else happens.
    long dueMillis(CatalogBlock block) {
        int next = block.unit().level() + 1;
        long lain = block.committedMillis()
                + Duration.ofNanos(BlockWindow.nanosOf(next)).toMillis();
        return Math.max(lain, ripeMillis(block, next));
    }

    private List<CatalogBlock> ripe(List<CatalogBlock> blocks, int nextLevel, long nowMillis) {
        return blocks.stream()
                .filter(block -> ripeMillis(block, nextLevel) <= nowMillis)
                .sorted(BY_TIME)
                .toList();
    }

    private long ripeMillis(CatalogBlock block, int nextLevel) {
        long window = BlockWindow.nanosOf(nextLevel);
        Duration delay = nextLevel == 1 ? settings.windowDelay() : settings.dayDelay();
        long end = BlockWindow.startOf(block.unit().range().fromNanos(), window) + window;
        return Duration.ofNanos(end).plus(delay).toMillis();
    }

    private static long dayOf(CatalogBlock block) {
        return BlockWindow.startOf(block.unit().range().fromNanos(), BlockWindow.nanosOf(2));
    }

    private boolean fitsLevel1(List<CatalogBlock> group, CatalogBlock more, JobLimits limits) {
        List<CatalogBlock> all = new ArrayList<>(group);
        all.add(more);
        TimeRange range = group.stream()
                .map(block -> block.unit().range())
                .reduce(more.unit().range(), TimeRange::union);
        return fits(all, limits)
                && BlockWindow.countOf(range, BlockWindow.nanosOf(1))
                                * shards(all, Shard.ALL).size()
                        <= MAX_OUTPUTS;
    }

    /// The length of windows, a multiple of level 1's, of which `range` touches no more than a commit holds.
    private static long coarser(TimeRange range) {
        long window = BlockWindow.nanosOf(1);
        while (BlockWindow.countOf(range, window) > MAX_OUTPUTS) {
            window *= 2;
        }
        return window;
    }

    private static List<CatalogBlock> takenAlong(long newBytes, List<CatalogBlock> present) {
        List<CatalogBlock> along = new ArrayList<>();
        long total = newBytes;
        for (CatalogBlock block : present.stream().sorted(BY_SIZE).toList()) {
            if (block.unit().bytes() > TIER * total) {
                break;
            }
            along.add(block);
            total += block.unit().bytes();
        }
        return along;
    }

    /// Makes one job of `inputs`, which all lie in `within`, or several if they are too much for one: by
    /// shard as far as the inputs are split that way, and then by time.
    private void addDay(List<CatalogBlock> inputs, Shard within, JobLimits limits, List<CompactionJob> jobs) {
        if (inputs.isEmpty()) {
            return;
        }
        if (fits(inputs, limits)) {
            jobs.add(CompactionJob.ofBlocks(2, inputs, BlockWindow.nanosOf(2), shards(inputs, within)));
            return;
        }
        List<Shard> halves = CompactionJob.shardsOf(within, 2);
        if (inputs.stream().allMatch(block -> block.unit().shard().count() % (2 * within.count()) == 0)) {
            for (Shard half : halves) {
                addDay(
                        inputs.stream()
                                .filter(block -> block.unit().shard().overlaps(half))
                                .toList(),
                        half,
                        limits,
                        jobs);
            }
            return;
        }
        List<CatalogBlock> group = new ArrayList<>();
        for (CatalogBlock block : inputs.stream().sorted(BY_TIME).toList()) {
            group.add(block);
            if (group.size() > 1 && !fits(group, limits)) {
                group.removeLast();
                jobs.add(CompactionJob.ofBlocks(2, group, BlockWindow.nanosOf(2), shards(group, within)));
                group.clear();
                group.add(block);
            }
        }
        jobs.add(CompactionJob.ofBlocks(2, group, BlockWindow.nanosOf(2), shards(group, within)));
    }

    private static boolean fits(Collection<CatalogBlock> blocks, JobLimits limits) {
        return blocks.size() == 1 || blocks.size() <= limits.blocks() && bytes(blocks) <= limits.blockBytes();
    }

    /// Parts of `within`, a power of two of them, each of about the target size or smaller.
    private List<Shard> shards(Collection<CatalogBlock> blocks, Shard within) {
        long parts = Math.min(MAX_OUTPUTS, Math.ceilDiv(bytes(blocks), settings.targetBlockBytes()));
        int count = 1;
        while (count < parts) {
            count *= 2;
        }
        return CompactionJob.shardsOf(within, count);
    }

    private static long bytes(Collection<CatalogBlock> blocks) {
        return blocks.stream().mapToLong(block -> block.unit().bytes()).sum();
    }
}

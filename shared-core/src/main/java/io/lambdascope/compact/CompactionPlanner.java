package io.lambdascope.compact;

import io.lambdascope.catalog.CatalogBlock;
import io.lambdascope.catalog.CatalogDeletion;
import io.lambdascope.catalog.CatalogState;
import io.lambdascope.catalog.Garbage;
import io.lambdascope.catalog.SetAside;
import io.lambdascope.catalog.Setback;
import io.lambdascope.catalog.TakenSegments;
import io.lambdascope.source.Unit;
import io.lambdascope.time.TimeRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Decides what is to be done. A function of what is there, the settings and the time; touches nothing.
public final class CompactionPlanner {
    private static final long HOUR_MILLIS = 3_600_000L;
    /// Settings change, and clocks are set: look again at least so often.
    private static final Duration LONGEST_QUIET = Duration.ofHours(6);

    private static final Comparator<Unit> BY_TIME =
            Comparator.comparingLong((Unit unit) -> unit.range().fromNanos()).thenComparing(Unit::id);

    private final CompactSettings settings;
    private final MergePlanner merges;
    private final DeletionPlanner deletions;

    public CompactionPlanner(CompactSettings settings) {
        this.settings = settings;
        this.merges = new MergePlanner(settings);
        this.deletions = new DeletionPlanner(settings);
    }

    /// @param retention blocks all of whose rows are older are dropped; zero keeps them
    /// @param ahead merges are those that would be due so much later
    public CompactionPlan plan(CompactionSnapshot snapshot, Duration retention, long nowMillis, Duration ahead) {
        long dueMillis = nowMillis + ahead.toMillis();
        long deletedBefore = nowMillis - settings.deleteDelay().toMillis();
        List<TakenSegments> forgotten = snapshot.recent().taken().stream()
                .filter(some -> some.committedMillis() <= deletedBefore)
                .toList();
        Set<String> gone = idsOf(forgotten);
        Set<String> taken = idsOf(snapshot.recent().taken());
        List<ArrivedSegment> headItems = snapshot.arrived().stream()
                .filter(segment -> gone.contains(segment.unit().id()))
                .toList();
        List<ArrivedSegment> left = snapshot.arrived().stream()
                .filter(segment -> !gone.contains(segment.unit().id()))
                .toList();
        List<Garbage> garbage = snapshot.garbage().stream()
                .filter(some -> some.sinceMillis() <= deletedBefore)
                .toList();

        List<CatalogBlock> expired = Stream.of(snapshot.recent().blocks(), snapshot.level1(), snapshot.level2())
                .flatMap(List::stream)
                .filter(block -> isExpired(block, retention, nowMillis))
                .toList();
        List<CatalogBlock> level0 = without(snapshot.recent().blocks(), expired);
        List<CatalogBlock> level1 = without(snapshot.level1(), expired);
        List<CatalogBlock> level2 = without(snapshot.level2(), expired);

        List<ArrivedSegment> waiting = left.stream()
                .filter(segment -> !taken.contains(segment.unit().id()))
                .toList();

        List<CompactionJob> jobs = new ArrayList<>(ofHead(snapshot, waiting, dueMillis));
        Setback setback = snapshot.state().setback();
        jobs.addAll(merges.ofLevel0(level0, JobLimits.of(settings, setback, 1, nowMillis), dueMillis));
        jobs.addAll(merges.ofLevel1(level1, level2, JobLimits.of(settings, setback, 2, nowMillis), dueMillis));
        List<CatalogDeletion> due = dueDeletions(snapshot.recent().deletions(), snapshot.state(), dueMillis);
        jobs.addAll(deletions.rewrites(level2, jobs, due));
        jobs.removeIf(job -> JobLimits.arePaused(setback, job.level(), nowMillis));

        // blocks whose time is over count until they are dropped, which comes after deletions are forgotten
        List<CatalogDeletion> applied = deletions.applied(
                due,
                Stream.concat(
                        waiting.stream().map(ArrivedSegment::unit),
                        Stream.of(snapshot.recent().blocks(), snapshot.level1(), snapshot.level2())
                                .flatMap(List::stream)
                                .map(CatalogBlock::unit)));

        List<CatalogDeletion> narrowed =
                new ArrayList<>(deletions.withoutSegments(snapshot.recent().deletions(), waiting));
        narrowed.removeAll(applied);

        List<SetAside> dropped = snapshot.recent().setAside().stream()
                .filter(aside -> !retention.isZero() && aside.isBefore(expiryNanos(retention, nowMillis)))
                .toList();

        boolean busy = !jobs.isEmpty()
                || !applied.isEmpty()
                || !narrowed.isEmpty()
                || !snapshot.arrived().isEmpty()
                || !expired.isEmpty()
                || !dropped.isEmpty()
                || !snapshot.recent().taken().isEmpty()
                || !snapshot.garbage().isEmpty();
        return new CompactionPlan(
                headItems,
                forgotten,
                garbage,
                narrowed,
                applied,
                expired,
                dropped,
                snapshot.recent().setAside().size(),
                jobs,
                headHour(snapshot.state().headHour(), left, nowMillis),
                busy
                        ? snapshot.state().quietUntilMillis()
                        : quietUntilMillis(snapshot, level0, level1, retention, nowMillis));
    }

    /// Deletions that wait no longer.
    List<CatalogDeletion> dueDeletions(List<CatalogDeletion> made, CatalogState state, long nowMillis) {
        return deletions.due(made, state, nowMillis);
    }

    /// Days of which blocks of level 2 are needed to plan, by their first moments.
    Set<Long> daysToMerge(List<CatalogBlock> level1, long nowMillis) {
        return merges.daysToMerge(level1, nowMillis);
    }

    /// The first hour that the head may still hold, or get, something of.
    long headHour(long from, List<ArrivedSegment> left, long nowMillis) {
        Set<Long> hours = new HashSet<>();
        left.forEach(segment -> hours.add(segment.hour()));
        long hour = from;
        while (!hours.contains(hour)
                && (hour + 1) * HOUR_MILLIS + settings.hourSlack().toMillis() <= nowMillis) {
            hour++;
        }
        return hour;
    }

    private List<CompactionJob> ofHead(CompactionSnapshot snapshot, List<ArrivedSegment> waiting, long nowMillis) {
        if (waiting.isEmpty()) {
            return List.of();
        }
        // a segment that arrived twice, in two hours, is one
        Map<String, Unit> units = new LinkedHashMap<>();
        waiting.stream().map(ArrivedSegment::unit).sorted(BY_TIME).forEach(unit -> units.putIfAbsent(unit.id(), unit));
        long bytes = units.values().stream().mapToLong(Unit::bytes).sum();
        if (bytes < settings.headMaxBytes()
                && units.size() < settings.headMaxSegments()
                && !isOld(snapshot, waiting, nowMillis)) {
            return List.of();
        }
        JobLimits limits = JobLimits.of(settings, snapshot.state().setback(), 0, nowMillis);
        List<CompactionJob> jobs = new ArrayList<>();
        List<Unit> group = new ArrayList<>();
        long groupBytes = 0;
        for (Unit unit : units.values()) {
            if (!group.isEmpty()
                    && (group.size() == limits.segments() || groupBytes + unit.bytes() > limits.segmentBytes())) {
                jobs.add(CompactionJob.ofHead(unit.tenant(), unit.signal(), group));
                group.clear();
                groupBytes = 0;
            }
            group.add(unit);
            groupBytes += unit.bytes();
        }
        jobs.add(
                CompactionJob.ofHead(snapshot.state().tenant(), snapshot.state().signal(), group));
        return jobs;
    }

    /// Whether the oldest segment has waited long enough. When it arrived is known to the hour; inside the
    /// hour its rows' time tells, unless they are late. So that a stream of late rows does not become a
    /// stream of small blocks, the last block must be as old, too.
    private boolean isOld(CompactionSnapshot snapshot, List<ArrivedSegment> waiting, long nowMillis) {
        long before = nowMillis - settings.headMaxAge().toMillis();
        boolean oldest = waiting.stream().anyMatch(segment -> arrivedMillis(segment) <= before);
        boolean last = snapshot.recent().blocks().stream().allMatch(block -> block.committedMillis() <= before)
                && snapshot.recent().taken().stream().allMatch(some -> some.committedMillis() <= before);
        return oldest && last;
    }

    private static long arrivedMillis(ArrivedSegment segment) {
        long hourStart = segment.hour() * HOUR_MILLIS;
        if (segment.unit().range().equals(TimeRange.ALWAYS)) {
            // it does not say what it holds, and keeps queries over any time from being answered
            return hourStart;
        }
        return Math.clamp(segment.unit().range().lastMillis(), hourStart, hourStart + HOUR_MILLIS - 1);
    }

    private static boolean isExpired(CatalogBlock block, Duration retention, long nowMillis) {
        return !retention.isZero() && block.unit().range().toNanos() <= expiryNanos(retention, nowMillis);
    }

    private static long expiryNanos(Duration retention, long nowMillis) {
        return TimeRange.millisToNanos(nowMillis - retention.toMillis());
    }

    private long quietUntilMillis(
            CompactionSnapshot snapshot,
            List<CatalogBlock> level0,
            List<CatalogBlock> level1,
            Duration retention,
            long nowMillis) {
        long until = nowMillis + LONGEST_QUIET.toMillis();
        for (CatalogBlock block :
                Stream.concat(level0.stream(), level1.stream()).toList()) {
            until = Math.min(until, merges.dueMillis(block));
            if (!retention.isZero()) {
                until = Math.min(until, block.unit().range().lastMillis() + 1 + retention.toMillis());
            }
        }
        for (CatalogDeletion made : snapshot.recent().deletions()) {
            // one that is due already waits for merges, whose time is known
            until = deletions.dueMillis(made) > nowMillis ? Math.min(until, deletions.dueMillis(made)) : until;
        }
        return Math.min(
                until, snapshot.state().sweptMillis() + settings.sweepInterval().toMillis());
    }

    private static Set<String> idsOf(List<TakenSegments> taken) {
        Set<String> ids = new HashSet<>();
        taken.forEach(some -> ids.addAll(some.segments()));
        return ids;
    }

    private static List<CatalogBlock> without(List<CatalogBlock> blocks, List<CatalogBlock> expired) {
        return blocks.stream().filter(block -> !expired.contains(block)).toList();
    }
}

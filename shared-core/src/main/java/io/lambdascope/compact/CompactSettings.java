package io.lambdascope.compact;

import java.time.Duration;

/// What an operator may tune of compaction.
///
/// @param headMaxAge segments become a block of level 0 when the oldest has been in the head for so long
/// @param headMaxBytes … or when the segments of a head take so many bytes; also the most that go into one
///     block, since segments are merged in memory
/// @param headMaxSegments … or when there are so many; also the most that go into one block
/// @param targetBlockBytes blocks expected to be larger are split into shards
/// @param maxJobBytes the most bytes of blocks that are merged at once
/// @param maxJobBlocks the most blocks that are merged at once, and so many of level 0 are never left lying
/// @param windowDelay how long after the end of a 2 h window its blocks of level 0 are merged
/// @param dayDelay how long after the end of a day its blocks of level 1 are merged
/// @param deleteDelay what counts no longer is deleted after so long: longer than any query, clocks'
///     differences included
/// @param hourSlack an hour of arrival is closed so long after its end: longer than any writer lives, clocks'
///     differences included
/// @param sweepInterval how often orphaned objects are looked for
/// @param orphanAge objects that nobody knows of and that are older than this are deleted: longer than any
///     compactor lives
/// @param jobReserve no job is begun when less than this is left of the run
/// @param commitReserve a job that still runs when less than this is left is dropped
/// @param deletionDelay large blocks are rewritten without the rows that a deletion covers when it is so old: longer
///     than a message of the queue is delivered again
/// @param claim a run that has something to merge keeps others from it for so long after each of its commits: longer
///     than most merges take, and as long as a run that was killed is waited for
public record CompactSettings(
        Duration headMaxAge,
        long headMaxBytes,
        int headMaxSegments,
        long targetBlockBytes,
        long maxJobBytes,
        int maxJobBlocks,
        Duration windowDelay,
        Duration dayDelay,
        Duration deleteDelay,
        Duration hourSlack,
        Duration sweepInterval,
        Duration orphanAge,
        Duration jobReserve,
        Duration commitReserve,
        Duration deletionDelay,
        Duration claim) {
    /// Fits a function of 2,048 MB that may run for 15 minutes.
    public static final CompactSettings DEFAULTS = new CompactSettings(
            Duration.ofMinutes(10),
            16L << 20,
            500,
            128L << 20,
            1L << 30,
            32,
            Duration.ofMinutes(15),
            Duration.ofHours(1),
            Duration.ofMinutes(10),
            Duration.ofMinutes(20),
            Duration.ofHours(24),
            Duration.ofHours(24),
            Duration.ofMinutes(3),
            Duration.ofSeconds(15),
            Duration.ofHours(24),
            Duration.ofMinutes(5));

    /// A merge touches its blocks, what it writes, and three items more, in one transaction.
    static final int MAX_OUTPUTS = 64;

    /// The names of the segments in a block are one item.
    private static final int MOST_SEGMENTS = 8_000;

    public CompactSettings {
        check("headMaxAge", !headMaxAge.isNegative(), headMaxAge, "not negative");
        check("headMaxBytes", headMaxBytes >= 1, headMaxBytes, "at least 1");
        check(
                "headMaxSegments",
                headMaxSegments >= 1 && headMaxSegments <= MOST_SEGMENTS,
                headMaxSegments,
                "1 to " + MOST_SEGMENTS);
        check("targetBlockBytes", targetBlockBytes >= 1, targetBlockBytes, "at least 1");
        check("maxJobBytes", maxJobBytes >= targetBlockBytes, maxJobBytes, "at least targetBlockBytes");
        check("maxJobBlocks", maxJobBlocks >= 2 && maxJobBlocks <= 32, maxJobBlocks, "2 to 32");
        check("windowDelay", !windowDelay.isNegative(), windowDelay, "not negative");
        check("dayDelay", !dayDelay.isNegative(), dayDelay, "not negative");
        check("deleteDelay", !deleteDelay.isNegative(), deleteDelay, "not negative");
        check("hourSlack", !hourSlack.isNegative(), hourSlack, "not negative");
        check("sweepInterval", !sweepInterval.isNegative(), sweepInterval, "not negative");
        check("orphanAge", orphanAge.compareTo(Duration.ofHours(2)) >= 0, orphanAge, "at least two hours");
        check("jobReserve", !jobReserve.isNegative(), jobReserve, "not negative");
        check("commitReserve", !commitReserve.isNegative(), commitReserve, "not negative");
        check("deletionDelay", !deletionDelay.isNegative(), deletionDelay, "not negative");
        check("claim", !claim.isNegative(), claim, "not negative");
    }

    /// These, with another delay before a head becomes a block, another number of blocks merged at once, another
    /// delay before what counts no longer is deleted, and another time for which a run keeps others away: what a
    /// deployment that wants to see compaction soon changes.
    public CompactSettings with(
            Duration newHeadMaxAge, int newMaxJobBlocks, Duration newDeleteDelay, Duration newClaim) {
        return new CompactSettings(
                newHeadMaxAge,
                headMaxBytes,
                headMaxSegments,
                targetBlockBytes,
                maxJobBytes,
                newMaxJobBlocks,
                windowDelay,
                dayDelay,
                newDeleteDelay,
                hourSlack,
                sweepInterval,
                orphanAge,
                jobReserve,
                commitReserve,
                deletionDelay,
                newClaim);
    }

    private static void check(String name, boolean holds, Object value, String right) {
        if (!holds) {
            throw new IllegalArgumentException("%s must be %s, not %s".formatted(name, right, value));
        }
    }
}

package io.lambdascope.compact;

import io.lambdascope.catalog.Setback;
import java.time.Duration;

/// How much one merge may take in. A single segment or block is always taken, whatever its size.
///
/// @param segments of the head, and their bytes
/// @param blocks and their bytes
record JobLimits(int segments, long segmentBytes, int blocks, long blockBytes) {
    /*
     * A merge that is dropped because time was up is planned again with half of what it took in, and half of that if it
     * must be, for a day after the last time; so what does not fit is tried large once a day. When it cannot get any
     * smaller the pauses double instead.
     */
    private static final int MOST_HALVINGS = 5;
    private static final Duration REMEMBERED = Duration.ofDays(1);
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(10);
    private static final int MOST_DOUBLINGS = 7;

    /// Limits of merges into blocks of `level`.
    static JobLimits of(CompactSettings settings, Setback setback, int level, long nowMillis) {
        int halvings = setback.level() == level ? Math.min(MOST_HALVINGS, counted(setback, nowMillis)) : 0;
        return new JobLimits(
                Math.max(1, settings.headMaxSegments() >> halvings),
                Math.max(1, settings.headMaxBytes() >> halvings),
                Math.max(1, settings.maxJobBlocks() >> halvings),
                Math.max(1, settings.maxJobBytes() >> halvings));
    }

    /// Whether merges into blocks of `level` are to wait.
    static boolean arePaused(Setback setback, int level, long nowMillis) {
        int doublings = counted(setback, nowMillis) - MOST_HALVINGS - 1;
        return setback.level() == level
                && doublings >= 0
                && nowMillis < setback.lastMillis() + (FIRST_PAUSE.toMillis() << Math.min(doublings, MOST_DOUBLINGS));
    }

    /// What is remembered when another merge into `level` has been dropped.
    static Setback after(Setback setback, int level, long nowMillis) {
        return new Setback(level, setback.level() == level ? counted(setback, nowMillis) + 1 : 1, nowMillis);
    }

    private static int counted(Setback setback, long nowMillis) {
        long forgotten = (nowMillis - setback.lastMillis()) / REMEMBERED.toMillis();
        return (int) Math.max(0, setback.count() - forgotten);
    }
}

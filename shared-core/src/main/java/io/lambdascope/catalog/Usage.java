package io.lambdascope.catalog;

import java.time.Duration;

/// What a tenant has stored of a signal, counted when segments become blocks of level 0, in a commit that is made
/// anyway. What was pushed twice within one block counts once, and what is still in the head not yet.
///
/// @param items samples, log lines, spans or values, since counting began
/// @param bytes of the segments that held them
/// @param countedMillis when something was last counted, 0 for never
/// @param earlier where counting stood two marks ago …
/// @param later … and one mark ago; from [#MARKED] on the next commit makes a mark
public record Usage(long items, long bytes, long countedMillis, Mark earlier, Mark later) {
    /// How far marks are apart, at least.
    static final Duration MARKED = Duration.ofMinutes(15);

    /// Nothing was counted yet.
    public static final Usage NONE = new Usage(0, 0, 0, new Mark(0, 0, 0), new Mark(0, 0, 0));

    /// @param millis when it was made
    /// @param items how many had been counted by then
    /// @param series the most that one block counted since had
    public record Mark(long millis, long items, long series) {}

    /// This and one block more.
    ///
    /// @param moreItems in the block
    /// @param moreBytes of the segments in it
    /// @param series series, streams and the like in the block
    /// @param nowMillis when it is committed
    public Usage plus(long moreItems, long moreBytes, long series, long nowMillis) {
        long total = items + moreItems;
        if (countedMillis == 0 || isIdle(nowMillis)) {
            Mark first = new Mark(nowMillis, total, series);
            return new Usage(total, bytes + moreBytes, nowMillis, first, first);
        }
        Mark now = new Mark(later.millis, later.items, Math.max(later.series, series));
        return nowMillis - later.millis < MARKED.toMillis()
                ? new Usage(total, bytes + moreBytes, nowMillis, earlier, now)
                : new Usage(total, bytes + moreBytes, nowMillis, now, new Mark(nowMillis, total, 0));
    }

    /// Items a second, over the last quarter of an hour or up to three of them; 0 if as much time has passed without
    /// any.
    public double itemsPerSecond(long nowMillis) {
        long millis = countedMillis - earlier.millis;
        return millis <= 0 || isIdle(nowMillis) ? 0 : (items - earlier.items) / (millis / 1000.0);
    }

    /// How many series got samples in the same time: the most that one block of level 0 had. A lower bound where a
    /// tenant pushes so much that no block holds a sample of each.
    public long activeSeries(long nowMillis) {
        return isIdle(nowMillis) ? 0 : Math.max(earlier.series, later.series);
    }

    private boolean isIdle(long nowMillis) {
        return nowMillis - countedMillis > 3 * MARKED.toMillis();
    }
}

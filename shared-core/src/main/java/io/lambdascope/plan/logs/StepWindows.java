package io.lambdascope.plan.logs;

import io.lambdascope.ql.logql.LogExpr.LogRange;
import io.lambdascope.time.NanoGrid;
import io.lambdascope.time.TimeRange;

/// The windows of time that a range aggregation looks at, one per step: left-open and right-closed, `(step - offset -
/// range, step - offset]`. Knows for an entry in which of them it lies.
public final class StepWindows {
    /*
     * The windows that hold a moment follow one another: [first, last], and neither goes down as time goes on. So
     * every pair (first, last) has a number of its own, first + last: a cell. All moments of a cell lie in the same
     * windows, which is why samples are summed up by cell, and windows then over cells.
     */
    private final NanoGrid grid;
    private final int steps;
    private final long rangeNanos;
    private final long offsetNanos;
    private final int[] firstOfCell;

    private int first;
    private int last = -1;
    private long fromNanos;
    private long untilNanos;

    public StepWindows(NanoGrid grid, LogRange range) {
        this.grid = grid;
        this.steps = grid.steps();
        this.rangeNanos = range.rangeNanos();
        this.offsetNanos = range.offsetNanos();
        this.firstOfCell = new int[2 * steps - 1];
    }

    public NanoGrid grid() {
        return grid;
    }

    /// How many cells there are.
    public int cells() {
        return firstOfCell.length;
    }

    /// The time of all entries that lie in some window; what lies between windows is inside too.
    public TimeRange reads() {
        long from = grid.startNanos() - offsetNanos - rangeNanos + 1;
        long to = grid.lastNanos() - offsetNanos + 1;
        return new TimeRange(Math.min(from, to), to);
    }

    /// Where window `step` begins; this moment is not inside.
    public long startNanos(int step) {
        return endNanos(step) - rangeNanos;
    }

    /// Where window `step` ends; this moment is inside.
    public long endNanos(int step) {
        return grid.atNanos(step) - offsetNanos;
    }

    /// Finds the windows that hold `nanos`; false if none does.
    public boolean locate(long nanos) {
        if (nanos < fromNanos || nanos >= untilNanos) {
            compute(nanos);
        }
        return first <= last;
    }

    private void compute(long nanos) {
        long behind = nanos + offsetNanos - grid.startNanos();
        if (grid.isInstant()) {
            first = behind <= 0 ? 0 : 1;
            last = behind + rangeNanos > 0 ? 0 : -1;
            fromNanos = nanos;
            untilNanos = nanos + 1;
        } else {
            long step = grid.stepNanos();
            long firstAny = Math.ceilDiv(behind, step);
            long lastAny = Math.floorDiv(behind + rangeNanos - 1, step);
            first = (int) Math.clamp(firstAny, 0, steps);
            last = (int) Math.clamp(lastAny, -1, steps - 1);
            // the next moment at which one of both changes
            long untilFirst = firstAny * step + 1;
            long untilLast = (lastAny + 1) * step - rangeNanos + 1;
            fromNanos = nanos;
            untilNanos = nanos - behind + Math.min(untilFirst, untilLast);
        }
        if (first <= last) {
            firstOfCell[first + last] = first;
        }
    }

    /// The first window that holds what was located.
    public int first() {
        return first;
    }

    /// The last window that holds what was located.
    public int last() {
        return last;
    }

    /// The cell of what was located.
    public int cell() {
        return first + last;
    }

    /// The first window of a cell that something was located in.
    public int firstOf(int cell) {
        return firstOfCell[cell];
    }
}

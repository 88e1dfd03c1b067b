package io.lambdascope.time;

/// The moments at which a query over logs is evaluated, in nanoseconds: `startNanos`, `startNanos + stepNanos` … up
/// to `endNanos`. An instant query is a grid of one moment, with step 0. Log entries have nanoseconds, and a moment
/// of a query may lie between two of them; [StepGrid] is the grid of metrics, whose samples have milliseconds.
///
/// @param startNanos first moment, nanoseconds since the Unix epoch
/// @param endNanos last moment that may be evaluated; one off the grid is not
/// @param stepNanos distance of the moments, 0 only if start and end are the same
public record NanoGrid(long startNanos, long endNanos, long stepNanos) {
    private static final long NANOS_PER_MILLI = 1_000_000;

    public NanoGrid {
        if (endNanos < startNanos || stepNanos < 0 || stepNanos == 0 && startNanos != endNanos) {
            throw new IllegalArgumentException(
                    "no grid: from %d ns to %d ns by %d ns".formatted(startNanos, endNanos, stepNanos));
        }
        if (stepNanos > 0 && Math.subtractExact(endNanos, startNanos) / stepNanos >= StepGrid.MAX_STEPS) {
            throw new IllegalArgumentException(
                    "too many steps: from %d ns to %d ns by %d ns".formatted(startNanos, endNanos, stepNanos));
        }
    }

    public static NanoGrid instant(long nanos) {
        return new NanoGrid(nanos, nanos, 0);
    }

    public boolean isInstant() {
        return stepNanos == 0;
    }

    /// How many moments there are, at least 1.
    public int steps() {
        return stepNanos == 0 ? 1 : (int) ((endNanos - startNanos) / stepNanos + 1);
    }

    public long atNanos(int step) {
        return startNanos + step * stepNanos;
    }

    /// The moment as answers give it: milliseconds since the Unix epoch, what is below a millisecond cut off.
    public long atMillis(int step) {
        return Math.floorDiv(atNanos(step), NANOS_PER_MILLI);
    }

    /// The last moment that is on the grid.
    public long lastNanos() {
        return atNanos(steps() - 1);
    }
}

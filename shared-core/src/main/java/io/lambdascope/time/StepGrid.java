package io.lambdascope.time;

/// The moments at which a query is evaluated: `startMillis`, `startMillis + stepMillis` … up to `endMillis`. An
/// instant query is a grid of one moment, with step 0.
///
/// @param startMillis first moment, milliseconds since the Unix epoch
/// @param endMillis last moment that may be evaluated; one off the grid is not
/// @param stepMillis distance of the moments, 0 only if start and end are the same
public record StepGrid(long startMillis, long endMillis, long stepMillis) {
    /// The most moments of one grid.
    public static final int MAX_STEPS = Integer.MAX_VALUE;

    public StepGrid {
        if (stepMillis > 0 && (endMillis - startMillis) / stepMillis >= MAX_STEPS) {
            throw new IllegalArgumentException(
                    "too many steps: from %d to %d by %d".formatted(startMillis, endMillis, stepMillis));
        }
        if (endMillis < startMillis || stepMillis < 0 || stepMillis == 0 && startMillis != endMillis) {
            throw new IllegalArgumentException(
                    "no grid: from %d to %d by %d".formatted(startMillis, endMillis, stepMillis));
        }
    }

    public static StepGrid instant(long millis) {
        return new StepGrid(millis, millis, 0);
    }

    public boolean isInstant() {
        return stepMillis == 0;
    }

    /// How many moments there are, at least 1.
    public int steps() {
        return stepMillis == 0 ? 1 : (int) ((endMillis - startMillis) / stepMillis + 1);
    }

    public long atMillis(int step) {
        return startMillis + step * stepMillis;
    }

    /// The last moment that is on the grid.
    public long lastMillis() {
        return atMillis(steps() - 1);
    }
}

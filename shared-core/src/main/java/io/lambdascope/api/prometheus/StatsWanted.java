package io.lambdascope.api.prometheus;

/// What an answer is to say of what it took.
public enum StatsWanted {
    NONE,
    TOTAL,
    BY_STEP
}

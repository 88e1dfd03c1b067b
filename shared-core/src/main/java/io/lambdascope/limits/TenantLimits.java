package io.lambdascope.limits;

import java.time.Duration;

/// What one tenant may push. Components are called as Mimir calls them in its `limits` block, so that error texts and
/// advice found elsewhere fit; which of its limits are left out and which defaults differ, and why, stands in
/// `docs/adr/0023-limits-that-one-request-can-be-judged-by.md`.
///
/// @param maxLabelNameLength bytes
/// @param maxLabelValueLength bytes
/// @param maxLabelNamesPerSeries the metric name counts as one
/// @param maxLabelNamesPerInfoSeries the same for metrics whose name ends in `_info`
/// @param maxMetadataLength bytes of family name and of unit; a longer help text is cut
/// @param maxNativeHistogramBuckets of one sample, 0 for any number
/// @param maxExemplarLabelsLength characters of all names and values of one exemplar
/// @param creationGracePeriod how far ahead of our clock a sample may be
/// @param outOfOrderTimeWindow how old a sample may be when it arrives
/// @param maxPushBytes of a body when decompressed
public record TenantLimits(
        int maxLabelNameLength,
        int maxLabelValueLength,
        int maxLabelNamesPerSeries,
        int maxLabelNamesPerInfoSeries,
        int maxMetadataLength,
        int maxNativeHistogramBuckets,
        int maxExemplarLabelsLength,
        Duration creationGracePeriod,
        Duration outOfOrderTimeWindow,
        int maxPushBytes) {
    public static final TenantLimits DEFAULTS =
            new TenantLimits(1024, 2048, 30, 80, 1024, 0, 128, Duration.ofMinutes(10), Duration.ofDays(7), 32 << 20);

    public TenantLimits {
        if (maxLabelNameLength < 1
                || maxLabelValueLength < 1
                || maxLabelNamesPerSeries < 1
                || maxLabelNamesPerInfoSeries < 1
                || maxMetadataLength < 1
                || maxNativeHistogramBuckets < 0
                || maxExemplarLabelsLength < 1
                || maxPushBytes < 1) {
            throw new IllegalArgumentException("limits must be positive");
        }
        if (creationGracePeriod.isNegative() || outOfOrderTimeWindow.isNegative()) {
            throw new IllegalArgumentException("periods must not be negative");
        }
    }

    /// These limits with another window for late samples.
    public TenantLimits withOutOfOrderTimeWindow(Duration window) {
        return new TenantLimits(
                maxLabelNameLength,
                maxLabelValueLength,
                maxLabelNamesPerSeries,
                maxLabelNamesPerInfoSeries,
                maxMetadataLength,
                maxNativeHistogramBuckets,
                maxExemplarLabelsLength,
                creationGracePeriod,
                window,
                maxPushBytes);
    }
}

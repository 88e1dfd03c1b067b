package io.lambdascope.vector;

import io.lambdascope.ql.SourceRange;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Collects what evaluation wants to say besides its result, each message once, in Prometheus' words
/// (`util/annotations/annotations.go`).
public final class Annotations {
    /// @param warning true for a warning, false for an info
    /// @param message without level and place
    public record Note(boolean warning, String message, SourceRange at) {}

    /// What a histogram operation is called in messages.
    public enum HistogramOperation {
        ADDITION,
        SUBTRACTION,
        AGGREGATION;

        private String text() {
            return "histogram " + name().toLowerCase(Locale.ROOT);
        }
    }

    private final Map<String, Note> notes = new LinkedHashMap<>();
    private final Map<String, ForcedMonotonicity> forced = new LinkedHashMap<>();

    /// Everything said so far.
    public Collection<Note> notes() {
        Map<String, Note> all = new LinkedHashMap<>(notes);
        forced.forEach((key, item) -> all.put(key, new Note(false, item.message(), item.at)));
        return all.values();
    }

    private void warn(String message, SourceRange at) {
        notes.putIfAbsent(message, new Note(true, message, at));
    }

    private void info(String message, SourceRange at) {
        notes.putIfAbsent(message, new Note(false, message, at));
    }

    /// Takes over what another evaluation has said.
    public void add(Note note) {
        Matcher span = ForcedMonotonicity.MESSAGE.matcher(note.message);
        if (note.warning || !span.matches()) {
            notes.putIfAbsent(note.message, note);
            return;
        }
        forced.computeIfAbsent(span.group("about"), about -> new ForcedMonotonicity(about, note.at))
                .widen(
                        Integer.parseInt(span.group("samples")),
                        Instant.parse(span.group("from")).toEpochMilli(),
                        Instant.parse(span.group("to")).toEpochMilli(),
                        GoFloat.parse(span.group("lowest")),
                        GoFloat.parse(span.group("highest")),
                        GoFloat.parse(span.group("diff")));
    }

    public void invalidQuantile(double q, SourceRange at) {
        warn("quantile value should be between 0 and 1, got " + GoFloat.general(q), at);
    }

    public void invalidRatio(double ratio, double cappedTo, SourceRange at) {
        warn(
                "ratio value should be between -1 and 1, got %s, capping to %s"
                        .formatted(GoFloat.general(ratio), GoFloat.general(cappedTo)),
                at);
    }

    public void badBucketLabel(String metricName, String le, SourceRange at) {
        warn(
                forMetric(
                        "bucket label \"le\" is missing or has a malformed value of " + GoFloat.quote(le), metricName),
                at);
    }

    public void mixedFloatsAndHistograms(String metricName, SourceRange at) {
        warn("encountered a mix of histograms and floats for metric name " + GoFloat.quote(metricName), at);
    }

    public void mixedFloatsAndHistogramsInAggregation(SourceRange at) {
        warn("encountered a mix of histograms and floats for aggregation", at);
    }

    public void mixedClassicAndNativeHistograms(String metricName, SourceRange at) {
        warn(forMetric("vector contains a mix of classic and native histograms", metricName), at);
    }

    public void nativeHistogramNotCounter(String metricName, SourceRange at) {
        warn("this native histogram metric is not a counter: " + GoFloat.quote(metricName), at);
    }

    public void nativeHistogramNotGauge(String metricName, SourceRange at) {
        warn("this native histogram metric is not a gauge: " + GoFloat.quote(metricName), at);
    }

    public void mixedExponentialAndCustomBuckets(String metricName, SourceRange at) {
        warn(
                "vector contains a mix of histograms with exponential and custom buckets schemas for metric name "
                        + GoFloat.quote(metricName),
                at);
    }

    public void incompatibleBucketLayout(String operator, SourceRange at) {
        warn("incompatible bucket layout encountered for binary operator " + operator, at);
    }

    public void conflictingCounterResets(HistogramOperation operation, SourceRange at) {
        warn("conflicting counter resets during " + operation.text(), at);
    }

    public void overlappingStartTime(String metricName, SourceRange at) {
        warn(
                "sample has start time that overlaps with previous sample timestamp for metric "
                        + GoFloat.quote(metricName),
                at);
    }

    public void sortInRangeQuery(SourceRange at) {
        warn("sort is ineffective for range queries since results are always ordered by labels", at);
    }

    public void possiblyNotCounter(String metricName, SourceRange at) {
        info(
                "metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "
                        + GoFloat.quote(metricName),
                at);
    }

    public void incompatibleTypes(String left, String operator, String right, SourceRange at) {
        info(
                "incompatible sample types encountered for binary operator %s: %s %s %s"
                        .formatted(GoFloat.quote(operator), left, operator, right),
                at);
    }

    public void histogramIgnoredInAggregation(String aggregation, SourceRange at) {
        info("ignored histogram in " + aggregation + " aggregation", at);
    }

    public void histogramIgnoredInMixedRange(String metricName, SourceRange at) {
        info(
                "ignored histograms in a range containing both floats and histograms for metric name "
                        + GoFloat.quote(metricName),
                at);
    }

    public void quantileNanResult(String metricName, SourceRange at) {
        info(forMetric("input to histogram_quantile has NaN observations, result is NaN", metricName), at);
    }

    public void quantileNanSkew(String metricName, SourceRange at) {
        info(forMetric("input to histogram_quantile has NaN observations, result is skewed higher", metricName), at);
    }

    public void fractionNans(String metricName, SourceRange at) {
        info(
                forMetric(
                        "input to histogram_fraction has NaN observations, which are excluded from all fractions",
                        metricName),
                at);
    }

    public void customBucketsReconciled(HistogramOperation operation, SourceRange at) {
        String text = operation.name().toLowerCase(Locale.ROOT);
        info("mismatched custom buckets were reconciled during " + text, at);
    }

    /// Says that the buckets of a classic histogram had to be lifted; all occurrences of one metric become one
    /// message that spans them.
    public void forcedMonotonicity(
            String metricName, SourceRange at, long atMillis, double minBucket, double maxBucket, double maxDiff) {
        forced.computeIfAbsent(
                        forMetric(ForcedMonotonicity.PROBLEM, metricName), about -> new ForcedMonotonicity(about, at))
                .widen(1, atMillis, atMillis, minBucket, maxBucket, maxDiff);
    }

    private static String forMetric(String message, String metricName) {
        return metricName.isEmpty() ? message : message + " for metric name " + GoFloat.quote(metricName);
    }

    private static final class ForcedMonotonicity {
        private static final String PROBLEM = "input to histogram_quantile needed to be fixed for monotonicity (see "
                + "https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile)";
        private static final Pattern MESSAGE = Pattern.compile(
                "(?<about>" + Pattern.quote(PROBLEM) + ".*), from buckets (?<lowest>\\S+) to (?<highest>\\S+),"
                        + " with a max diff of (?<diff>\\S+), over (?<samples>\\d{1,9}) samples"
                        + " from (?<from>\\S+) to (?<to>\\S+)",
                Pattern.DOTALL);

        private final String about;
        private final SourceRange at;
        private int samples;
        private long minMillis = Long.MAX_VALUE;
        private long maxMillis = Long.MIN_VALUE;
        private double minBucket = Double.POSITIVE_INFINITY;
        private double maxBucket = Double.NEGATIVE_INFINITY;
        private double maxDiff;

        private ForcedMonotonicity(String about, SourceRange at) {
            this.about = about;
            this.at = at;
        }

        private void widen(int count, long from, long to, double lowest, double highest, double diff) {
            samples += count;
            minMillis = Math.min(minMillis, from);
            maxMillis = Math.max(maxMillis, to);
            minBucket = Math.min(minBucket, lowest);
            maxBucket = Math.max(maxBucket, highest);
            maxDiff = Math.max(maxDiff, diff);
        }

        private String message() {
            return "%s, from buckets %s to %s, with a max diff of %s, over %d samples from %s to %s"
                    .formatted(
                            about,
                            GoFloat.general(minBucket),
                            GoFloat.general(maxBucket),
                            GoFloat.general(maxDiff),
                            samples,
                            GoFloat.rfc3339(minMillis),
                            GoFloat.rfc3339(maxMillis));
        }
    }
}

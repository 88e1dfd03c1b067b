package io.lambdascope.wire.otlp.metrics;

import io.lambdascope.fault.Rejections;
import io.lambdascope.limits.OtlpSettings;
import io.lambdascope.model.metrics.MetricMetadata;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.StaleMarker;
import java.util.Arrays;
import java.util.function.Supplier;

/// Puts data points into a batch: the series and samples of the point begun last. Knows which point each series is of.
final class PointWriter {
    /// The sample of a point that says that nothing was recorded (`DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK`).
    private static final int NO_RECORDED_VALUE = 1;

    private static final int NANOS_PER_MILLI = 1_000_000;

    private final MetricsBatch batch = new MetricsBatch();
    private final Rejections rejections = new Rejections("otlp-");
    private final PointLabels labels;
    private final PointTimes times = new PointTimes();

    private int points;
    private int refused;
    private int[] pointOfSeries = new int[64];
    private long timeMillis;
    private long startMillis;
    private boolean stale;
    private boolean infoDescribed;

    PointWriter(OtlpSettings settings) {
        this.labels = new PointLabels(batch, settings.translationStrategy());
    }

    MetricsBatch batch() {
        return batch;
    }

    PointLabels labels() {
        return labels;
    }

    /// Times of the points of the current resource.
    PointTimes times() {
        return times;
    }

    /// Begins a point, whose attributes are read next.
    void begin() {
        points++;
        labels.clear();
    }

    /// Says what all samples of the point have in common, before the first is written.
    ///
    /// @param startNanos 0 for unknown; unsigned, as OTLP has times
    /// @param flags as in OTLP
    void at(long startNanos, long timeNanos, long flags) {
        timeMillis = millis(timeNanos);
        startMillis = Long.compareUnsigned(startNanos, timeNanos) <= 0 ? millis(startNanos) : 0;
        stale = (flags & NO_RECORDED_VALUE) != 0;
        times.add(timeMillis);
    }

    /// Whole milliseconds of unsigned nanoseconds.
    static long millis(long nanos) {
        return Long.divideUnsigned(nanos, NANOS_PER_MILLI);
    }

    long timeMillis() {
        return timeMillis;
    }

    boolean isStale() {
        return stale;
    }

    /// Begins a series of the point. Returns its number.
    int startSeries(int name) {
        return ofPoint(labels.startSeries(name), points);
    }

    /// Begins a series of the point with one more label. Returns its number.
    int startSeries(int name, int extraName, int extraValue) {
        return ofPoint(labels.startSeries(name, extraName, extraValue), points);
    }

    private int ofPoint(int series, int point) {
        if (series == pointOfSeries.length) {
            pointOfSeries = Arrays.copyOf(pointOfSeries, 2 * series);
        }
        pointOfSeries[series] = point;
        return series;
    }

    /// A float that started to count at the point's start.
    void count(double value) {
        batch.addSample(timeMillis, stale ? StaleMarker.VALUE : value);
        batch.startedAt(startMillis);
    }

    /// A float that does not count.
    void gauge(double value) {
        batch.addSample(timeMillis, stale ? StaleMarker.VALUE : value);
    }

    void histogram(NativeHistogram histogram) {
        batch.addSample(timeMillis, histogram);
        batch.startedAt(startMillis);
    }

    /// Writes a series that is of no data point, with a 1 for each of `timesMillis`.
    void info(MetricMetadata metric, long[] timesMillis) {
        if (!infoDescribed) {
            batch.addMetadata(metric);
            infoDescribed = true;
        }
        ofPoint(labels.startSeries(batch.symbols().intern(metric.family())), 0);
        for (long time : timesMillis) {
            batch.addSample(time, 1);
        }
    }

    /// Refuses the point instead of writing it.
    void refuse(String id, Supplier<String> text) {
        refused++;
        warn(id, text);
    }

    /// Says what is left out of the point beside its value.
    void warn(String id, Supplier<String> text) {
        rejections.add(id, text);
    }

    OtlpMetrics finish() {
        return new OtlpMetrics(batch, Arrays.copyOf(pointOfSeries, batch.seriesCount()), refused, rejections);
    }
}

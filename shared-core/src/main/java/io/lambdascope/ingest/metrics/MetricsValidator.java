package io.lambdascope.ingest.metrics;

import io.lambdascope.fault.Rejections;
import io.lambdascope.limits.MetricsLimits;
import io.lambdascope.limits.TenantLimits;
import io.lambdascope.model.SymbolTable;
import io.lambdascope.model.metrics.Exemplar;
import io.lambdascope.model.metrics.MetricMetadata;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.model.metrics.NativeHistogram;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;

/// Decides what of a batch is stored: what breaks a rule or a limit is dropped, the rest is kept.
public final class MetricsValidator {
    /// @param batch what is stored: the batch that came in, if no series and no sample was refused
    /// @param incomplete numbers, in the batch that came in, of the series of which something was refused
    public record Validated(MetricsBatch batch, Rejections rejections, BitSet incomplete) {}

    private final MetricsBatch batch;
    private final TenantLimits limits;
    private final long earliestMillis;
    private final long latestMillis;
    private final Rejections rejections = new Rejections("err-mimir-");
    private final BitSet badSeries = new BitSet();
    private final BitSet badSamples = new BitSet();
    private final BitSet incomplete = new BitSet();

    private MetricsValidator(MetricsBatch batch, TenantLimits limits, Instant now) {
        this.batch = batch;
        this.limits = limits;
        this.earliestMillis =
                now.minus(limits.get(MetricsLimits.OUT_OF_ORDER_TIME_WINDOW)).toEpochMilli();
        this.latestMillis =
                now.plus(limits.get(MetricsLimits.CREATION_GRACE_PERIOD)).toEpochMilli();
    }

    /// @param batch is taken over: exemplars and metadata that are refused are removed from it
    /// @param now when the batch arrived
    public static Validated validate(MetricsBatch batch, TenantLimits limits, Instant now) {
        return new MetricsValidator(batch, limits, now).run();
    }

    private Validated run() {
        LabelRules labels = new LabelRules(batch, limits, rejections);
        for (int series = 0; series < batch.seriesCount(); series++) {
            if (!labels.accepts(series)) {
                badSeries.set(series);
            } else {
                checkSamples(series);
            }
        }
        incomplete.or(badSeries);
        batch.exemplars().removeIf(item -> badSeries.get(item.series()) || !accepts(item.exemplar(), item.series()));
        batch.metadata().removeIf(item -> !accepts(item));
        batch.metadata().replaceAll(this::trimmed);
        boolean complete = badSeries.isEmpty() && badSamples.isEmpty();
        return new Validated(complete ? batch : copy(), rejections, incomplete);
    }

    private void checkSamples(int series) {
        long[] timestamps = batch.timestamps();
        for (int sample = batch.sampleStart(series); sample < batch.sampleEnd(series); sample++) {
            long time = timestamps[sample];
            if (time > latestMillis) {
                reject(
                        sample,
                        series,
                        "too-far-in-future",
                        "received a sample whose timestamp is more than creation_grace_period ahead of our clock");
            } else if (time < earliestMillis) {
                reject(
                        sample,
                        series,
                        "sample-timestamp-too-old",
                        "received a sample that is older than out_of_order_time_window allows");
            } else if (batch.hasHistograms()) {
                NativeHistogram histogram = batch.histogram(sample);
                HistogramRules.Broken broken = histogram == null
                        ? null
                        : HistogramRules.check(histogram, limits.get(MetricsLimits.MAX_NATIVE_HISTOGRAM_BUCKETS));
                if (broken != null) {
                    reject(sample, series, broken.id(), broken.text());
                }
            }
        }
    }

    private void reject(int sample, int series, String id, String text) {
        badSamples.set(sample);
        incomplete.set(series);
        rejections.add(
                id,
                () -> "%s, timestamp: %s, series: %s"
                        .formatted(
                                text,
                                time(batch.timestamps()[sample]),
                                batch.series().quote(series)));
    }

    private static String time(long millis) {
        return millis == Long.MIN_VALUE || millis == Long.MAX_VALUE
                ? Long.toString(millis)
                : Instant.ofEpochMilli(millis).toString();
    }

    private MetricsBatch copy() {
        MetricsBatch kept = new MetricsBatch();
        int[] symbols = new int[batch.symbols().size()];
        Arrays.fill(symbols, -1);
        int[] numbers = new int[batch.seriesCount()];
        for (int series = 0; series < numbers.length; series++) {
            if (badSeries.get(series)) {
                continue;
            }
            numbers[series] = kept.startSeries();
            for (int at = batch.labelStart(series); at < batch.labelEnd(series); at += 2) {
                kept.addLabel(
                        copy(batch.labelSymbols()[at], symbols, kept),
                        copy(batch.labelSymbols()[at + 1], symbols, kept));
            }
            for (int sample = batch.sampleStart(series); sample < batch.sampleEnd(series); sample++) {
                if (!badSamples.get(sample)) {
                    NativeHistogram histogram = batch.histogram(sample);
                    if (histogram == null) {
                        kept.addSample(batch.timestamps()[sample], batch.values()[sample]);
                    } else {
                        kept.addSample(batch.timestamps()[sample], histogram);
                    }
                    kept.startedAt(batch.startMillis(sample));
                }
            }
        }
        for (MetricsBatch.SeriesExemplar item : batch.exemplars()) {
            kept.exemplars().add(new MetricsBatch.SeriesExemplar(numbers[item.series()], item.exemplar()));
        }
        kept.metadata().addAll(batch.metadata());
        return kept;
    }

    private int copy(int symbol, int[] symbols, MetricsBatch kept) {
        if (symbols[symbol] < 0) {
            SymbolTable from = batch.symbols();
            symbols[symbol] = kept.symbols().intern(from.bytes(), from.start(symbol), from.length(symbol));
        }
        return symbols[symbol];
    }

    private boolean accepts(Exemplar exemplar, int series) {
        int length = 0;
        for (int i = 0; i < exemplar.labels().size(); i++) {
            length += exemplar.labels()
                    .name(i)
                    .codePointCount(0, exemplar.labels().name(i).length());
            length += exemplar.labels()
                    .value(i)
                    .codePointCount(0, exemplar.labels().value(i).length());
        }
        String id;
        String text;
        if (exemplar.labels().isEmpty()) {
            id = "exemplar-labels-missing";
            text = "received an exemplar without labels";
        } else if (length > limits.get(MetricsLimits.MAX_EXEMPLAR_LABELS_LENGTH)) {
            id = "exemplar-labels-too-long";
            text = "received an exemplar whose labels have %d characters, the limit is %d"
                    .formatted(length, limits.get(MetricsLimits.MAX_EXEMPLAR_LABELS_LENGTH));
        } else if (exemplar.timestampMillis() > latestMillis) {
            id = "exemplar-too-far-in-future";
            text = "received an exemplar whose timestamp is too far ahead of our clock";
        } else if (exemplar.timestampMillis() < earliestMillis) {
            id = "exemplar-too-far-in-past";
            text = "received an exemplar that is too old";
        } else {
            return true;
        }
        rejections.add(id, () -> text + ", series: " + batch.series().quote(series));
        return false;
    }

    private int maxMetadataLength() {
        return Math.toIntExact(limits.get(MetricsLimits.MAX_METADATA_LENGTH));
    }

    private MetricMetadata trimmed(MetricMetadata item) {
        int max = maxMetadataLength();
        if (item.help().length() <= max) {
            return item;
        }
        int end = Character.isHighSurrogate(item.help().charAt(max - 1)) ? max - 1 : max;
        return new MetricMetadata(item.family(), item.type(), item.help().substring(0, end), item.unit());
    }

    private boolean accepts(MetricMetadata item) {
        int max = maxMetadataLength();
        if (item.family().isEmpty()) {
            rejections.add("metadata-missing-metric-name", "received metadata without a metric name");
            return false;
        }
        if (item.family().length() > max) {
            rejections.add(
                    "metric-name-too-long",
                    "received metadata with a metric name of %d characters, the limit max_metadata_length is %d"
                            .formatted(item.family().length(), max));
            return false;
        }
        if (item.unit().length() > max) {
            rejections.add(
                    "unit-too-long",
                    "received metadata with a unit of %d characters, the limit max_metadata_length is %d, metric: %s"
                            .formatted(item.unit().length(), max, item.family()));
            return false;
        }
        return true;
    }
}

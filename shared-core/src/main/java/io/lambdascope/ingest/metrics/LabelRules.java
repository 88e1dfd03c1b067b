package io.lambdascope.ingest.metrics;

import io.lambdascope.fault.Rejections;
import io.lambdascope.labels.Labels;
import io.lambdascope.limits.MetricsLimits;
import io.lambdascope.limits.TenantLimits;
import io.lambdascope.model.SymbolTable;
import io.lambdascope.model.metrics.MetricsBatch;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;

/// The rules that the labels of a series keep: a metric name, each label name once, legal UTF-8, not too long, not too
/// many. Labels that keep them are put in order.
final class LabelRules {
    /*
     * What can be said of a string alone is found out once per symbol, in `suspects`; a series is looked at closely
     * only if it has one. Names are compared only where they differ from those of the series before.
     */
    private final MetricsBatch batch;
    private final Rejections rejections;
    private final long maxNameLength;
    private final long maxValueLength;
    private final long maxNames;
    private final long maxInfoNames;
    private final SymbolTable symbols;
    private final int nameSymbol;
    private final BitSet broken = new BitSet();
    private final BitSet suspects = new BitSet();
    private int lastGood = -1;

    LabelRules(MetricsBatch batch, TenantLimits limits, Rejections rejections) {
        this.batch = batch;
        this.maxNameLength = limits.get(MetricsLimits.MAX_LABEL_NAME_LENGTH);
        this.maxValueLength = limits.get(MetricsLimits.MAX_LABEL_VALUE_LENGTH);
        this.maxNames = limits.get(MetricsLimits.MAX_LABEL_NAMES_PER_SERIES);
        this.maxInfoNames = limits.get(MetricsLimits.MAX_LABEL_NAMES_PER_INFO_SERIES);
        this.rejections = rejections;
        this.symbols = batch.symbols();
        this.nameSymbol = symbols.find(Labels.NAME);
        long shortest = Math.min(maxNameLength, maxValueLength);
        boolean ascii = isAscii();
        for (int symbol = 0; symbol < symbols.size(); symbol++) {
            int length = symbols.length(symbol);
            if (!ascii && !isUtf8(symbol)) {
                broken.set(symbol);
                suspects.set(symbol);
            } else if (length == 0 || length > shortest) {
                suspects.set(symbol);
            }
        }
    }

    private boolean isAscii() {
        byte[] bytes = symbols.bytes();
        int end = symbols.start(symbols.size());
        int all = 0;
        for (int i = 0; i < end; i++) {
            all |= bytes[i];
        }
        return all >= 0;
    }

    private boolean isUtf8(int symbol) {
        try {
            StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(symbols.bytes(), symbols.start(symbol), symbols.length(symbol)));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    boolean accepts(int series) {
        boolean good = judge(series);
        if (good) {
            lastGood = series;
        }
        return good;
    }

    private boolean judge(int series) {
        int[] labels = batch.labelSymbols();
        int from = batch.labelStart(series);
        int to = batch.labelEnd(series);
        int metric = -1;
        for (int at = from; at < to; at += 2) {
            if (labels[at] == nameSymbol) {
                metric = labels[at + 1];
            }
            if (!suspects.isEmpty() && (suspects.get(labels[at]) || suspects.get(labels[at + 1]))) {
                if (!acceptsStrings(series, labels[at], labels[at + 1])) {
                    return false;
                }
            }
        }
        if (metric < 0) {
            return reject("missing-metric-name", "received a series without a metric name", series);
        }
        return acceptsCount(series, (to - from) / 2, metric) && acceptsOrder(series);
    }

    private boolean acceptsStrings(int series, int name, int value) {
        if (symbols.length(name) == 0) {
            return reject("label-invalid", "received a series with an empty label name", series);
        }
        if (broken.get(name)) {
            return reject("label-invalid", "received a series with a label name that is not UTF-8", series);
        }
        if (broken.get(value)) {
            return reject(
                    "label-value-invalid",
                    "received a series whose label \"%s\" has a value that is not UTF-8".formatted(symbols.text(name)),
                    series);
        }
        if (symbols.length(name) > maxNameLength) {
            return reject(
                    "label-name-too-long",
                    "received a series with a label name of %d bytes, the limit max_label_name_length is %d, label: %s"
                            .formatted(symbols.length(name), maxNameLength, Rejections.shorten(symbols.text(name))),
                    series);
        }
        if (symbols.length(value) > maxValueLength) {
            return reject(
                    "label-value-too-long",
                    ("received a series whose label \"%s\" has a value of %d bytes, the limit max_label_value_length"
                                    + " is %d")
                            .formatted(Rejections.shorten(symbols.text(name)), symbols.length(value), maxValueLength),
                    series);
        }
        return true;
    }

    private boolean acceptsCount(int series, int count, int metric) {
        if (count <= maxNames) {
            return true;
        }
        if (!symbols.text(metric).endsWith("_info")) {
            return reject(
                    "max-label-names-per-series",
                    "received a series with %d label names, the limit max_label_names_per_series is %d"
                            .formatted(count, maxNames),
                    series);
        }
        return count <= maxInfoNames
                || reject(
                        "max-label-names-per-info-series",
                        "received an info series with %d label names, the limit max_label_names_per_info_series is %d"
                                .formatted(count, maxInfoNames),
                        series);
    }

    /// Sorts labels that came in another order, as Prometheus and Mimir do, whatever their protocol demands.
    private boolean acceptsOrder(int series) {
        if (lastGood >= 0 && sameNames(series, lastGood)) {
            return true;
        }
        int[] labels = batch.labelSymbols();
        for (int at = batch.labelStart(series) + 2; at < batch.labelEnd(series); at += 2) {
            int order = symbols.compare(labels[at - 2], labels[at]);
            if (order > 0) {
                batch.series().sort(series);
                return acceptsOrder(series);
            }
            if (order == 0) {
                return reject(
                        "duplicate-label-names",
                        "received a series that has the label name \"%s\" twice".formatted(symbols.text(labels[at])),
                        series);
            }
        }
        return true;
    }

    private boolean sameNames(int a, int b) {
        int[] labels = batch.labelSymbols();
        int i = batch.labelStart(a);
        int j = batch.labelStart(b);
        int end = batch.labelEnd(a);
        if (end - i != batch.labelEnd(b) - j) {
            return false;
        }
        for (; i < end; i += 2, j += 2) {
            if (labels[i] != labels[j]) {
                return false;
            }
        }
        return true;
    }

    private boolean reject(String id, String text, int series) {
        rejections.add(id, () -> text + ", series: " + batch.series().quote(series));
        return false;
    }
}

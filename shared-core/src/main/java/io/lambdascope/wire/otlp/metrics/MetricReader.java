package io.lambdascope.wire.otlp.metrics;

import static io.lambdascope.wire.ProtoReader.LENGTH;
import static io.lambdascope.wire.ProtoReader.VARINT;

import io.lambdascope.limits.OtlpSettings;
import io.lambdascope.model.metrics.MetricMetadata;
import io.lambdascope.model.metrics.MetricMetadata.Type;
import io.lambdascope.wire.ProtoReader;
import java.util.HashSet;
import java.util.Set;

/// Reads `Metric`s: what a metric is called and of which kind it is, then its data points.
final class MetricReader {
    private static final int DATA_POINTS = 1 << 3 | LENGTH;
    private static final int TEMPORALITY = 2 << 3 | VARINT;
    private static final int MONOTONIC = 3 << 3 | VARINT;

    private static final int DELTA = 1;
    private static final int CUMULATIVE = 2;

    private enum Kind {
        GAUGE,
        SUM,
        HISTOGRAM,
        EXPONENTIAL_HISTOGRAM,
        SUMMARY;

        boolean hasTemporality() {
            return this != GAUGE && this != SUMMARY;
        }
    }

    private final ProtoReader in;
    private final PointWriter out;
    private final OtlpSettings settings;
    private final NumberPoints numbers;
    private final HistogramPoints histograms;
    private final ExponentialPoints exponentials;
    private final SummaryPoints summaries;
    private final Set<MetricMetadata> described = new HashSet<>();

    private String name = "";
    private String description = "";
    private String unit = "";

    MetricReader(ProtoReader in, PointWriter out, OtlpSettings settings) {
        this.in = in;
        this.out = out;
        this.settings = settings;
        this.numbers = new NumberPoints(out);
        this.histograms = new HistogramPoints(out, settings.convertHistogramsToNhcb());
        this.exponentials = new ExponentialPoints(out);
        this.summaries = new SummaryPoints(out);
    }

    /// Reads the metric that begins here.
    void read() {
        name = "";
        description = "";
        unit = "";
        int outer = in.enter();
        int from = in.position();
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case 1 << 3 | LENGTH -> name = in.text();
                case 2 << 3 | LENGTH -> description = in.text();
                case 3 << 3 | LENGTH -> unit = in.text();
                default -> in.skipField(tag);
            }
        }
        in.moveTo(from);
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case 5 << 3 | LENGTH -> readData(Kind.GAUGE);
                case 7 << 3 | LENGTH -> readData(Kind.SUM);
                case 9 << 3 | LENGTH -> readData(Kind.HISTOGRAM);
                case 10 << 3 | LENGTH -> readData(Kind.EXPONENTIAL_HISTOGRAM);
                case 11 << 3 | LENGTH -> readData(Kind.SUMMARY);
                default -> in.skipField(tag);
            }
        }
        in.leave(outer);
    }

    private void readData(Kind kind) {
        int outer = in.enter();
        int from = in.position();
        long temporality = 0;
        boolean monotonic = false;
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case TEMPORALITY -> temporality = in.varint();
                case MONOTONIC -> monotonic = in.varint() != 0;
                default -> in.skipField(tag);
            }
        }
        in.moveTo(from);
        boolean counter = kind == Kind.SUM && monotonic;
        Metric metric = null;
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            if (tag == DATA_POINTS) {
                if (metric == null) {
                    metric = describe(kind, counter, kind.hasTemporality() && temporality == DELTA);
                }
                readPoint(kind, metric, counter, kind.hasTemporality() ? temporality : CUMULATIVE);
            } else {
                in.skipField(tag);
            }
        }
        in.leave(outer);
    }

    private Metric describe(Kind kind, boolean counter, boolean delta) {
        OtlpSettings.TranslationStrategy strategy = settings.translationStrategy();
        String family = MetricNames.of(name, unit, counter, kind == Kind.GAUGE, strategy);
        Type type = delta
                ? Type.UNKNOWN
                : switch (kind) {
                    case GAUGE -> Type.GAUGE;
                    case SUM -> counter ? Type.COUNTER : Type.GAUGE;
                    case HISTOGRAM, EXPONENTIAL_HISTOGRAM -> Type.HISTOGRAM;
                    case SUMMARY -> Type.SUMMARY;
                };
        MetricMetadata item = new MetricMetadata(
                family, type, description, MetricUnit.of(unit, strategy).text());
        if (described.add(item)) {
            out.batch().addMetadata(item);
        }
        return Metric.of(name, family, delta, out.batch().symbols());
    }

    private void readPoint(Kind kind, Metric metric, boolean counter, long temporality) {
        if (temporality != CUMULATIVE && (temporality != DELTA || !settings.nativeDeltaIngestion())) {
            refusePoint(metric, temporality);
            return;
        }
        switch (kind) {
            case GAUGE, SUM -> numbers.read(in, metric, counter);
            case HISTOGRAM -> histograms.read(in, metric);
            case EXPONENTIAL_HISTOGRAM -> exponentials.read(in, metric);
            case SUMMARY -> summaries.read(in, metric);
        }
    }

    private void refusePoint(Metric metric, long temporality) {
        in.skip(in.length());
        out.begin();
        if (temporality == DELTA) {
            out.refuse(
                    "delta-temporality",
                    () -> ("%s has delta temporality, which is not taken here; send cumulative"
                                    + " temporality, or set otlp.native_delta_ingestion")
                            .formatted(metric.quoted()));
        } else {
            out.refuse(
                    "no-temporality",
                    () -> "%s has aggregation temporality %d; send cumulative (2) or delta (1)"
                            .formatted(metric.quoted(), temporality));
        }
    }
}

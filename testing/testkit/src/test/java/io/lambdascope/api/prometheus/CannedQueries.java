package io.lambdascope.api.prometheus;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.Exemplar;
import io.lambdascope.model.metrics.MetricMetadata;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.NativeHistogram.ResetHint;
import io.lambdascope.ql.SourceRange;
import io.lambdascope.ql.promql.CheckedQuery;
import io.lambdascope.query.Cardinality;
import io.lambdascope.query.CardinalityRequest;
import io.lambdascope.query.Found;
import io.lambdascope.query.MetadataRequest;
import io.lambdascope.query.MetricDetails;
import io.lambdascope.query.PromAnswer;
import io.lambdascope.query.PromQueryRequest;
import io.lambdascope.query.PrometheusQueries;
import io.lambdascope.query.QueryStats;
import io.lambdascope.query.SeriesCounts;
import io.lambdascope.query.SeriesRequest;
import io.lambdascope.result.Annotation;
import io.lambdascope.result.PromResult;
import io.lambdascope.source.metrics.MetricsUnits;
import io.lambdascope.source.metrics.SeriesExemplars;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Answers by the text of the query; `echo` answers with what was asked.
final class CannedQueries implements PrometheusQueries, MetricDetails, Cardinality {
    private static final NativeHistogram HISTOGRAM = new NativeHistogram(
            0,
            0.001,
            2,
            12,
            18.4,
            new int[] {0, 2, 1, 1},
            new double[] {1, 2, 1},
            new int[] {0, 1},
            new double[] {6},
            new double[0],
            ResetHint.UNKNOWN);

    @Override
    public PromAnswer answer(PromQueryRequest request) {
        Duration spent = Duration.ofNanos(1_500_000);
        return new PromAnswer(
                result(request), new QueryStats(spent, spent.multipliedBy(3), request.grid(), new long[] {2, 0, 5}, 9));
    }

    private static PromResult result(PromQueryRequest request) {
        CheckedQuery.of(request.text());
        long at = request.grid().startMillis();
        return switch (request.text()) {
            case "echo" -> new PromResult.Text(at, describe(request), List.of());
            case "1+1" -> new PromResult.Scalar(at, 2, List.of());
            case "\"\\xc5<\"" -> new PromResult.Text(at, "\udcc5<", List.of());
            case "values" -> new PromResult.Vector(values(at), List.of());
            case "histogram" ->
                new PromResult.Vector(
                        List.of(new PromResult.Sample(Labels.of("__name__", "h"), at, 18.4, HISTOGRAM)), List.of());
            case "matrix" -> new PromResult.Matrix(matrix(at), notes(1));
            case "notes" -> new PromResult.Vector(List.of(), notes(12));
            case "large" -> new PromResult.Vector(large(at), List.of());
            case "fails" ->
                throw new Fault(FaultKind.EXECUTION, "vector cannot contain metrics with the same labelset");
            case "late" -> throw new Fault(FaultKind.TIMEOUT, "query timed out in expression evaluation");
            case "away" -> throw new Fault(FaultKind.UNAVAILABLE, "the store is away");
            case "broken" -> throw new IllegalStateException("secret");
            default -> new PromResult.Vector(List.of(), List.of());
        };
    }

    private static String describe(PromQueryRequest request) {
        return "%s lookback %s until %s for %s"
                .formatted(request.grid(), request.lookbackMillis(), request.deadline(), request.tenants());
    }

    private static List<PromResult.Sample> values(long at) {
        double[] values = {
            0,
            -0.0,
            1,
            -1.5,
            0.1,
            1e-6,
            9.99e-7,
            1e20,
            1e21,
            1.2345e-10,
            123456789.125,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.MIN_VALUE,
            Double.MAX_VALUE
        };
        List<PromResult.Sample> samples = new ArrayList<>();
        for (double value : values) {
            samples.add(new PromResult.Sample(Labels.EMPTY, at, value, null));
        }
        return samples;
    }

    private static List<PromResult.Series> matrix(long at) {
        return List.of(
                new PromResult.Series(
                        Labels.of("__name__", "up", "job", "a<b", "z", "é😀\n\""),
                        new long[] {at, at + 1, at + 1500, at + 2010},
                        new double[] {1, 0.5, 2, 3},
                        null),
                new PromResult.Series(
                        Labels.of("job", "mixed"),
                        new long[] {at, at + 1000},
                        new double[] {1, 18.4},
                        new NativeHistogram[] {null, HISTOGRAM}));
    }

    private static List<Annotation> notes(int count) {
        List<Annotation> notes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            notes.add(new Annotation(Annotation.Level.WARNING, "warning <" + i + ">", new SourceRange(i % 5, 6)));
        }
        notes.add(new Annotation(Annotation.Level.INFO, "info & more", new SourceRange(0, 6)));
        return notes;
    }

    private static List<PromResult.Sample> large(long at) {
        List<PromResult.Sample> samples = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            samples.add(new PromResult.Sample(Labels.of("instance", "host-" + i), at, i, null));
        }
        return samples;
    }

    @Override
    public Found<SortedSet<Labels>> series(SeriesRequest request) {
        return Found.all(new TreeSet<>(
                List.of(Labels.of("__name__", "up", "job", "a"), Labels.of("__name__", "up", "job", "b"))));
    }

    @Override
    public Found<SortedSet<String>> labelNames(SeriesRequest request) {
        return Found.all(new TreeSet<>(List.of("__name__", "job", describe(request))));
    }

    private static String describe(SeriesRequest request) {
        return "%s %s %d %s".formatted(request.selectors(), request.range(), request.limit(), request.tenants());
    }

    @Override
    public Found<List<SeriesExemplars>> exemplars(SeriesRequest request) {
        return Found.all(List.of(new SeriesExemplars(
                Labels.of("asked", describe(request)),
                List.of(
                        new Exemplar(Labels.of("trace_id", "4bf9"), 0.25, 1500),
                        new Exemplar(Labels.EMPTY, Double.POSITIVE_INFINITY, 2000)))));
    }

    @Override
    public Cardinality.Answer count(CardinalityRequest request) {
        SeriesCounts counts = new SeriesCounts(request.labels());
        counts.add(Labels.of("__name__", "up", "job", "a<b", "asked", request.toString()));
        return new Cardinality.Answer(counts, MetricsUnits.of(List.of()));
    }

    @Override
    public Found<SortedMap<String, SortedSet<MetricMetadata>>> metadata(MetadataRequest request) {
        Comparator<MetricMetadata> byHelp = Comparator.comparing(MetricMetadata::help);
        SortedSet<MetricMetadata> asked = new TreeSet<>(byHelp);
        asked.add(new MetricMetadata("asked", MetricMetadata.Type.UNKNOWN, request.toString(), ""));
        SortedSet<MetricMetadata> twice = new TreeSet<>(byHelp);
        twice.add(new MetricMetadata("twice", MetricMetadata.Type.COUNTER, "a <b>", "seconds"));
        twice.add(new MetricMetadata("twice", MetricMetadata.Type.GAUGE_HISTOGRAM, "b", ""));
        return Found.all(new TreeMap<>(Map.of("asked", asked, "twice", twice)));
    }

    @Override
    public Found<SortedSet<String>> labelValues(String name, SeriesRequest request) {
        return Found.all(new TreeSet<>(List.of(name + "-1", name + "-2")));
    }
}

package io.lambdascope.head.metrics;

import io.lambdascope.head.Segment;
import io.lambdascope.labels.Labels;
import io.lambdascope.labels.Matcher;
import io.lambdascope.model.SymbolTable;
import io.lambdascope.model.metrics.MetricMetadata;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.model.metrics.SeriesSamples;
import io.lambdascope.source.metrics.ExemplarCursor;
import io.lambdascope.source.metrics.MetricsCursor;
import io.lambdascope.source.metrics.MetricsScan;
import io.lambdascope.source.metrics.MetricsSource;
import io.lambdascope.source.metrics.SeriesExemplars;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The series of one segment.
public final class MetricsSegmentSource implements MetricsSource {
    private final MetricsBatch batch;

    /// @throws io.lambdascope.fault.Fault CORRUPT_DATA if `segment` is not what it should be
    public MetricsSegmentSource(Segment segment) {
        this(MetricsSegmentReader.read(segment));
    }

    MetricsSegmentSource(MetricsBatch batch) {
        this.batch = batch;
    }

    @Override
    public MetricsCursor scan(MetricsScan request) {
        SeriesFilter filter = new SeriesFilter(batch, request.matchers());
        Map<Labels, List<Integer>> passing = new TreeMap<>();
        for (int series = 0; series < batch.seriesCount(); series++) {
            if (filter.passes(series) && hasSampleIn(series, request)) {
                Labels labels = batch.labels(series);
                if (request.shard().isAll() || request.shard().holds(labels.stableHash())) {
                    passing.computeIfAbsent(labels, _ -> new ArrayList<>(1)).add(series);
                }
            }
        }
        return new Cursor(batch, request, passing);
    }

    private boolean hasSampleIn(int series, MetricsScan request) {
        long[] timestamps = batch.timestamps();
        long from = request.range().fromMillis();
        long last = request.range().lastMillis();
        for (int sample = batch.sampleStart(series); sample < batch.sampleEnd(series); sample++) {
            if (timestamps[sample] >= from && timestamps[sample] <= last) {
                return true;
            }
        }
        return false;
    }

    @Override
    public ExemplarCursor exemplars(MetricsScan request) {
        SeriesExemplars.Collector collector = new SeriesExemplars.Collector(request);
        for (MetricsBatch.SeriesExemplar item : batch.exemplars()) {
            collector.add(batch.labels(item.series()), item.exemplar());
        }
        return collector.cursor();
    }

    @Override
    public List<MetricMetadata> metadata() {
        return batch.metadata().stream().distinct().toList();
    }

    @Override
    public void close() {}

    /// Evaluates matchers on symbols: each matcher sees each string once, however many series have it.
    private static final class SeriesFilter {
        private static final byte PASSES = 1;
        private static final byte FAILS = 2;

        private final MetricsBatch batch;
        private final List<Matcher> matchers;
        private final int[] names;
        private final byte[][] known;

        SeriesFilter(MetricsBatch batch, List<Matcher> matchers) {
            this.batch = batch;
            this.matchers = matchers;
            this.names = new int[matchers.size()];
            this.known = new byte[matchers.size()][];
            SymbolTable symbols = batch.symbols();
            for (int i = 0; i < names.length; i++) {
                names[i] = symbols.find(matchers.get(i).name());
                known[i] = new byte[symbols.size()];
            }
        }

        boolean passes(int series) {
            for (int i = 0; i < names.length; i++) {
                if (!passes(i, series)) {
                    return false;
                }
            }
            return true;
        }

        private boolean passes(int matcher, int series) {
            int[] labels = batch.labelSymbols();
            int end = batch.labelEnd(series);
            for (int at = batch.labelStart(series); at < end; at += 2) {
                if (labels[at] == names[matcher]) {
                    int value = labels[at + 1];
                    if (known[matcher][value] == 0) {
                        known[matcher][value] =
                                matchers.get(matcher).matches(batch.symbols().text(value)) ? PASSES : FAILS;
                    }
                    return known[matcher][value] == PASSES;
                }
            }
            return matchers.get(matcher).matchesEmpty();
        }
    }

    private static final class Cursor implements MetricsCursor {
        private static final SeriesSamples NONE = new SeriesSamples();

        private final MetricsBatch batch;
        private final MetricsScan request;
        private final Iterator<Map.Entry<Labels, List<Integer>>> left;
        private final SampleCollector collector = new SampleCollector();
        private Labels labels = Labels.EMPTY;
        private SeriesSamples samples = NONE;

        Cursor(MetricsBatch batch, MetricsScan request, Map<Labels, List<Integer>> sorted) {
            this.batch = batch;
            this.request = request;
            this.left = sorted.entrySet().iterator();
        }

        @Override
        public boolean next() {
            if (!left.hasNext()) {
                return false;
            }
            Map.Entry<Labels, List<Integer>> entry = left.next();
            labels = entry.getKey();
            if (request.samples()) {
                collect(entry.getValue());
            }
            return true;
        }

        private void collect(List<Integer> parts) {
            long from = request.range().fromMillis();
            long last = request.range().lastMillis();
            collector.clear();
            for (int series : parts) {
                for (int sample = batch.sampleStart(series); sample < batch.sampleEnd(series); sample++) {
                    long time = batch.timestamps()[sample];
                    if (time >= from && time <= last) {
                        collector.add(batch, sample);
                    }
                }
            }
            samples = collector.result();
        }

        @Override
        public Labels labels() {
            return labels;
        }

        @Override
        public SeriesSamples samples() {
            return samples;
        }

        @Override
        public void close() {}
    }
}

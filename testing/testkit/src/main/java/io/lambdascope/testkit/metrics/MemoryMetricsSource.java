package io.lambdascope.testkit.metrics;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.Exemplar;
import io.lambdascope.model.metrics.MetricMetadata;
import io.lambdascope.model.metrics.SampleRule;
import io.lambdascope.model.metrics.SeriesSamples;
import io.lambdascope.source.metrics.ExemplarCursor;
import io.lambdascope.source.metrics.MetricsCursor;
import io.lambdascope.source.metrics.MetricsScan;
import io.lambdascope.source.metrics.MetricsSource;
import io.lambdascope.source.metrics.SeriesExemplars;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Series in memory: the simplest thing that keeps the contract of a source.
public final class MemoryMetricsSource implements MetricsSource {
    private final SortedMap<Labels, SeriesSamples> series = new TreeMap<>();
    private final List<Map.Entry<Labels, Exemplar>> exemplars = new ArrayList<>();
    private final Set<MetricMetadata> metadata = new LinkedHashSet<>();

    /// Adds samples, sorted, to a series that may be there already.
    public void add(Labels labels, SeriesSamples samples) {
        SeriesSamples there = series.get(labels);
        SeriesSamples merged = new SeriesSamples();
        SampleRule.merge(there == null ? new SeriesSamples() : there, samples, merged);
        series.put(labels, merged);
    }

    public void addExemplar(Labels labels, Exemplar exemplar) {
        exemplars.add(Map.entry(labels, exemplar));
    }

    public void addMetadata(MetricMetadata item) {
        metadata.add(item);
    }

    @Override
    public MetricsCursor scan(MetricsScan request) {
        return new Cursor(request, series.entrySet().iterator());
    }

    @Override
    public ExemplarCursor exemplars(MetricsScan request) {
        SeriesExemplars.Collector collector = new SeriesExemplars.Collector(request);
        exemplars.forEach(entry -> collector.add(entry.getKey(), entry.getValue()));
        return collector.cursor();
    }

    @Override
    public List<MetricMetadata> metadata() {
        return List.copyOf(metadata);
    }

    @Override
    public void close() {}

    private static final class Cursor implements MetricsCursor {
        private final MetricsScan request;
        private final Iterator<Map.Entry<Labels, SeriesSamples>> rest;
        private @Nullable Labels labels;
        private final SeriesSamples inRange = new SeriesSamples();

        Cursor(MetricsScan request, Iterator<Map.Entry<Labels, SeriesSamples>> rest) {
            this.request = request;
            this.rest = rest;
        }

        @Override
        public boolean next() {
            while (rest.hasNext()) {
                Map.Entry<Labels, SeriesSamples> candidate = rest.next();
                if (request.accepts(candidate.getKey()) && fill(candidate.getValue())) {
                    labels = candidate.getKey();
                    return true;
                }
            }
            labels = null;
            return false;
        }

        /// Whether there is a sample in range.
        private boolean fill(SeriesSamples all) {
            inRange.clear();
            for (int i = 0; i < all.size(); i++) {
                if (all.timestamp(i) >= request.range().fromMillis()
                        && all.timestamp(i) <= request.range().lastMillis()) {
                    if (!request.samples()) {
                        return true;
                    }
                    inRange.addFrom(all, i);
                }
            }
            return !inRange.isEmpty();
        }

        @Override
        public Labels labels() {
            if (labels == null) {
                throw new IllegalStateException("the cursor stands on no series");
            }
            return labels;
        }

        @Override
        public SeriesSamples samples() {
            return inRange;
        }

        @Override
        public void close() {}
    }
}

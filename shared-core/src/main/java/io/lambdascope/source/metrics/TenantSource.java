package io.lambdascope.source.metrics;

import io.lambdascope.labels.Labels;
import io.lambdascope.labels.Matcher;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.metrics.Exemplar;
import io.lambdascope.model.metrics.MetricMetadata;
import io.lambdascope.model.metrics.SeriesSamples;
import io.lambdascope.source.TenantLabel;
import io.lambdascope.source.TenantOrder;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/// A source whose series carry the tenant they belong to as a label, and can be chosen by it.
final class TenantSource implements MetricsSource {
    private final MetricsSource stored;
    private final Tenant tenant;

    /// @param stored closed with this
    TenantSource(MetricsSource stored, Tenant tenant) {
        this.stored = stored;
        this.tenant = tenant;
    }

    @Override
    public MetricsCursor scan(MetricsScan request) {
        Optional<List<Matcher>> matchers = TenantLabel.remove(request.matchers(), tenant);
        return matchers.isEmpty()
                ? MergingCursor.of(List.of())
                : new LabelledSeries(stored.scan(request.withMatchers(matchers.get())), tenant);
    }

    @Override
    public SortedSet<String> labelValues(String name, MetricsScan request) {
        Optional<List<Matcher>> matchers = TenantLabel.remove(request.matchers(), tenant);
        if (matchers.isEmpty() || name.equals(TenantLabel.NAME)) {
            return MetricsSource.super.labelValues(name, request);
        }
        String asStored = name.equals(TenantLabel.ORIGINAL) ? TenantLabel.NAME : name;
        return stored.labelValues(asStored, request.withMatchers(matchers.get()));
    }

    @Override
    public ExemplarCursor exemplars(MetricsScan request) {
        Optional<List<Matcher>> matchers = TenantLabel.remove(request.matchers(), tenant);
        return matchers.isEmpty()
                ? new ExemplarListCursor(List.of())
                : new LabelledExemplars(stored.exemplars(request.withMatchers(matchers.get())), tenant);
    }

    @Override
    public List<MetricMetadata> metadata() {
        return stored.metadata();
    }

    @Override
    public void close() {
        stored.close();
    }

    private static final class LabelledSeries implements MetricsCursor {
        private final MetricsCursor stored;
        private final TenantOrder<SeriesSamples> order;

        LabelledSeries(MetricsCursor stored, Tenant tenant) {
            this.stored = stored;
            this.order = new TenantOrder<>(
                    new TenantOrder.Input<>() {
                        @Override
                        public boolean next() {
                            return stored.next();
                        }

                        @Override
                        public Labels labels() {
                            return stored.labels();
                        }

                        @Override
                        public SeriesSamples series() {
                            return stored.samples();
                        }
                    },
                    tenant,
                    SeriesSamples::copy,
                    SeriesSamples::size);
        }

        @Override
        public boolean next() {
            return order.next();
        }

        @Override
        public Labels labels() {
            return order.labels();
        }

        @Override
        public SeriesSamples samples() {
            return order.series();
        }

        @Override
        public void close() {
            stored.close();
        }
    }

    private static final class LabelledExemplars implements ExemplarCursor {
        private final ExemplarCursor stored;
        private final TenantOrder<List<Exemplar>> order;

        LabelledExemplars(ExemplarCursor stored, Tenant tenant) {
            this.stored = stored;
            this.order = new TenantOrder<>(
                    new TenantOrder.Input<>() {
                        @Override
                        public boolean next() {
                            return stored.next();
                        }

                        @Override
                        public Labels labels() {
                            return stored.labels();
                        }

                        @Override
                        public List<Exemplar> series() {
                            return stored.exemplars();
                        }
                    },
                    tenant,
                    List::copyOf,
                    List::size);
        }

        @Override
        public boolean next() {
            return order.next();
        }

        @Override
        public Labels labels() {
            return order.labels();
        }

        @Override
        public List<Exemplar> exemplars() {
            return order.series();
        }

        @Override
        public void close() {
            stored.close();
        }
    }
}

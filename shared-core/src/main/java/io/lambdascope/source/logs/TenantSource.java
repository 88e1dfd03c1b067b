package io.lambdascope.source.logs;

import io.lambdascope.labels.Labels;
import io.lambdascope.labels.Matcher;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.logs.LogEntries;
import io.lambdascope.source.TenantLabel;
import io.lambdascope.source.TenantOrder;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A source whose streams carry the tenant they belong to as a label, and can be chosen by it.
final class TenantSource implements LogsSource {
    private final LogsSource stored;
    private final Tenant tenant;

    /// @param stored closed with this
    TenantSource(LogsSource stored, Tenant tenant) {
        this.stored = stored;
        this.tenant = tenant;
    }

    @Override
    public LogsCursor scan(LogsScan request, Horizon horizon, LogsStats stats) {
        Optional<List<Matcher>> matchers = TenantLabel.remove(request.matchers(), tenant);
        if (matchers.isEmpty()) {
            return new NoRuns();
        }
        LogsCursor runs = stored.scan(request.withMatchers(matchers.get()), horizon, stats);
        return request.order() == LogsScan.Order.BY_STREAM
                ? new OrderedRuns(runs, tenant)
                : new LabelledRuns(runs, tenant);
    }

    @Override
    public long arrivedNanos() {
        return stored.arrivedNanos();
    }

    @Override
    public List<StreamSummary> streams(LogsScan request, LogsStats stats) {
        Optional<List<Matcher>> matchers = TenantLabel.remove(request.matchers(), tenant);
        return matchers.isEmpty()
                ? List.of()
                : stored.streams(request.withMatchers(matchers.get()), stats).stream()
                        .map(this::labelled)
                        .sorted(Comparator.comparing(StreamSummary::labels))
                        .toList();
    }

    private StreamSummary labelled(StreamSummary stream) {
        return new StreamSummary(
                TenantLabel.add(stream.labels(), tenant), stream.entries(), stream.bytes(), stream.range());
    }

    @Override
    public void close() {
        stored.close();
    }

    /// Runs in the order of their streams, as these are labelled.
    private static final class OrderedRuns implements LogsCursor {
        private final LogsCursor stored;
        private final TenantOrder<LogEntries> order;
        private Labels stream = Labels.EMPTY;

        OrderedRuns(LogsCursor stored, Tenant tenant) {
            this.stored = stored;
            this.order = new TenantOrder<>(
                    new TenantOrder.Input<>() {
                        @Override
                        public boolean next() {
                            return stored.next();
                        }

                        @Override
                        public Labels labels() {
                            return stored.stream();
                        }

                        @Override
                        public LogEntries series() {
                            return stored.entries();
                        }
                    },
                    tenant,
                    LogEntries::copy,
                    LogEntries::size);
        }

        @Override
        public boolean next() {
            if (!order.next()) {
                return false;
            }
            if (!stream.equals(order.labels())) {
                stream = order.labels();
            }
            return true;
        }

        @Override
        public Labels stream() {
            return stream;
        }

        @Override
        public LogEntries entries() {
            return order.series();
        }

        @Override
        public void close() {
            stored.close();
        }
    }

    /// Runs in the order in which they come.
    private static final class LabelledRuns implements LogsCursor {
        private final LogsCursor stored;
        private final Tenant tenant;
        private Labels unlabelled = Labels.EMPTY;
        private Labels stream = Labels.EMPTY;

        LabelledRuns(LogsCursor stored, Tenant tenant) {
            this.stored = stored;
            this.tenant = tenant;
        }

        @Override
        public boolean next() {
            if (!stored.next()) {
                return false;
            }
            if (stream.isEmpty() || stored.stream() != unlabelled) {
                unlabelled = stored.stream();
                stream = TenantLabel.add(unlabelled, tenant);
            }
            return true;
        }

        @Override
        public Labels stream() {
            return stream;
        }

        @Override
        public LogEntries entries() {
            return stored.entries();
        }

        @Override
        public void close() {
            stored.close();
        }
    }

    private static final class NoRuns implements LogsCursor {
        @Override
        public boolean next() {
            return false;
        }

        @Override
        public Labels stream() {
            throw new IllegalStateException("the cursor stands on no run");
        }

        @Override
        public LogEntries entries() {
            throw new IllegalStateException("the cursor stands on no run");
        }

        @Override
        public void close() {}
    }
}

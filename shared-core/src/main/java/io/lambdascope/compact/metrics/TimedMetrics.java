package io.lambdascope.compact.metrics;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.MetricMetadata;
import io.lambdascope.model.metrics.SeriesSamples;
import io.lambdascope.source.metrics.ExemplarCursor;
import io.lambdascope.source.metrics.MetricsCursor;
import io.lambdascope.source.metrics.MetricsScan;
import io.lambdascope.source.metrics.MetricsSource;
import io.lambdascope.time.Deadline;
import java.util.List;

/// A source that is read until a deadline: each step to another series fails once it is over.
record TimedMetrics(MetricsSource source, Deadline deadline) implements MetricsSource {
    @Override
    public MetricsCursor scan(MetricsScan request) {
        return new TimedCursor(source.scan(request), deadline);
    }

    @Override
    public ExemplarCursor exemplars(MetricsScan request) {
        deadline.check();
        return source.exemplars(request);
    }

    @Override
    public List<MetricMetadata> metadata() {
        deadline.check();
        return source.metadata();
    }

    @Override
    public void close() {
        source.close();
    }

    private record TimedCursor(MetricsCursor cursor, Deadline deadline) implements MetricsCursor {
        @Override
        public boolean next() {
            deadline.check();
            return cursor.next();
        }

        @Override
        public Labels labels() {
            return cursor.labels();
        }

        @Override
        public SeriesSamples samples() {
            return cursor.samples();
        }

        @Override
        public void close() {
            cursor.close();
        }
    }
}

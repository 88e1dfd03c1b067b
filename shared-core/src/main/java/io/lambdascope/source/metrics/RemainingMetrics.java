package io.lambdascope.source.metrics;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.Exemplar;
import io.lambdascope.model.metrics.MetricMetadata;
import io.lambdascope.model.metrics.SeriesSamples;
import io.lambdascope.source.Unit;
import io.lambdascope.time.TimeRange;
import java.util.ArrayList;
import java.util.List;

/// A unit of metrics less the samples and exemplars that its deletions cover. Metadata belongs to no series and stays.
public final class RemainingMetrics implements MetricsSource {
    private static final SeriesSamples NO_SAMPLES = new SeriesSamples();

    private final MetricsSource whole;
    private final TimeRange range;
    private final List<SeriesDeletion> deletions;

    private RemainingMetrics(MetricsSource whole, Unit unit) {
        this.whole = whole;
        this.range = unit.range();
        this.deletions = unit.deletions().stream().map(SeriesDeletion::of).toList();
    }

    /// @param whole all that lies in `unit`; closed with the source returned
    public static MetricsSource of(MetricsSource whole, Unit unit) {
        return unit.deletions().isEmpty() ? whole : new RemainingMetrics(whole, unit);
    }

    @Override
    public MetricsCursor scan(MetricsScan request) {
        TimeRange read = request.range().intersection(range);
        List<SeriesDeletion> here = deletions.stream()
                .filter(deletion -> deletion.range().overlaps(read))
                .toList();
        if (here.isEmpty()) {
            return whole.scan(request);
        }
        // whether anything is left of a series that is deleted in part, only its samples tell
        boolean inPart = !here.stream().allMatch(deletion -> deletion.range().contains(read));
        MetricsScan exact =
                new MetricsScan(request.matchers(), request.range(), request.shard(), request.samples() || inPart);
        return new Series(whole.scan(exact), here, exact.samples(), request.samples());
    }

    @Override
    public ExemplarCursor exemplars(MetricsScan request) {
        return new Exemplars(whole.exemplars(request), deletions);
    }

    @Override
    public List<MetricMetadata> metadata() {
        return whole.metadata();
    }

    @Override
    public void close() {
        whole.close();
    }

    /// When the rows of `series` are deleted.
    private static List<TimeRange> deleted(Labels series, List<SeriesDeletion> deletions) {
        List<TimeRange> ranges = new ArrayList<>();
        for (SeriesDeletion deletion : deletions) {
            if (deletion.picks(series)) {
                ranges.add(deletion.range());
            }
        }
        return ranges;
    }

    private static boolean holds(List<TimeRange> ranges, long millis) {
        long nanos = TimeRange.millisToNanos(millis);
        for (TimeRange range : ranges) {
            if (range.contains(nanos)) {
                return true;
            }
        }
        return false;
    }

    private static final class Series implements MetricsCursor {
        private final MetricsCursor all;
        private final List<SeriesDeletion> deletions;
        private final boolean decoded;
        private final boolean wanted;
        private final SeriesSamples left = new SeriesSamples();
        private SeriesSamples samples = NO_SAMPLES;

        /// @param decoded whether `all` yields samples; if it does not, deletions cover all that is read
        /// @param wanted whether this is to yield samples
        Series(MetricsCursor all, List<SeriesDeletion> deletions, boolean decoded, boolean wanted) {
            this.all = all;
            this.deletions = deletions;
            this.decoded = decoded;
            this.wanted = wanted;
        }

        @Override
        public boolean next() {
            while (all.next()) {
                List<TimeRange> ranges = deleted(all.labels(), deletions);
                if (ranges.isEmpty()) {
                    samples = all.samples();
                    return true;
                }
                if (decoded) {
                    keepOutside(ranges);
                    if (!left.isEmpty()) {
                        samples = left;
                        return true;
                    }
                }
            }
            return false;
        }

        private void keepOutside(List<TimeRange> ranges) {
            left.clear();
            SeriesSamples here = all.samples();
            for (int i = 0; i < here.size(); i++) {
                if (!holds(ranges, here.timestamp(i))) {
                    left.addFrom(here, i);
                }
            }
        }

        @Override
        public Labels labels() {
            return all.labels();
        }

        @Override
        public SeriesSamples samples() {
            return wanted ? samples : NO_SAMPLES;
        }

        @Override
        public void close() {
            all.close();
        }
    }

    private static final class Exemplars implements ExemplarCursor {
        private final ExemplarCursor all;
        private final List<SeriesDeletion> deletions;
        private List<Exemplar> left = List.of();

        Exemplars(ExemplarCursor all, List<SeriesDeletion> deletions) {
            this.all = all;
            this.deletions = deletions;
        }

        @Override
        public boolean next() {
            while (all.next()) {
                List<TimeRange> ranges = deleted(all.labels(), deletions);
                left = ranges.isEmpty()
                        ? all.exemplars()
                        : all.exemplars().stream()
                                .filter(exemplar -> !holds(ranges, exemplar.timestampMillis()))
                                .toList();
                if (!left.isEmpty()) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public Labels labels() {
            return all.labels();
        }

        @Override
        public List<Exemplar> exemplars() {
            return left;
        }

        @Override
        public void close() {
            all.close();
        }
    }
}

package io.lambdascope.source.metrics;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.Exemplar;
import io.lambdascope.time.TimeRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// The exemplars of one series, in [#ORDER], equal ones once.
public record SeriesExemplars(Labels labels, List<Exemplar> exemplars) {
    /// By time; within a moment by value and labels, so that every merge ends in the same order. 0 only for equal ones.
    public static final Comparator<Exemplar> ORDER = Comparator.comparingLong(Exemplar::timestampMillis)
            .thenComparingDouble(Exemplar::value)
            .thenComparingLong(exemplar -> Double.doubleToRawLongBits(exemplar.value()))
            .thenComparing(Exemplar::labels);

    public SeriesExemplars {
        exemplars = List.copyOf(exemplars);
    }

    /// Brings exemplars of series in any order into the order of a cursor.
    public static final class Collector {
        private final Map<Labels, TreeSet<Exemplar>> bySeries = new TreeMap<>();
        private final MetricsScan request;

        /// @param request what fails its matchers, shard or range is left out
        public Collector(MetricsScan request) {
            this.request = request;
        }

        public void add(Labels series, Exemplar exemplar) {
            if (request.range().contains(TimeRange.millisToNanos(exemplar.timestampMillis()))
                    && request.accepts(series)) {
                bySeries.computeIfAbsent(series, _ -> new TreeSet<>(ORDER)).add(exemplar);
            }
        }

        public ExemplarCursor cursor() {
            List<SeriesExemplars> all = new ArrayList<>();
            bySeries.forEach((labels, exemplars) -> all.add(new SeriesExemplars(labels, List.copyOf(exemplars))));
            return new ExemplarListCursor(all);
        }
    }
}

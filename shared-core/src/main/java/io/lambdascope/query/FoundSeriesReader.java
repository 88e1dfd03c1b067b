package io.lambdascope.query;

import io.lambdascope.exec.metrics.SeriesReader;
import io.lambdascope.labels.Labels;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.model.metrics.SeriesSamples;
import io.lambdascope.source.Unit;
import io.lambdascope.source.UnitFinder;
import io.lambdascope.source.metrics.MergingCursor;
import io.lambdascope.source.metrics.MetricsCursor;
import io.lambdascope.source.metrics.MetricsFacts;
import io.lambdascope.source.metrics.MetricsOpener;
import io.lambdascope.source.metrics.MetricsScan;
import io.lambdascope.source.metrics.MetricsSource;
import java.util.ArrayList;
import java.util.List;

/// Reads whatever units the finder names for a scan's time, except those whose facts rule the scan out.
final class FoundSeriesReader implements SeriesReader {
    private final UnitFinder finder;
    private final MetricsOpener opener;
    private final Tenant tenant;

    FoundSeriesReader(UnitFinder finder, MetricsOpener opener, Tenant tenant) {
        this.finder = finder;
        this.opener = opener;
        this.tenant = tenant;
    }

    @Override
    public MetricsCursor read(MetricsScan scan) {
        List<MetricsSource> sources = new ArrayList<>();
        List<MetricsCursor> cursors = new ArrayList<>();
        try {
            for (Unit unit : finder.find(tenant, Signal.METRICS, scan.range())) {
                if (MetricsFacts.decode(unit.facts()).mayMatch(scan.matchers())) {
                    MetricsSource source = opener.open(unit);
                    sources.add(source);
                    cursors.add(source.scan(scan));
                }
            }
        } catch (RuntimeException e) {
            cursors.forEach(MetricsCursor::close);
            sources.forEach(MetricsSource::close);
            throw e;
        }
        return new OwningCursor(MergingCursor.of(cursors), sources);
    }

    /// A cursor that closes what it reads from.
    private record OwningCursor(MetricsCursor cursor, List<MetricsSource> sources) implements MetricsCursor {
        @Override
        public boolean next() {
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
            sources.forEach(MetricsSource::close);
        }
    }
}

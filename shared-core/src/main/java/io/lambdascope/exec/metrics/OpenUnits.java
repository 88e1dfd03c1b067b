package io.lambdascope.exec.metrics;

import io.lambdascope.limits.QueryBudget;
import io.lambdascope.source.Unit;
import io.lambdascope.source.metrics.MetricsOpener;
import io.lambdascope.source.metrics.MetricsSource;
import io.lambdascope.source.metrics.MetricsUnits;
import java.util.ArrayList;
import java.util.List;

/// The sources of some units, open until this is closed.
final class OpenUnits implements AutoCloseable {
    private final List<MetricsSource> sources;

    private OpenUnits(List<MetricsSource> sources) {
        this.sources = sources;
    }

    static OpenUnits of(MetricsUnits units, MetricsOpener opener, QueryBudget budget) {
        OpenUnits open = new OpenUnits(new ArrayList<>(units.units().size()));
        try {
            for (Unit unit : units.units()) {
                budget.checkDeadline();
                budget.chargeBytes(unit.bytes());
                open.sources.add(units.open(unit, opener));
            }
            return open;
        } catch (RuntimeException e) {
            open.close();
            throw e;
        }
    }

    SeriesReader reader() {
        return new UnitSeriesReader(sources);
    }

    @Override
    public void close() {
        sources.forEach(MetricsSource::close);
    }
}

package io.lambdascope.exec.metrics;

import io.lambdascope.limits.QueryBudget;
import io.lambdascope.model.metrics.MetricMetadata;
import io.lambdascope.source.Unit;
import io.lambdascope.source.metrics.ExemplarCursor;
import io.lambdascope.source.metrics.MergingExemplarCursor;
import io.lambdascope.source.metrics.MetricsCursor;
import io.lambdascope.source.metrics.MetricsOpener;
import io.lambdascope.source.metrics.MetricsScan;
import io.lambdascope.source.metrics.MetricsSource;
import io.lambdascope.source.metrics.MetricsUnits;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/// The sources of some units, open until this is closed, read as one.
public final class OpenUnits implements SeriesReader, AutoCloseable {
    private final MetricsUnits units;
    private final QueryBudget budget;
    private final List<MetricsSource> sources;
    private boolean charged;

    private OpenUnits(MetricsUnits units, QueryBudget budget) {
        this.units = units;
        this.budget = budget;
        this.sources = new ArrayList<>(units.units().size());
    }

    static OpenUnits of(MetricsUnits units, MetricsOpener opener, QueryBudget budget) {
        OpenUnits open = new OpenUnits(units, budget);
        try {
            for (Unit unit : units.units()) {
                budget.checkDeadline();
                open.sources.add(units.open(unit, opener));
            }
            return open;
        } catch (RuntimeException e) {
            open.close();
            throw e;
        }
    }

    /// As [SeriesReader#read]; the first time that samples are wanted, the budget is charged for the bytes of all
    /// units.
    @Override
    public MetricsCursor read(MetricsScan scan) {
        if (scan.samples() && !charged) {
            charged = true;
            budget.chargeBytes(units.bytes());
        }
        return new UnitSeriesReader(sources).read(scan);
    }

    /// The values of a label of the series that `scan` asks for.
    public SortedSet<String> labelValues(String name, MetricsScan scan) {
        SortedSet<String> values = new TreeSet<>();
        for (MetricsSource source : sources) {
            budget.checkDeadline();
            values.addAll(source.labelValues(name, scan));
        }
        return values;
    }

    /// Opens a cursor over the exemplars that `scan` asks for; the caller closes it.
    public ExemplarCursor exemplars(MetricsScan scan) {
        List<ExemplarCursor> cursors = new ArrayList<>(sources.size());
        try {
            for (MetricsSource source : sources) {
                cursors.add(source.exemplars(scan));
            }
        } catch (RuntimeException e) {
            cursors.forEach(ExemplarCursor::close);
            throw e;
        }
        return new MergingExemplarCursor(cursors);
    }

    /// Passes on the metadata of every unit, which may say the same.
    public void metadata(Consumer<MetricMetadata> consumer) {
        for (MetricsSource source : sources) {
            budget.checkDeadline();
            source.metadata().forEach(consumer);
        }
    }

    @Override
    public void close() {
        sources.forEach(MetricsSource::close);
    }
}

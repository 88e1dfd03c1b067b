package io.lambdascope.testkit.metrics;

import io.lambdascope.head.Segment;
import io.lambdascope.head.metrics.MetricsSegmentMerger;
import io.lambdascope.head.metrics.MetricsSegmentSource;
import io.lambdascope.labels.Labels;
import io.lambdascope.labels.Matcher;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.model.metrics.Exemplar;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.source.Deletion;
import io.lambdascope.source.Shard;
import io.lambdascope.source.Unit;
import io.lambdascope.source.metrics.MetricsSource;
import io.lambdascope.source.metrics.RemainingMetrics;
import io.lambdascope.source.metrics.SeriesDeletion;
import io.lambdascope.time.TimeRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Rows that are deleted lie among those that count, in series of their own and in the same ones: a source without them
/// is as if they had never been there.
class RemainingMetricsContractTest extends MetricsSourceContract {
    private static final String ODD = "yes, \"indeed\"\n\\";
    private static final long LATER = RandomMetrics.START + Duration.ofDays(10).toMillis();

    private static final Deletion WHOLE_SERIES = deletion(
            "whole series",
            TimeRange.ALWAYS,
            List.of(Matcher.equal("doomed", ODD)),
            List.of(Matcher.of("doomed.too", Matcher.Op.REGEX, "\\d+"), Matcher.equal("absent", "")));
    private static final Deletion SOME_TIME = deletion(
            "some time",
            TimeRange.ofMillisInclusive(LATER, Long.MAX_VALUE),
            List.of(Matcher.of(Labels.NAME, Matcher.Op.REGEX, "metric_[0-2]")),
            List.of(Matcher.of(Labels.NAME, Matcher.Op.REGEX, "metric_[2-9]")));

    @SafeVarargs
    private static Deletion deletion(String id, TimeRange range, List<Matcher>... selectors) {
        return new Deletion(id, SeriesDeletion.selectionOf(List.of(selectors)), range);
    }

    @Override
    protected MetricsSource source(List<MetricsBatch> batches, SplittableRandom random) {
        List<Segment> parts = new ArrayList<>();
        batches.forEach(batch -> parts.add(MetricsSegmentContractTest.segment(batch)));
        parts.add(MetricsSegmentContractTest.segment(doomed(random)));
        Segment segment = new MetricsSegmentMerger().merge(parts);
        Unit unit = new Unit(
                segment.id(),
                new Tenant("team-a"),
                Signal.METRICS,
                Unit.SEGMENT,
                segment.header().range(),
                Shard.ALL,
                segment.header().rows(),
                segment.bytes().length,
                segment.header().facts(),
                new Unit.Place.Inline(segment.bytes()));
        return RemainingMetrics.of(new MetricsSegmentSource(segment), unit.without(List.of(WHOLE_SERIES, SOME_TIME)));
    }

    private static MetricsBatch doomed(SplittableRandom random) {
        MetricsBatch batch = new MetricsBatch();
        for (int i = random.nextInt(1, 20); i > 0; i--) {
            String name = "metric_" + random.nextInt(6);
            Labels labels = switch (random.nextInt(3)) {
                case 0 -> Labels.of(Labels.NAME, name, "doomed", ODD);
                case 1 -> Labels.of(Labels.NAME, name, "doomed.too", "17");
                default -> Labels.of(Labels.NAME, name, "job", "node");
            };
            boolean always = !labels.get("job").equals("node");
            batch.startSeries(labels);
            for (int s = random.nextInt(1, 6); s > 0; s--) {
                batch.addSample((always && random.nextBoolean() ? RandomMetrics.START : LATER) + s * 15_000L, s);
            }
            if (random.nextBoolean()) {
                batch.addExemplar(new Exemplar(Labels.EMPTY, 1, LATER));
            }
        }
        return batch;
    }
}

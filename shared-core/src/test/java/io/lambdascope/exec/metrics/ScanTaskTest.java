package io.lambdascope.exec.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.plan.metrics.MetricsPlan.LeafKind;
import io.lambdascope.source.Deletion;
import io.lambdascope.source.Shard;
import io.lambdascope.source.Unit;
import io.lambdascope.source.Unit.Place;
import io.lambdascope.source.metrics.MetricsUnits;
import io.lambdascope.time.StepGrid;
import io.lambdascope.time.TimeRange;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ScanTaskTest {
    private static Unit unit(String id, Place place) {
        return new Unit(
                id,
                new Tenant("team"),
                Signal.METRICS,
                place instanceof Place.Prefix ? 2 : Unit.SEGMENT,
                new TimeRange(5, 99),
                new Shard(1, 4),
                10,
                2000,
                new byte[0],
                place);
    }

    private static final Deletion ALL_OF_UP = new Deletion("d1", "{__name__=\"up\"}", TimeRange.ALWAYS);
    private static final Deletion SOME = new Deletion("d2", "{a=~\"ü.*\"}\n{b=\"\"}", new TimeRange(7, 70));

    private static final ScanTask TASK = new ScanTask(
            "sum(up{a=\"ü\"})",
            new StepGrid(1000, 90_000, 1000),
            1,
            LeafKind.AGGREGATE,
            new StepGrid(5000, 6000, 1000),
            new Shard(3, 8),
            EngineSettings.DEFAULTS.withLookback(7).withDelayedNameRemoval(true),
            1_700_000_000_000L,
            new MetricsUnits(
                    List.of(
                            unit("a", new Place.Stretch("heads/x", 10, 20)).without(List.of(ALL_OF_UP, SOME)),
                            unit("c", new Place.Stretch("heads/x", 30, 20)).without(List.of(SOME)),
                            unit(
                                    "b",
                                    new Place.Prefix("blocks/y/", List.of(new Unit.Table("series.parquet", 100, 90))))),
                    true));

    @Test
    void whatIsEncodedIsDecoded() {
        assertThat(ScanTask.decode(TASK.encode())).usingRecursiveComparison().isEqualTo(TASK);
    }

    @Test
    void segmentsThatAreCarriedStayAsTheyAre() {
        Unit inline = unit("c", new Place.Inline(new byte[] {1, 2, 3}));
        ScanTask task = new ScanTask(
                "up",
                StepGrid.instant(1),
                0,
                LeafKind.SERIES,
                StepGrid.instant(1),
                Shard.ALL,
                EngineSettings.DEFAULTS,
                1,
                MetricsUnits.of(List.of(inline)));
        Unit decoded = ScanTask.decode(task.encode()).units().units().getFirst();
        assertThat(((Place.Inline) decoded.place()).bytes()).containsExactly(1, 2, 3);
    }

    @Test
    void damageIsCorruptDataAndNothingElse() {
        byte[] good = TASK.encode();
        SplittableRandom random = new SplittableRandom(9);
        for (int i = 0; i < 3000; i++) {
            byte[] bad = i < good.length ? Arrays.copyOf(good, i) : good.clone();
            if (bad.length > 0) {
                bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                ScanTask.decode(bad);
            } catch (Fault fault) {
                assertThat(fault.kind()).isIn(FaultKind.CORRUPT_DATA, FaultKind.BAD_REQUEST);
            }
        }
    }
}

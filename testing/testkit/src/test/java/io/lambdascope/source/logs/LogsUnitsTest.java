package io.lambdascope.source.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.head.Segment;
import io.lambdascope.head.SegmentFormat;
import io.lambdascope.head.logs.LogsSegmentSource;
import io.lambdascope.head.logs.LogsSegmentWriter;
import io.lambdascope.labels.Labels;
import io.lambdascope.labels.Matcher;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.source.Shard;
import io.lambdascope.source.Unit;
import io.lambdascope.testkit.logs.LogItem;
import io.lambdascope.time.TimeRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Streams of several tenants: each carries its tenant, is chosen by it, and stands where its labels then belong.
class LogsUnitsTest {
    private static final Tenant TENANT = new Tenant("shop");

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 42), new SplittableRandom(11).longs(20));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void streamsStandWhereTheirLabelsBelong(long seed) {
        List<LogItem> items = items(new SplittableRandom(seed));
        List<LogItem> expected = items.stream()
                .map(item -> new LogItem(labelled(item.stream()), item.timeNanos(), item.line(), item.metadata()))
                .sorted(Comparator.comparing(LogItem::stream).thenComparingLong(LogItem::timeNanos))
                .toList();
        LogsScan all = LogsScan.everything();
        assertThat(read(items, all)).isEqualTo(expected);
        LogsScan latest = new LogsScan(
                all.matchers(), all.range(), all.shard(), all.hints(), all.columns(), LogsScan.Order.LATEST_FIRST);
        assertThat(read(items, latest)).containsExactlyInAnyOrderElementsOf(expected);
        LogsUnits units = new LogsUnits(List.of(unit(items)), true);
        try (LogsSource source = open(units, items)) {
            assertThat(source.streams(all, new LogsStats()))
                    .extracting(StreamSummary::labels)
                    .isEqualTo(List.copyOf(new LinkedHashSet<>(
                            expected.stream().map(LogItem::stream).toList())));
        }
    }

    @Test
    void matchersChooseTenantsAndLabelsOfTheSameName() {
        List<LogItem> items = List.of(
                new LogItem(Labels.of("app", "a"), 1, "one", Labels.EMPTY),
                new LogItem(Labels.of("app", "a", "__tenant_id__", "mine"), 2, "two", Labels.EMPTY));
        assertThat(read(items, scan(Matcher.equal("__tenant_id__", "shop"))))
                .extracting(LogItem::line)
                .containsExactlyInAnyOrder("one", "two");
        assertThat(read(items, scan(Matcher.equal("original___tenant_id__", "mine"))))
                .extracting(LogItem::line)
                .containsExactly("two");
        assertThat(read(items, scan(Matcher.equal("__tenant_id__", "mine")))).isEmpty();
    }

    @Test
    void leavesOutUnitsOfOtherTenantsAndStreams() {
        List<LogItem> items = List.of(new LogItem(Labels.of("app", "a"), 1, "one", Labels.EMPTY));
        LogsUnits units = new LogsUnits(List.of(unit(items)), true);
        assertThat(pruned(units, Matcher.equal("__tenant_id__", "other"))).isEmpty();
        assertThat(pruned(units, Matcher.equal("app", "b"))).isEmpty();
        assertThat(pruned(units, Matcher.equal("app", "a"))).hasSize(1);
        assertThat(units.prune(_ -> List.of()).units()).isEmpty();
    }

    private static List<Unit> pruned(LogsUnits units, Matcher matcher) {
        return units.prune(_ -> List.of(List.of(matcher))).units();
    }

    private static LogsScan scan(Matcher matcher) {
        return LogsScan.of(List.of(matcher), TimeRange.ALWAYS);
    }

    private static Labels labelled(Labels stream) {
        Labels.Builder labels = stream.toBuilder();
        if (stream.has("__tenant_id__")) {
            labels.set("original___tenant_id__", stream.get("__tenant_id__"));
        }
        return labels.set("__tenant_id__", "shop").build();
    }

    /// Names on both sides of the tenant's, and the tenant's own.
    private static List<LogItem> items(SplittableRandom random) {
        List<LogItem> items = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Labels.Builder stream = new Labels.Builder().set("A", "" + random.nextInt(2));
            for (String name : List.of("Z", "__tenant_id__", "app")) {
                if (random.nextInt(3) == 0) {
                    stream.set(name, "" + random.nextInt(2));
                }
            }
            items.add(new LogItem(stream.build(), i, "line " + i, Labels.EMPTY));
        }
        return items;
    }

    private static List<LogItem> read(List<LogItem> items, LogsScan request) {
        LogsUnits units = new LogsUnits(List.of(unit(items)), true);
        try (LogsSource source = open(units, items)) {
            return LogItem.read(source.scan(request, new Horizon(), new LogsStats()));
        }
    }

    private static LogsSource open(LogsUnits units, List<LogItem> items) {
        return units.open(units.units().getFirst(), _ -> new LogsSegmentSource(segment(items)));
    }

    private static Segment segment(List<LogItem> items) {
        return LogsSegmentWriter.encode(TENANT, LogItem.batch(items), 0, SegmentFormat.LEVEL_FAST);
    }

    private static Unit unit(List<LogItem> items) {
        byte[] facts =
                LogsFacts.of(items.stream().map(LogItem::stream).toList(), 1024).encode();
        return new Unit(
                "unit",
                TENANT,
                Signal.LOGS,
                Unit.SEGMENT,
                TimeRange.ALWAYS,
                Shard.ALL,
                items.size(),
                1,
                facts,
                new Unit.Place.Inline(new byte[0]));
    }
}

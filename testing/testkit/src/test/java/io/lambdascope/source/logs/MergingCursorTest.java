package io.lambdascope.source.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.head.SegmentFormat;
import io.lambdascope.head.logs.LogsSegmentSource;
import io.lambdascope.head.logs.LogsSegmentWriter;
import io.lambdascope.labels.Labels;
import io.lambdascope.limits.Tenant;
import io.lambdascope.testkit.logs.LogItem;
import io.lambdascope.testkit.logs.RandomLogs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Several segments read as one: every entry once, in the order in which entries stand in one segment that holds all.
class MergingCursorTest {
    private static final Tenant TENANT = new Tenant("shop");
    private static final long START_NANOS = 1_700_000_000_000_000_000L;

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 42), new SplittableRandom(13).longs(30));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void givesEveryEntryOnceInItsPlace(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<List<LogItem>> batches = new ArrayList<>();
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            // adjacent, overlapping or far from each other
            long start = START_NANOS + random.nextInt(4) * 400L;
            batches.add(new ArrayList<>(RandomLogs.items(random, 1 + random.nextInt(60), start, 400)));
        }
        batches.getFirst().addAll(batches.getLast());
        Set<LogItem> all = new LinkedHashSet<>();
        batches.forEach(all::addAll);
        List<LogItem> expected = new ArrayList<>(all);
        expected.sort(Comparator.comparing(LogItem::stream).thenComparing(LogItem::timeNanos));
        assertThat(read(batches)).isEqualTo(expected);
    }

    @Test
    void manyEntriesOfOneMomentAreComparedWithAll() {
        Labels stream = Labels.of("app", "shop");
        List<LogItem> items = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            items.add(new LogItem(stream, START_NANOS, "line " + i % 60, Labels.EMPTY));
        }
        assertThat(read(List.of(items.subList(0, 30), items.subList(30, 100), items)))
                .isEqualTo(items.subList(0, 60));
    }

    @Test
    void anEmptyValueIsAnotherThingThanNone() {
        Labels stream = Labels.of("app", "shop");
        LogItem none = new LogItem(stream, START_NANOS, "line", Labels.EMPTY);
        LogItem empty = new LogItem(stream, START_NANOS, "line", Labels.ofSorted(new String[] {"user", ""}));
        assertThat(read(List.of(List.of(empty), List.of(none)))).containsExactly(empty, none);
    }

    private static List<LogItem> read(List<? extends List<LogItem>> batches) {
        List<LogsCursor> cursors = new ArrayList<>();
        for (List<LogItem> batch : batches) {
            LogsSource source = new LogsSegmentSource(
                    LogsSegmentWriter.encode(TENANT, LogItem.batch(batch), 0, SegmentFormat.LEVEL_FAST));
            cursors.add(source.scan(LogsScan.everything(), new Horizon(), new LogsStats()));
        }
        return LogItem.read(MergingCursor.of(cursors));
    }
}

package io.lambdascope.block.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lambdascope.block.BlockCache;
import io.lambdascope.block.BlockInfo;
import io.lambdascope.block.LabelColumns;
import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.labels.Labels;
import io.lambdascope.labels.Matcher;
import io.lambdascope.model.logs.LogEntries;
import io.lambdascope.source.Shard;
import io.lambdascope.source.Unit;
import io.lambdascope.source.logs.Horizon;
import io.lambdascope.source.logs.LogsCursor;
import io.lambdascope.source.logs.LogsScan;
import io.lambdascope.source.logs.LogsSource;
import io.lambdascope.source.logs.LogsStats;
import io.lambdascope.store.MemoryObjectStore;
import io.lambdascope.testkit.logs.LogItem;
import io.lambdascope.testkit.logs.RandomLogs;
import io.lambdascope.testkit.wire.DamagedBytes;
import io.lambdascope.time.TimeRange;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LogsBlockTest {
    private static final long START = 1_700_000_000_000_000_000L;
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    Path scratch;

    private final MemoryObjectStore store = new MemoryObjectStore(InstantSource.fixed(Instant.EPOCH));

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 42), new SplittableRandom(11).longs(20));
    }

    private LogsSource source(Unit unit) {
        return new LogsBlockSource(store, unit, new BlockCache(8 << 20));
    }

    /// Ten streams with 2,000 entries each, one a second, each with a number that no other has.
    private Unit large() {
        List<LogItem> items = new ArrayList<>();
        for (int stream = 0; stream < 10; stream++) {
            Labels labels = Labels.of("app", "a" + stream, "env", "prod");
            for (int i = 0; i < 2000; i++) {
                items.add(new LogItem(
                        labels,
                        START + i * SECOND,
                        "request %s took %d ms, all is well".formatted(id(stream, i), i % 97),
                        Labels.of("trace_id", id(stream + 10, i))));
            }
        }
        LogsBlockSettings usual = LogsBlockSettings.DEFAULTS;
        LogsBlockSettings settings = new LogsBlockSettings(
                8 << 10,
                1 << 20,
                3,
                usual.maxLabelColumns(),
                usual.maxMetadataColumns(),
                usual.metadataColumnShare(),
                usual.maxFactBytes(),
                usual.maxPageFactBytes());
        return LogsBlocks.write(LogsBlocks.segment(List.of(items)), settings, store, "large", scratch);
    }

    private static String id(int stream, int entry) {
        return "%016x".formatted(new SplittableRandom(stream * 10_000L + entry).nextLong());
    }

    private static LogsScan scan(LogsScan.Hints hints, LogsScan.Order order) {
        return new LogsScan(List.of(), TimeRange.ALWAYS, Shard.ALL, hints, LogsScan.Columns.ALL, order);
    }

    @Test
    void textThatIsRareIsFoundInFewPages() {
        LogsSource source = source(large());
        LogsStats stats = new LogsStats();
        LogsScan request = scan(new LogsScan.Hints(List.of(Set.of(id(3, 1234))), List.of()), LogsScan.Order.BY_STREAM);
        List<LogItem> found = LogItem.read(source.scan(request, new Horizon(), stats));
        assertThat(found).anyMatch(item -> item.line().contains(id(3, 1234)));
        assertThat(stats.groupsRead()).isBetween(1L, 20L);
        assertThat(stats.groupsSkipped()).isGreaterThan(100);
    }

    @Test
    void metadataThatIsRareIsFoundInFewPages() {
        LogsSource source = source(large());
        LogsStats stats = new LogsStats();
        LogsScan request = scan(
                new LogsScan.Hints(List.of(), List.of(Matcher.equal("trace_id", id(13, 77)))),
                LogsScan.Order.BY_STREAM);
        List<LogItem> found = LogItem.read(source.scan(request, new Horizon(), stats));
        assertThat(found).anyMatch(item -> item.metadata().get("trace_id").equals(id(13, 77)));
        assertThat(stats.groupsRead()).isBetween(1L, 10L);
        assertThat(stats.groupsSkipped()).isGreaterThan(100);
    }

    /// A search for the latest entries reads what is latest of each stream, and no more once it has enough.
    @Test
    void horizonStopsTheSearch() {
        LogsSource source = source(large());
        for (LogsScan.Order order : List.of(LogsScan.Order.LATEST_FIRST, LogsScan.Order.EARLIEST_FIRST)) {
            LogsStats stats = new LogsStats();
            Horizon horizon = new Horizon();
            long edge = START + (order == LogsScan.Order.LATEST_FIRST ? 1990 : 10) * SECOND;
            int inside = 0;
            try (LogsCursor cursor = source.scan(scan(LogsScan.Hints.NONE, order), horizon, stats)) {
                while (cursor.next()) {
                    if (order == LogsScan.Order.LATEST_FIRST) {
                        horizon.raiseTo(edge);
                    } else {
                        horizon.lowerTo(edge);
                    }
                    LogEntries entries = cursor.entries();
                    for (int i = 0; i < entries.size(); i++) {
                        boolean wanted = order == LogsScan.Order.LATEST_FIRST
                                ? entries.times()[i] >= edge
                                : entries.times()[i] < edge;
                        inside += wanted ? 1 : 0;
                    }
                }
            }
            assertThat(inside).isEqualTo(10 * 10);
            assertThat(stats.groupsRead()).isLessThan(stats.groupsSkipped() / 4);
        }
    }

    /// Whatever part of a line is looked for: filters let pass what holds it.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void filtersNeverWithhold(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        TextFilter.Builder builder = new TextFilter.Builder();
        List<String> lines = new ArrayList<>();
        for (int i = 1 + random.nextInt(40); i > 0; i--) {
            String line = line(random);
            lines.add(line);
            byte[] utf8 = ("<" + line + ">").getBytes(StandardCharsets.UTF_8);
            builder.add(utf8, 1, utf8.length - 1);
        }
        TextFilter filter = builder.build();
        for (String line : lines) {
            int from = random.nextInt(line.length() + 1);
            int to = random.nextInt(from, line.length() + 1);
            for (String part : List.of(line, line.substring(from, to), line.replace('a', 'A'))) {
                assertThat(filter.mayContain(TextFilter.Sought.of(part))).isTrue();
            }
        }
    }

    private static String line(SplittableRandom random) {
        StringBuilder line = new StringBuilder();
        for (int i = random.nextInt(60); i > 0; i--) {
            line.append("aZ09/:%ö✓ e".charAt(random.nextInt(11)));
        }
        return line.toString();
    }

    /// Whatever happens to the bytes, a reader ends, with entries or with a fault that says so.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void damageIsAFault(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<LogItem> items = RandomLogs.items(random, 300, START, 3600 * SECOND);
        Unit unit = LogsBlocks.write(
                LogsBlocks.segment(List.of(items)), LogsBlocks.tiny(random), store, "damaged", scratch);
        for (Unit.Table table : ((Unit.Place.Prefix) unit.place()).tables()) {
            String key = "blocks/damaged/" + table.name();
            byte[] whole = store.get(key);
            for (int round = 0; round < 8; round++) {
                store.put(key, DamagedBytes.of(whole, random));
                readAll(unit);
            }
            store.put(key, whole);
        }
    }

    private void readAll(Unit unit) {
        LogsScan.Hints hints = new LogsScan.Hints(
                List.of(Set.of("checkout failed")), List.of(Matcher.equal("detected_level", "error")));
        for (LogsScan request : List.of(LogsScan.everything(), scan(hints, LogsScan.Order.LATEST_FIRST))) {
            try {
                LogItem.read(source(unit).scan(request, new Horizon(), new LogsStats()));
            } catch (Fault fault) {
                assertThat(fault.kind()).as("%s", fault.text()).isIn(FaultKind.CORRUPT_DATA, FaultKind.UNSUPPORTED);
            }
        }
    }

    @Test
    void cutsByWindowAndShard() {
        SplittableRandom random = new SplittableRandom(4);
        List<LogsSource> inputs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            inputs.add(LogsBlocks.segment(List.of(RandomLogs.items(random, 200, START, 7200 * SECOND))));
        }
        LogsBlockMerger merger = new LogsBlockMerger(LogsBlockSettings.DEFAULTS, store, scratch);
        BlockInfo whole = merger.merge(inputs, TimeRange.ALWAYS, Shard.ALL, "blocks/whole/")
                .orElseThrow();
        long entries = 0;
        for (int window = 0; window < 8; window++) {
            TimeRange range = new TimeRange(START + window * 900 * SECOND, START + (window + 1) * 900 * SECOND);
            for (int shard = 0; shard < 2; shard++) {
                String prefix = "blocks/%d-%d/".formatted(window, shard);
                Optional<BlockInfo> part = merger.merge(inputs, range, new Shard(shard, 2), prefix);
                if (part.isPresent()) {
                    assertThat(range.contains(part.get().range())).isTrue();
                    entries += part.get().items();
                }
            }
        }
        assertThat(entries).isEqualTo(whole.items()).isGreaterThan(400);
    }

    @Test
    void nothingInsideIsNoBlock() {
        LogsBlockMerger merger = new LogsBlockMerger(LogsBlockSettings.DEFAULTS, store, scratch);
        LogsSource some = LogsBlocks.segment(List.of(RandomLogs.items(new SplittableRandom(1), 5, START, SECOND)));
        assertThat(merger.merge(List.of(some), new TimeRange(0, 1), Shard.ALL, "blocks/none/"))
                .isEmpty();
        assertThat(scratch).isEmptyDirectory();
    }

    @Test
    void refusesWhatComesOutOfOrder() {
        LogsColumns columns =
                new LogsColumns(new LabelColumns(List.of("app"), false), new LabelColumns(List.of(), false));
        LogEntries late = new LogEntries(1, new long[] {2}, new byte[0], new int[2], List.of());
        LogEntries early = new LogEntries(1, new long[] {1}, new byte[0], new int[2], List.of());
        try (LogsBlockWriter writer =
                new LogsBlockWriter(LogsBlockSettings.DEFAULTS, columns, store, "blocks/x/", scratch)) {
            writer.add(Labels.of("app", "b"), late);
            assertThatThrownBy(() -> writer.add(Labels.of("app", "a"), late))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("comes after");
            assertThatThrownBy(() -> writer.add(Labels.of("app", "b"), early))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("entry at 1 comes after 2");
        }
    }
}

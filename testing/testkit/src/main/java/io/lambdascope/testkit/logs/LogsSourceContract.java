package io.lambdascope.testkit.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.labels.Labels;
import io.lambdascope.labels.Matcher;
import io.lambdascope.source.Shard;
import io.lambdascope.source.logs.Horizon;
import io.lambdascope.source.logs.LogsScan;
import io.lambdascope.source.logs.LogsSource;
import io.lambdascope.source.logs.LogsStats;
import io.lambdascope.source.logs.StreamSummary;
import io.lambdascope.time.TimeRange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every [LogsSource] does, whatever it reads: answers are compared with those of plain lists of the same entries.
public abstract class LogsSourceContract {
    protected static final long START_NANOS = 1_700_000_000_000_000_000L;
    protected static final long SPAN_NANOS = 3_600_000_000_000L;

    /// A source over `batches`, which arrived in this order and may repeat each other.
    ///
    /// @param random for choices that must not matter
    protected abstract LogsSource source(List<List<LogItem>> batches, SplittableRandom random);

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 42), new SplittableRandom(7).longs(12));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void answersScansAsListsDo(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<List<LogItem>> batches = batches(random);
        List<LogItem> model = model(batches);
        try (LogsSource source = source(batches, random.split())) {
            assertThat(read(source, LogsScan.everything())).isEqualTo(model);
            for (int i = 0; i < 12; i++) {
                LogsScan request = scan(random, LogsScan.Order.BY_STREAM, LogsScan.Columns.ALL);
                assertThat(read(source, request)).as("%s", request).isEqualTo(passing(model, request));
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void otherOrdersHoldTheSameAndEachStreamAscends(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<List<LogItem>> batches = batches(random);
        List<LogItem> model = model(batches);
        try (LogsSource source = source(batches, random.split())) {
            for (LogsScan.Order order : LogsScan.Order.values()) {
                LogsScan request = scan(random, order, LogsScan.Columns.ALL);
                assertThat(read(source, request))
                        .as("%s", request)
                        .containsExactlyInAnyOrderElementsOf(passing(model, request));
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void columnsThatAreNotWantedChangeNothingElse(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<List<LogItem>> batches = batches(random);
        List<LogItem> model = model(batches);
        try (LogsSource source = source(batches, random.split())) {
            LogsScan.Columns levels = new LogsScan.Columns(false, Set.of("detected_level"));
            List<LogItem> expected = model.stream()
                    .map(item -> new LogItem(
                            item.stream(),
                            item.timeNanos(),
                            "",
                            item.metadata().filter(name -> name.equals("detected_level"))))
                    .toList();
            assertThat(read(source, everything(levels))).isEqualTo(expected);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void hintsWithholdNothingThatPasses(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<List<LogItem>> batches = batches(random);
        try (LogsSource source = source(batches, random.split())) {
            for (String literal : List.of("checkout failed", "GET", "ö", "order=7", "nowhere to be found", "")) {
                LogsScan request = new LogsScan(
                        List.of(),
                        TimeRange.ALWAYS,
                        Shard.ALL,
                        new LogsScan.Hints(
                                List.of(Set.of(literal, "✓")), List.of(Matcher.equal("detected_level", "error"))),
                        LogsScan.Columns.ALL,
                        LogsScan.Order.BY_STREAM);
                assertThat(read(source, request).stream().filter(item -> passes(item, literal)))
                        .as("%s", literal)
                        .containsExactlyElementsOf(model(batches).stream()
                                .filter(item -> passes(item, literal))
                                .toList());
            }
        }
    }

    private static boolean passes(LogItem item, String literal) {
        return (item.line().contains(literal) || item.line().contains("✓"))
                && item.metadata().get("detected_level").equals("error");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void horizonsWithholdOnlyWhatLiesBeyond(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<List<LogItem>> batches = batches(random);
        long middle = START_NANOS + SPAN_NANOS / 2;
        try (LogsSource source = source(batches, random.split())) {
            Horizon horizon = new Horizon();
            horizon.raiseTo(middle);
            List<LogItem> found = LogItem.read(source.scan(LogsScan.everything(), horizon, new LogsStats()));
            assertThat(found.stream().filter(item -> item.timeNanos() >= middle))
                    .containsExactlyElementsOf(model(batches).stream()
                            .filter(item -> item.timeNanos() >= middle)
                            .toList());
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void summarisesStreams(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<List<LogItem>> batches = batches(random);
        List<StreamSummary> expected = summaries(model(batches));
        try (LogsSource source = source(batches, random.split())) {
            assertThat(source.streams(LogsScan.everything(), new LogsStats())).isEqualTo(expected);
            LogsScan none = LogsScan.of(List.of(), new TimeRange(0, START_NANOS));
            assertThat(source.streams(none, new LogsStats())).isEmpty();
        }
    }

    /// What there is to say of the streams of `items`, each of which counts.
    protected static List<StreamSummary> summaries(List<LogItem> items) {
        Map<Labels, List<LogItem>> byStream = new TreeMap<>();
        items.forEach(item ->
                byStream.computeIfAbsent(item.stream(), _ -> new ArrayList<>()).add(item));
        List<StreamSummary> summaries = new ArrayList<>();
        byStream.forEach((labels, ofStream) -> summaries.add(new StreamSummary(
                labels,
                ofStream.size(),
                ofStream.stream().mapToLong(LogsSourceContract::bytes).sum(),
                new TimeRange(
                        ofStream.getFirst().timeNanos(), ofStream.getLast().timeNanos() + 1))));
        return summaries;
    }

    private static long bytes(LogItem item) {
        long[] bytes = {utf8(item.line())};
        item.metadata().forEach((name, value) -> bytes[0] += utf8(name) + utf8(value));
        return bytes[0];
    }

    private static long utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static List<LogItem> read(LogsSource source, LogsScan request) {
        return LogItem.read(source.scan(request, new Horizon(), new LogsStats()));
    }

    private static LogsScan everything(LogsScan.Columns columns) {
        return new LogsScan(
                List.of(), TimeRange.ALWAYS, Shard.ALL, LogsScan.Hints.NONE, columns, LogsScan.Order.BY_STREAM);
    }

    private static List<List<LogItem>> batches(SplittableRandom random) {
        List<List<LogItem>> batches = new ArrayList<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            batches.add(RandomLogs.items(random, 1 + random.nextInt(80), START_NANOS, SPAN_NANOS));
        }
        return batches;
    }

    private static LogsScan scan(SplittableRandom random, LogsScan.Order order, LogsScan.Columns columns) {
        List<Matcher> matchers = new ArrayList<>();
        if (random.nextBoolean()) {
            matchers.add(Matcher.equal("app", random.nextBoolean() ? "shop" : "bank"));
        }
        if (random.nextInt(3) == 0) {
            matchers.add(Matcher.of("pod", Matcher.Op.NOT_REGEX, "p[13]"));
        }
        long from = START_NANOS + random.nextLong(-SPAN_NANOS / 4, SPAN_NANOS);
        TimeRange range =
                random.nextInt(3) == 0 ? TimeRange.ALWAYS : new TimeRange(from, from + random.nextLong(SPAN_NANOS));
        Shard shard = random.nextInt(3) == 0 ? new Shard(random.nextInt(2), 2) : Shard.ALL;
        return new LogsScan(matchers, range, shard, LogsScan.Hints.NONE, columns, order);
    }

    /// Every entry once, by stream and time; of those of one moment, what arrived first comes first.
    private static List<LogItem> model(List<List<LogItem>> batches) {
        Set<LogItem> all = new LinkedHashSet<>();
        batches.forEach(all::addAll);
        List<LogItem> sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparing(LogItem::stream).thenComparing(LogItem::timeNanos));
        return sorted;
    }

    private static List<LogItem> passing(List<LogItem> model, LogsScan request) {
        return model.stream()
                .filter(item ->
                        request.accepts(item.stream()) && request.range().contains(item.timeNanos()))
                .toList();
    }
}

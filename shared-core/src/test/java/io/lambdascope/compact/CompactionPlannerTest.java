package io.lambdascope.compact;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.catalog.Catalog;
import io.lambdascope.catalog.CatalogBlock;
import io.lambdascope.catalog.CatalogDeletion;
import io.lambdascope.catalog.CatalogState;
import io.lambdascope.catalog.Garbage;
import io.lambdascope.catalog.Setback;
import io.lambdascope.catalog.TakenSegments;
import io.lambdascope.catalog.Usage;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.source.Deletion;
import io.lambdascope.source.Shard;
import io.lambdascope.source.Unit;
import io.lambdascope.time.TimeRange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CompactionPlannerTest {
    private static final Tenant TENANT = new Tenant("shop");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d HH:mm").withZone(ZoneOffset.UTC);
    private static final long HOUR_MILLIS = 3_600_000L;

    private record Case(String name, List<String> given, List<String> expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() throws IOException {
        try (InputStream in = Objects.requireNonNull(CompactionPlannerTest.class.getResourceAsStream("planner.txt"))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split("\ncase ")).skip(1).map(CompactionPlannerTest::parse);
        }
    }

    private static Case parse(String text) {
        List<String> lines =
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        int arrow = lines.indexOf("->");
        return new Case(lines.getFirst(), lines.subList(1, arrow), lines.subList(arrow + 1, lines.size()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void plans(Case example) {
        Given given = new Given();
        example.given().forEach(given::add);
        CompactionPlan plan = new CompactionPlanner(CompactSettings.DEFAULTS)
                .plan(given.snapshot(), given.retention, given.nowMillis, given.ahead);
        assertThat(textOf(plan)).isEqualTo(example.expected());
    }

    private static List<String> textOf(CompactionPlan plan) {
        List<String> lines = new ArrayList<>();
        plan.headItems()
                .forEach(item -> lines.add(
                        "head item %s of %s".formatted(item.unit().id(), timeText(item.hour() * HOUR_MILLIS))));
        plan.forgotten().forEach(some -> lines.add("forget " + timeText(some.committedMillis())));
        plan.garbage().forEach(some -> lines.add("delete " + some.prefixes().getFirst()));
        plan.narrowed().forEach(made -> lines.add("narrow " + made.deletion().id()));
        plan.applied().forEach(made -> lines.add("applied " + made.deletion().id()));
        lines.add("head from " + timeText(plan.headHour() * HOUR_MILLIS));
        if (!plan.expired().isEmpty()) {
            lines.add("expire "
                    + plan.expired().stream()
                            .map(block -> block.unit().id())
                            .sorted()
                            .collect(Collectors.joining(" ")));
        }
        plan.jobs().forEach(job -> lines.add(textOf(job)));
        if (plan.quietUntilMillis() != 0) {
            lines.add("quiet until " + timeText(plan.quietUntilMillis()));
        }
        return lines;
    }

    private static String textOf(CompactionJob job) {
        String cut = job.windowNanos() == 0
                ? "uncut"
                : "windows of %dh".formatted(Duration.ofNanos(job.windowNanos()).toHours());
        return "job %d of %s, %s, shards %s"
                .formatted(
                        job.level(),
                        job.units().stream().map(Unit::id).sorted().collect(Collectors.joining(" ")),
                        cut,
                        job.shards().stream()
                                .map(shard -> shard.index() + "/" + shard.count())
                                .collect(Collectors.joining(" ")));
    }

    private static String timeText(long millis) {
        return TIME.format(Instant.ofEpochMilli(millis));
    }

    private static long millis(String day, String time) {
        return Instant.parse("2026-03-%02dT%s:00Z".formatted(Integer.parseInt(day), time))
                .toEpochMilli();
    }

    private static long bytes(String text) {
        return switch (text.charAt(text.length() - 1)) {
            case 'k' -> Long.parseLong(text.substring(0, text.length() - 1)) << 10;
            case 'M' -> Long.parseLong(text.substring(0, text.length() - 1)) << 20;
            default -> Long.parseLong(text);
        };
    }

    /// The lines above the arrow.
    private static final class Given {
        private final List<ArrivedSegment> segments = new ArrayList<>();
        private final List<List<CatalogBlock>> blocks =
                List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        private final List<TakenSegments> taken = new ArrayList<>();
        private final List<Garbage> garbage = new ArrayList<>();
        private final List<CatalogDeletion> deletions = new ArrayList<>();
        private long cleanVersion;
        private Duration retention = Duration.ZERO;
        private Duration ahead = Duration.ZERO;
        private Setback setback = Setback.NONE;
        private long headHour = -1;
        private long nowMillis;

        void add(String line) {
            String[] words = line.replace("..", " ").split(" ");
            switch (words[0]) {
                case "now" -> nowMillis = millis(words[1], words[2]);
                case "head" -> headHour = millis(words[2], words[3]) / HOUR_MILLIS;
                case "setbacks" ->
                    setback = new Setback(
                            Integer.parseInt(words[3]), Integer.parseInt(words[1]), millis(words[5], words[6]));
                case "ahead" -> ahead = Duration.ofHours(Long.parseLong(words[1]));
                case "retention" -> retention = Duration.ofDays(Long.parseLong(words[1]));
                case "segment" -> {
                    Unit unit = unit(words[1], -1, words, 2, Shard.ALL);
                    long arrived = words.length > 7
                            ? millis(words[8], words[9])
                            : unit.range().lastMillis();
                    segments.add(new ArrivedSegment(arrived / HOUR_MILLIS, unit));
                }
                case "block" -> {
                    int level = Integer.parseInt(words[1]);
                    Shard shard = words.length > 11
                            ? new Shard(
                                    Integer.parseInt(words[12].split("/")[0]),
                                    Integer.parseInt(words[12].split("/")[1]))
                            : Shard.ALL;
                    blocks.get(level)
                            .add(new CatalogBlock(
                                    unit(words[2], level, words, 3, shard),
                                    millis(words[9], words[10]),
                                    millis(words[9], words[10])));
                }
                case "taken" ->
                    taken.add(new TakenSegments("", millis(words[3], words[4]), List.of(words[1].split(","))));
                case "deletion" ->
                    deletions.add(new CatalogDeletion(
                            words[1],
                            new Deletion(
                                    words[1],
                                    "{}",
                                    TimeRange.ofMillisInclusive(
                                            millis(words[2], words[3]), millis(words[4], words[5]))),
                            millis(words[7], words[8]),
                            millis(words[7], words[8]),
                            words.length > 9 ? Set.of(words[10].split(",")) : Set.of()));
                case "clean" -> cleanVersion = nowMillis;
                case "garbage" -> garbage.add(new Garbage("", millis(words[3], words[4]), List.of(words[1])));
                default -> throw new IllegalArgumentException("no such line: " + line);
            }
        }

        private static Unit unit(String id, int level, String[] words, int at, Shard shard) {
            return new Unit(
                    id,
                    TENANT,
                    Signal.METRICS,
                    level,
                    TimeRange.ofMillisInclusive(
                            millis(words[at], words[at + 1]),
                            // the last row is before the end of a window that is given as its end
                            millis(words[at + 2], words[at + 3]) - (level > 0 ? 1 : 0)),
                    shard,
                    1,
                    bytes(words[at + 4]),
                    new byte[0],
                    level < 0 ? new Unit.Place.Inline(new byte[0]) : new Unit.Place.Prefix(id, List.of()));
        }

        CompactionSnapshot snapshot() {
            long from = headHour >= 0
                    ? headHour
                    : segments.stream().mapToLong(ArrivedSegment::hour).min().orElse(nowMillis / HOUR_MILLIS - 1);
            CatalogState state = new CatalogState(
                    TENANT, Signal.METRICS, 7, from, 0, nowMillis, 0, setback, Usage.NONE, cleanVersion);
            Catalog.Recent recent = new Catalog.Recent(blocks.get(0), taken, deletions, List.of());
            blocks.forEach(ofLevel ->
                    ofLevel.replaceAll(block -> block.with(block.unit().without(recent.deletionsOf(block)))));
            segments.replaceAll(segment ->
                    new ArrivedSegment(segment.hour(), segment.unit().without(recent.deletionsOf(segment.unit()))));
            return new CompactionSnapshot(
                    state,
                    segments,
                    new Catalog.Recent(blocks.get(0), taken, deletions, List.of()),
                    blocks.get(1),
                    blocks.get(2),
                    garbage);
        }
    }
}

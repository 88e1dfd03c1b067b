package io.lambdascope.api.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.api.Access;
import io.lambdascope.api.HttpResponse;
import io.lambdascope.labels.Labels;
import io.lambdascope.labels.Matcher;
import io.lambdascope.model.metrics.Exemplar;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.testkit.http.GoldenPair;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Pushes, deletions and compaction in any order: every answer is what it is where what is left has been pushed as
/// one and nothing was ever deleted.
class DeletedSeriesPropertyTest {
    private static final Instant START = Instant.parse("2026-03-01T08:50:00Z");
    private static final String ALL = "{__name__=~\"m.\"}";

    @TempDir
    Path scratch;

    /// A sample, with an exemplar beside it or not.
    private record Item(Labels labels, long millis, double value, boolean exemplar) {}

    static LongStream seeds() {
        return LongStream.range(0, Integer.getInteger("lambdascope.deletions.seeds", 5));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatIsLeftAnswersAsIfNothingElseHadBeen(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        StoredAccount stored = new StoredAccount(START, Access.everything(StoredAccount.TENANT), scratch);
        List<Item> left = new ArrayList<>();
        int deleted = 0;
        for (int round = 0; round < 8; round++) {
            List<Item> pushed = items(random, stored.now().toEpochMilli());
            stored.push(batch(pushed));
            left.addAll(pushed);
            if (random.nextInt(3) > 0) {
                deleted += delete(random, stored, left);
            }
            if (random.nextInt(4) == 0) {
                assertThat(stored.ask("POST /prometheus/api/v1/admin/tsdb/clean_tombstones")
                                .status())
                        .isEqualTo(204);
            }
            check(stored, left);
            stored.compactAfter(
                    random.nextBoolean()
                            ? Duration.ofMinutes(random.nextInt(1, 60))
                            : Duration.ofHours(random.nextInt(1, 30)));
            check(stored, left);
        }
        assertThat(deleted).isPositive();
    }

    private List<Item> items(SplittableRandom random, long nowMillis) {
        List<Item> items = new ArrayList<>();
        for (int i = random.nextInt(1, 12); i > 0; i--) {
            Labels labels =
                    Labels.of(Labels.NAME, "m" + random.nextInt(3), "job", "j" + random.nextInt(3), "quote", "\"\n\\");
            long from = nowMillis - random.nextInt(3) * Duration.ofHours(10).toMillis();
            for (int s = random.nextInt(1, 10); s > 0; s--) {
                items.add(new Item(labels, from - s * 20_000L, random.nextInt(100), random.nextInt(5) == 0));
            }
        }
        return items;
    }

    private static MetricsBatch batch(List<Item> items) {
        MetricsBatch batch = new MetricsBatch();
        for (Item item : items) {
            batch.startSeries(item.labels());
            batch.addSample(item.millis(), item.value());
            if (item.exemplar()) {
                batch.addExemplar(
                        new Exemplar(Labels.of("trace_id", "t" + item.millis()), item.value(), item.millis()));
            }
        }
        return batch;
    }

    /// @return how many items
    private static int delete(SplittableRandom random, StoredAccount stored, List<Item> left) {
        List<Matcher> matchers = new ArrayList<>();
        matchers.add(Matcher.of(Labels.NAME, Matcher.Op.REGEX, "m[" + random.nextInt(3) + "-2]"));
        if (random.nextBoolean()) {
            matchers.add(Matcher.of("job", Matcher.Op.NOT_EQUAL, "j" + random.nextInt(3)));
        }
        if (random.nextBoolean()) {
            matchers.add(Matcher.equal("quote", "\"\n\\"));
        }
        long now = stored.now().toEpochMilli();
        long from = random.nextBoolean() ? Long.MIN_VALUE : now - random.nextInt(30 * 3_600) * 1000L;
        long to = random.nextBoolean() ? Long.MAX_VALUE : now - random.nextInt(300) * 1000L;
        if (from > to) {
            to = Long.MAX_VALUE;
        }
        String selector =
                "{" + String.join(",", matchers.stream().map(Matcher::toString).toList()) + "}";
        StringBuilder request = new StringBuilder("POST /prometheus/api/v1/admin/tsdb/delete_series?match[]=")
                .append(encoded(selector));
        if (from != Long.MIN_VALUE) {
            request.append("&start=").append(from / 1000.0);
        }
        if (to != Long.MAX_VALUE) {
            request.append("&end=").append(to / 1000.0);
        }
        HttpResponse response = stored.ask(request.toString());
        assertThat(response.status()).as(GoldenPair.text(response)).isEqualTo(204);
        assertThat(response.body()).isEmpty();
        int before = left.size();
        long last = to;
        left.removeIf(item -> item.millis() >= from
                && item.millis() <= last
                && matchers.stream().allMatch(matcher -> matcher.matches(item.labels())));
        return before - left.size();
    }

    private void check(StoredAccount stored, List<Item> left) {
        StoredAccount whole = new StoredAccount(stored.now(), Access.everything(StoredAccount.TENANT), scratch);
        if (!left.isEmpty()) {
            whole.push(batch(left));
        }
        for (String question : questions(stored.now())) {
            String expected = GoldenPair.text(whole.ask(question));
            assertThat(expected).startsWith("200");
            assertThat(GoldenPair.text(stored.ask(question))).as(question).isEqualTo(expected);
            assertThat(GoldenPair.text(stored.askInPieces(question)))
                    .as(question + " in pieces")
                    .isEqualTo(expected);
        }
    }

    private static List<String> questions(Instant now) {
        String api = "GET /prometheus/api/v1/";
        String range = "&start=%d&end=%d".formatted(START.getEpochSecond() - 100_000, now.getEpochSecond());
        return List.of(
                api + "query?query=" + encoded(ALL + "[100d]"),
                api + "query_range?step=3600&query=" + encoded("sum by (job) (count_over_time(m1[1h]))") + range,
                api + "query?query=" + encoded("count({__name__=\"m1\"})"),
                api + "series?match[]=" + encoded("{job=~\"j[01]\"}"),
                api + "labels",
                api + "label/job/values",
                api + "label/__name__/values?match[]=" + encoded("{job=\"j2\"}"),
                api + "query_exemplars?query=" + encoded(ALL) + range,
                api + "cardinality/label_names",
                api + "cardinality/label_values?label_names[]=job&label_names[]=__name__",
                api + "cardinality/active_series?selector=" + encoded(ALL),
                "GET /federate?match[]=" + encoded(ALL));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

package io.lambdascope.api.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.api.Access;
import io.lambdascope.api.HttpResponse;
import io.lambdascope.catalog.SetAside;
import io.lambdascope.compact.CompactReport;
import io.lambdascope.head.Segment;
import io.lambdascope.head.SegmentFormat;
import io.lambdascope.labels.Labels;
import io.lambdascope.model.Signal;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.source.Unit;
import io.lambdascope.source.metrics.MetricsFacts;
import io.lambdascope.time.TimeRange;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Stored bytes that do not read: a clear error until compaction has set them aside, then answers with all the rest
/// that say what they lack.
class UnreadableDataTest {
    private static final String API = "GET /prometheus/api/v1/";
    private static final String WARNING =
            "\"warnings\":[\"the answer is incomplete: stored data from 2026-03-01T08:12:00Z to 2026-03-01T08:26:59.999Z"
                    + " cannot be read and was set aside (";

    @TempDir
    Path scratch;

    private StoredAccount stored;
    private Segment garbage;

    @BeforeEach
    void push() {
        stored = new StoredAccount(
                Instant.parse("2026-03-01T08:17:00Z"), Access.everything(StoredAccount.TENANT), scratch);
        stored.push(up("a"));
        garbage = garbage();
        stored.push(garbage);
        stored.push(up("b"));
    }

    private MetricsBatch up(String job) {
        MetricsBatch batch = new MetricsBatch();
        batch.startSeries(Labels.of(Labels.NAME, "up", "job", job));
        batch.addSample(stored.now().toEpochMilli() - 120_000, 1);
        return batch;
    }

    /// A segment with a header that is right and columns that are none.
    private Segment garbage() {
        byte[] columns = "no columns".getBytes(StandardCharsets.UTF_8);
        long now = stored.now().toEpochMilli();
        return SegmentFormat.encode(
                StoredAccount.TENANT,
                Signal.METRICS,
                TimeRange.millisToNanos(now - 300_000),
                TimeRange.millisToNanos(now + 599_999),
                7,
                MetricsFacts.of(List.of("up"), 100).encode(),
                columns,
                columns.length,
                SegmentFormat.LEVEL_FAST);
    }

    private static String body(HttpResponse response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private void setAside() {
        CompactReport report = stored.compactAfter(Duration.ofMinutes(11));
        assertThat(report.setAside()).isEqualTo(1);
        assertThat(report.failed()).isZero();
    }

    @Test
    void queriesOverItFailAsLongAsNobodyHasFoundIt() {
        HttpResponse response = stored.ask(API + "query?query=up");
        assertThat(response.status()).isEqualTo(500);
        assertThat(body(response)).startsWith("{\"status\":\"error\",\"errorType\":\"internal\",\"error\":\"");
        assertThat(stored.askInPieces(API + "query?query=up").status()).isEqualTo(500);
        assertThat(stored.ask(API + "query?query=up&time=1772352000").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "query?query=up&time=1772353000",
                "query_range?query=up&start=1772352900&end=1772353000&step=10",
                "series?match[]=up",
                "label/job/values",
            })
    void answersHaveTheRestAndSayWhatTheyLack(String question) {
        setAside();
        for (HttpResponse response : List.of(stored.ask(API + question), stored.askInPieces(API + question))) {
            assertThat(response.status()).as(body(response)).isEqualTo(200);
            assertThat(body(response)).contains("\"a\"", "\"b\"", WARNING);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"labels", "query_exemplars?query=up", "metadata"})
    void soDoAnswersWithoutSamples(String question) {
        setAside();
        HttpResponse response = stored.ask(API + question);
        assertThat(response.status()).as(body(response)).isEqualTo(200);
        assertThat(body(response)).contains(WARNING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                API + "cardinality/label_names",
                API + "cardinality/active_series?selector=up",
                "GET /federate?match[]=up"
            })
    void whatHasNoWordForItFails(String question) {
        setAside();
        HttpResponse response = stored.ask(question);
        assertThat(response.status()).isEqualTo(500);
        assertThat(body(response)).contains("the answer is incomplete");
    }

    @Test
    void answersOverOtherTimesAreWhole() {
        setAside();
        stored.account.clock().advance(Duration.ofHours(1));
        assertThat(body(stored.ask(API + "query?query=up"))).doesNotContain("warnings");
        assertThat(body(stored.ask(API + "series?match[]=up&start=1772353620"))).doesNotContain("warnings");
    }

    @Test
    void itsHourClosesAndItsBytesAreKept() {
        setAside();
        SetAside aside = stored.catalog
                .recent(StoredAccount.TENANT, Signal.METRICS)
                .setAside()
                .getFirst();
        assertThat(aside.reason()).isNotEmpty();
        for (int i = 0; i < 4; i++) {
            assertThat(stored.compactAfter(Duration.ofHours(20)).setAside()).isZero();
        }
        long hour = stored.now().getEpochSecond() / 3600;
        assertThat(stored.catalog
                        .state(StoredAccount.TENANT, Signal.METRICS)
                        .orElseThrow()
                        .headHour())
                .isGreaterThanOrEqualTo(hour - 1);
        assertThat(stored.account.objects().get(aside.prefix() + "segment")).isEqualTo(garbage.bytes());
        assertThat(stored.units()).extracting(Unit::level).containsOnly(2);
    }

    @Test
    void manyThatDoNotReadAreFoundAmongManyThatDo() {
        for (int i = 0; i < 30; i++) {
            stored.account.clock().advance(Duration.ofMillis(1));
            stored.push(i % 7 == 3 ? garbage() : segmentOf("job-" + i));
        }
        CompactReport report = stored.compactAfter(Duration.ofMinutes(11));
        assertThat(report.setAside()).isEqualTo(5);
        assertThat(stored.units()).noneMatch(Unit::isSegment);
        assertThat(body(stored.ask(API + "label/job/values"))).contains("\"job-0\"", "\"job-29\"", "and 2 more");
    }

    private Segment segmentOf(String job) {
        return StoredAccount.segment(up(job), stored.now());
    }
}

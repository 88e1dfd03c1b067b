package io.lambdascope.api.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.api.Access;
import io.lambdascope.api.HttpRequest;
import io.lambdascope.api.HttpResponse;
import io.lambdascope.api.Routes.Right;
import io.lambdascope.labels.Labels;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.model.metrics.MetricMetadata;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.source.Unit;
import io.lambdascope.source.metrics.MetricsCursor;
import io.lambdascope.source.metrics.MetricsScan;
import io.lambdascope.source.metrics.MetricsSource;
import io.lambdascope.testkit.http.GoldenPair;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What an operator sees of the deletion of series.
class DeletedSeriesTest {
    private static final String ADMIN = " /prometheus/api/v1/admin/tsdb/";
    private static final String DELETE_UP = "POST" + ADMIN + "delete_series?match[]=up%7Bjob=%22a%22%7D";

    @TempDir
    Path scratch;

    private StoredAccount stored;

    @BeforeEach
    void push() {
        stored = account(Access.everything(StoredAccount.TENANT));
        stored.push(ups("a", "b"));
    }

    private StoredAccount account(Access access) {
        return new StoredAccount(Instant.parse("2026-03-01T08:17:00Z"), access, scratch);
    }

    /// `up` of each job now and a minute ago.
    private MetricsBatch ups(String... jobs) {
        MetricsBatch batch = new MetricsBatch();
        long now = stored.now().toEpochMilli();
        for (String job : jobs) {
            batch.startSeries(Labels.of(Labels.NAME, "up", "job", job));
            batch.addSample(now - 60_000, 1);
            batch.addSample(now, 1);
        }
        batch.addMetadata(new MetricMetadata("up", MetricMetadata.Type.GAUGE, "whether it is", ""));
        return batch;
    }

    private String values(String query) {
        return new String(
                stored.ask("GET /prometheus/api/v1/query?query=" + query).body(), StandardCharsets.UTF_8);
    }

    private Set<String> jobs() {
        return jobsIn(values("count_over_time(up[100d])"));
    }

    private static Set<String> jobsIn(String answer) {
        Set<String> jobs = new TreeSet<>();
        for (String job : List.of("a", "b", "c")) {
            if (answer.contains("\"job\":\"" + job + "\"")) {
                jobs.add(job);
            }
        }
        return jobs;
    }

    private static int status(HttpResponse response) {
        assertThat(response.body()).as(GoldenPair.text(response)).isEmpty();
        return response.status();
    }

    /// What is in the bytes, whatever deletions say.
    private Set<String> jobsStored() {
        Set<String> jobs = new TreeSet<>();
        for (Unit unit : stored.units()) {
            try (MetricsSource source = stored.opener.open(unit.without(List.of()));
                    MetricsCursor cursor = source.scan(MetricsScan.everything())) {
                while (cursor.next()) {
                    jobs.add(cursor.labels().get("job"));
                }
            }
        }
        return jobs;
    }

    private int deletions() {
        return stored.catalog
                .recent(StoredAccount.TENANT, Signal.METRICS)
                .deletions()
                .size();
    }

    @Test
    void whatIsDeletedIsGoneAtOnceAndWhatIsPushedThenStays() {
        assertThat(status(stored.ask(DELETE_UP))).isEqualTo(204);
        assertThat(jobs()).containsExactly("b");
        stored.account.clock().advance(Duration.ofSeconds(15));
        stored.push(ups("a"));
        assertThat(jobs()).containsExactly("a", "b");
        assertThat(values("count_over_time(up[1h])")).contains("\"job\":\"a\"},\"value\":[1772353035,\"2\"]");
        stored.compactAfter(Duration.ofMinutes(11));
        assertThat(jobs()).containsExactly("a", "b");
        assertThat(stored.units()).extracting(Unit::level).containsExactly(0);
        assertThat(values("count_over_time(up[1h])")).contains("\"job\":\"a\"},\"value\":[1772353695,\"2\"]");
    }

    @Test
    void onlySamplesBetweenStartAndEndAreDeletedBothInside() {
        long now = stored.now().getEpochSecond();
        HttpRequest form = new HttpRequest(
                "PUT",
                "/prometheus/api/v1/admin/tsdb/delete_series",
                "",
                Map.of("content-type", "application/x-www-form-urlencoded"),
                "match[]=up&match[]=down&start=%d&end=%d"
                        .formatted(now - 60, now - 1)
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(status(stored.ask(form))).isEqualTo(204);
        assertThat(values("count_over_time(up[1h])")).doesNotContain("\"2\"").contains("\"1\"");
        assertThat(jobs()).containsExactly("a", "b");
    }

    @Test
    void metadataBelongsToNoSeriesAndStays() {
        assertThat(status(stored.ask("POST" + ADMIN + "delete_series?match[]=up")))
                .isEqualTo(204);
        assertThat(jobs()).isEmpty();
        assertThat(new String(stored.ask("GET /prometheus/api/v1/metadata").body(), StandardCharsets.UTF_8))
                .contains("whether it is");
    }

    @Test
    void compactionTakesItOutOfTheBytesWithinDaysAndForgetsTheDeletion() {
        for (Duration wait : List.of(Duration.ofMinutes(11), Duration.ofHours(3), Duration.ofHours(40))) {
            stored.compactAfter(wait);
        }
        assertThat(stored.units()).extracting(Unit::level).containsExactly(2);
        assertThat(status(stored.ask(DELETE_UP))).isEqualTo(204);
        stored.compactAfter(Duration.ofHours(23));
        assertThat(jobs()).containsExactly("b");
        assertThat(jobsStored()).containsExactly("a", "b");
        String before = stored.units().getFirst().contentId();

        stored.compactAfter(Duration.ofHours(2));
        assertThat(jobsStored()).containsExactly("b");
        assertThat(stored.units()).extracting(Unit::level).containsExactly(2);
        assertThat(stored.units().getFirst().contentId()).isNotEqualTo(before);
        stored.compactAfter(Duration.ofMinutes(1));
        assertThat(deletions()).isZero();
        assertThat(jobs()).containsExactly("b");
    }

    @Test
    void compactionDoesItInItsNextRunWhenTombstonesAreToBeCleaned() {
        for (Duration wait : List.of(Duration.ofMinutes(11), Duration.ofHours(3), Duration.ofHours(40))) {
            stored.compactAfter(wait);
        }
        stored.compactAfter(Duration.ofMinutes(11));
        assertThat(status(stored.ask(DELETE_UP))).isEqualTo(204);
        assertThat(stored.compactAfter(Duration.ofMinutes(1)).jobs()).isZero();
        assertThat(status(stored.ask("PUT" + ADMIN + "clean_tombstones"))).isEqualTo(204);
        assertThat(stored.compactAfter(Duration.ofMinutes(1)).jobs()).isEqualTo(1);
        assertThat(jobsStored()).containsExactly("b");
        stored.compactAfter(Duration.ofMinutes(1));
        assertThat(deletions()).isZero();
    }

    @Test
    void aBlockOfWhichNothingIsLeftGoesWithoutAnother() {
        stored.compactAfter(Duration.ofMinutes(11));
        assertThat(status(stored.ask("POST" + ADMIN + "delete_series?match[]=%7Bjob=~%22.%2B%22%7D")))
                .isEqualTo(204);
        for (int i = 0; i < 6; i++) {
            stored.compactAfter(Duration.ofHours(20));
        }
        assertThat(jobsStored()).isEmpty();
        assertThat(deletions()).isZero();
    }

    @Test
    void aDeletionChangesTheNamesOfContentOfTheUnitsThatItTouches() {
        String before = stored.units().getFirst().contentId();
        assertThat(status(stored.ask(DELETE_UP + "&end=1000"))).isEqualTo(204);
        assertThat(stored.units().getFirst().contentId()).isEqualTo(before);
        assertThat(status(stored.ask(DELETE_UP))).isEqualTo(204);
        assertThat(stored.units().getFirst().contentId()).isNotEqualTo(before).startsWith(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "delete_series | 400 | no match[] parameter provided",
                "delete_series?match[]= | 400 | invalid parameter \\\"match[]\\\"",
                "delete_series?match[]=%7B%7D | 400 | must contain at least one non-empty matcher",
                "delete_series?match[]=up&start=x | 400 | cannot parse \\\"x\\\" to a valid timestamp",
                "delete_series?match[]=up&start=9&end=8 | 400 | end timestamp must not be before start timestamp",
            })
    void whatIsNotUnderstoodIsRefused(String request, int status, String message) {
        HttpResponse response = stored.ask("POST" + ADMIN + request);
        assertThat(response.status()).isEqualTo(status);
        assertThat(new String(response.body(), StandardCharsets.UTF_8))
                .startsWith("{\"status\":\"error\",\"errorType\":\"bad_data\"")
                .contains(message);
        assertThat(deletions()).isZero();
    }

    @Test
    void itTakesTheRightToAdministerAndOneTenant() {
        stored = account(Access.to(Set.of(StoredAccount.TENANT), Set.of(Right.READ, Right.WRITE)));
        for (String endpoint : List.of("delete_series?match[]=up", "clean_tombstones")) {
            HttpResponse response = stored.ask("POST" + ADMIN + endpoint);
            assertThat(response.status()).isEqualTo(403);
            assertThat(new String(response.body(), StandardCharsets.UTF_8))
                    .contains("the token does not allow to administer");
        }
        stored = account(Access.to(Set.of(StoredAccount.TENANT, new Tenant("other")), Set.of(Right.ADMIN)));
        HttpResponse response = stored.ask(new HttpRequest(
                "POST",
                "/prometheus/api/v1/admin/tsdb/delete_series",
                "match[]=up",
                Map.of(Access.TENANT_HEADER, "demo|other"),
                new byte[0]));
        assertThat(response.status()).isEqualTo(400);
        assertThat(new String(response.body(), StandardCharsets.UTF_8))
                .contains("one tenant must be named here, not 2");
    }

    @Test
    void itIsNoReadingSoGetIsNotAllowed() {
        assertThat(stored.ask("GET" + ADMIN + "delete_series?match[]=up").status())
                .isEqualTo(405);
    }
}

package io.lambdascope.api.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.api.Access;
import io.lambdascope.api.HttpRequest;
import io.lambdascope.api.HttpResponse;
import io.lambdascope.api.Routes;
import io.lambdascope.api.Routes.Match;
import io.lambdascope.api.Routes.Right;
import io.lambdascope.labels.Labels;
import io.lambdascope.limits.MetricsLimits;
import io.lambdascope.limits.Tenant;
import io.lambdascope.limits.TenantLimits;
import io.lambdascope.model.metrics.SeriesSamples;
import io.lambdascope.testkit.metrics.RemoteWriteBody;
import io.lambdascope.testkit.metrics.RemoteWriteBody.Message;
import io.lambdascope.testkit.remoteread.ReadAnswers;
import io.lambdascope.testkit.remoteread.ReadAnswers.Series;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteReadApiTest {
    private static final String PATH = "/prometheus/api/v1/read";
    private static final Instant NOW = Instant.ofEpochSecond(2000);
    private static final Tenant A = new Tenant("team-a");
    private static final Tenant B = new Tenant("team-b");
    private static final Access ACCESS = Access.to(Set.of(A, B), Set.of(Right.READ));
    private static final int SAMPLES = 0;
    private static final int CHUNKS = 1;

    private final StoredSeries stored = new StoredSeries()
            .add(A, Labels.of("__name__", "up", "job", "x"), every15Seconds(10, 1))
            .add(A, Labels.of("__name__", "up", "job", "y"), every15Seconds(300, 2))
            .add(A, Labels.of("__name__", "down", "job", "x"), every15Seconds(4, 3))
            .add(B, Labels.of("__name__", "up", "job", "x"), every15Seconds(2, 4));

    private static SeriesSamples every15Seconds(int count, double value) {
        SeriesSamples samples = new SeriesSamples();
        for (int i = 0; i < count; i++) {
            samples.add(15_000L * i, value + i);
        }
        return samples;
    }

    private static Message query(long fromMillis, long lastMillis, String name) {
        return new Message()
                .varint(1, fromMillis)
                .varint(2, lastMillis)
                .message(3, new Message().text(2, "__name__").text(3, name));
    }

    private static byte[] body(int form, Message... queries) {
        Message request = new Message();
        for (Message query : queries) {
            request.message(1, query);
        }
        return RemoteWriteBody.snappy(request.varint(2, form).bytes());
    }

    private HttpResponse ask(byte[] body) {
        return ask(body, TenantLimits.DEFAULTS, ACCESS, "team-a", Duration.ofSeconds(28));
    }

    private HttpResponse ask(byte[] body, TenantLimits limits, Access access, String tenant, Duration longest) {
        InstantSource clock = InstantSource.fixed(NOW);
        HttpRequest request = new HttpRequest("POST", PATH, "", Map.of("x-scope-orgid", tenant), body);
        return new RemoteReadApi(stored.reads(clock, limits), clock, longest)
                .answer(request, (Match.Found) Routes.match("POST", PATH), access);
    }

    private static String text(HttpResponse response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    @Test
    void everyQueryHasAResultOfItsOwn() {
        HttpResponse response =
                ask(body(SAMPLES, query(0, 1_000_000, "nothing"), query(15_000, 45_000, "up"), query(0, 0, "down")));
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers())
                .isEqualTo(Map.of("content-type", "application/x-protobuf", "content-encoding", "snappy"));
        List<List<Series>> results = ReadAnswers.samples(response.body());
        assertThat(results).hasSize(3);
        assertThat(results.get(0)).isEmpty();
        assertThat(results.get(1))
                .extracting(series -> series.labels().get("job"))
                .containsExactly("x", "y");
        SeriesSamples samples = results.get(1).getFirst().samples();
        assertThat(samples.size()).isEqualTo(3);
        assertThat(samples.timestamp(0)).isEqualTo(15_000);
        assertThat(samples.value(2)).isEqualTo(4);
        assertThat(results.get(2))
                .singleElement()
                .satisfies(series -> assertThat(series.samples().size()).isEqualTo(1));
    }

    @Test
    void chunksSayWhichQueryTheyAnswer() {
        HttpResponse response = ask(body(CHUNKS, query(0, 1_000_000_000, "down"), query(0, 1_000_000_000, "up")));
        assertThat(response.headers())
                .isEqualTo(Map.of(
                        "content-type", "application/x-streamed-protobuf; proto=prometheus.ChunkedReadResponse"));
        List<Series> messages = ReadAnswers.chunks(response.body());
        assertThat(messages)
                .extracting(series -> series.query() + series.labels().toString())
                .containsExactly("0down{job=\"x\"}", "1up{job=\"x\"}", "1up{job=\"y\"}");
        assertThat(messages.get(2).chunks()).hasSize(3);
        assertThat(messages.get(2).samples().size()).isEqualTo(300);
    }

    @ParameterizedTest
    @ValueSource(ints = {SAMPLES, CHUNKS})
    void whoListsSeriesGetsNoSamples(int form) {
        byte[] body = ask(body(form, query(0, 1_000_000, "up").message(4, new Message().text(2, "series"))))
                .body();
        List<Series> series = form == SAMPLES ? ReadAnswers.samples(body).getFirst() : ReadAnswers.chunks(body);
        assertThat(series)
                .hasSize(2)
                .allSatisfy(one -> assertThat(one.samples().isEmpty()).isTrue());
    }

    @Test
    void readsTheTenantsThatAreNamed() {
        byte[] both = ask(
                        body(SAMPLES, query(0, 0, "up")),
                        TenantLimits.DEFAULTS,
                        ACCESS,
                        "team-a|team-b",
                        Duration.ofSeconds(1))
                .body();
        assertThat(ReadAnswers.samples(both).getFirst())
                .extracting(series -> series.labels().toString())
                .containsExactly(
                        "up{__tenant_id__=\"team-a\", job=\"x\"}",
                        "up{__tenant_id__=\"team-a\", job=\"y\"}",
                        "up{__tenant_id__=\"team-b\", job=\"x\"}");
    }

    private static TenantLimits samples(long most) {
        return TenantLimits.DEFAULTS.with(MetricsLimits.MAX_SAMPLES, most);
    }

    @Test
    void whatIsTooOldIsNotSeen() {
        TenantLimits limits = TenantLimits.DEFAULTS.with(MetricsLimits.MAX_QUERY_LOOKBACK, Duration.ofSeconds(500));
        byte[] body = ask(
                        body(SAMPLES, query(0, 1_000_000_000, "up"), query(0, 1000, "up")),
                        limits,
                        ACCESS,
                        "team-a",
                        Duration.ofSeconds(1))
                .body();
        List<List<Series>> results = ReadAnswers.samples(body);
        assertThat(results.get(0))
                .singleElement()
                .satisfies(series -> assertThat(series.samples().timestamp(0)).isEqualTo(1_500_000));
        assertThat(results.get(1)).isEmpty();
    }

    @Test
    void endsWhereALimitIsReached() {
        byte[] all = body(SAMPLES, query(0, 1_000_000_000, "up"));
        HttpResponse samples = ask(all, samples(309), ACCESS, "team-a", Duration.ofSeconds(1));
        assertThat(samples.status()).isEqualTo(400);
        assertThat(text(samples)).isEqualTo("exceeded sample limit (309)");
        assertThat(ask(all, samples(310), ACCESS, "team-a", Duration.ofSeconds(1))
                        .status())
                .isEqualTo(200);
        HttpResponse series = ask(
                all,
                TenantLimits.DEFAULTS.with(MetricsLimits.MAX_FETCHED_SERIES_PER_QUERY, 1L),
                ACCESS,
                "team-a",
                Duration.ofSeconds(1));
        assertThat(series.status()).isEqualTo(400);
        assertThat(text(series)).contains("max_fetched_series_per_query");
    }

    @Test
    void saysWhatToDoAboutAnAnswerThatIsTooLarge() {
        SplittableRandom random = new SplittableRandom(1);
        SeriesSamples large = new SeriesSamples();
        for (int i = 0; i < 600_000; i++) {
            large.add(i, random.nextDouble());
        }
        stored.add(A, Labels.of("__name__", "large"), large);
        HttpResponse samples = ask(body(SAMPLES, query(0, 1_000_000, "large")));
        assertThat(samples.status()).isEqualTo(400);
        assertThat(text(samples))
                .isEqualTo("the answer is larger than 4500000 bytes: ask for fewer series or a shorter time, or accept"
                        + " STREAMED_XOR_CHUNKS");
        HttpResponse chunks = ask(body(CHUNKS, query(0, 1_000_000, "large")));
        assertThat(chunks.status()).isEqualTo(400);
        assertThat(text(chunks))
                .isEqualTo("the answer is larger than 4500000 bytes: ask for fewer series or a shorter time");
        assertThat(ask(body(CHUNKS, query(0, 400_000, "large"))).status()).isEqualTo(200);
    }

    @Test
    void endsAtItsDeadline() {
        HttpResponse response =
                ask(body(SAMPLES, query(0, 0, "up")), TenantLimits.DEFAULTS, ACCESS, "team-a", Duration.ofSeconds(-1));
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.headers()).containsKey("retry-after");
    }

    @Test
    void failsWhereAnAnswerWouldLackRows() {
        stored.damage(A);
        HttpResponse response = ask(body(SAMPLES, query(0, 0, "up")));
        assertThat(response.status()).isEqualTo(500);
        assertThat(text(response)).startsWith("the answer is incomplete").contains("u-team-a");
    }

    @Test
    void refusesWhatIsNotInOrder() {
        byte[] good = body(SAMPLES, query(0, 0, "up"));
        assertThat(ask("no snappy".getBytes(StandardCharsets.UTF_8)).status()).isEqualTo(400);
        assertThat(ask(RemoteWriteBody.snappy(new byte[2 << 20])).status()).isEqualTo(413);
        HttpResponse form = ask(body(5, query(0, 0, "up")));
        assertThat(form.status()).isEqualTo(400);
        assertThat(text(form)).contains("[5]; supported: 0 (SAMPLES), 1 (STREAMED_XOR_CHUNKS)");
        Access writer = Access.to(Set.of(A), Set.of(Right.WRITE));
        assertThat(ask(good, TenantLimits.DEFAULTS, writer, "team-a", Duration.ofSeconds(1))
                        .status())
                .isEqualTo(403);
        assertThat(ask(good, TenantLimits.DEFAULTS, ACCESS, "team-c", Duration.ofSeconds(1))
                        .status())
                .isEqualTo(403);
        assertThat(ask(good, TenantLimits.DEFAULTS, ACCESS, "", Duration.ofSeconds(1))
                        .status())
                .isEqualTo(401);
    }
}

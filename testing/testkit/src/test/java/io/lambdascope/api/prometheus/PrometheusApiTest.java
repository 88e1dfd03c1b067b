package io.lambdascope.api.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.api.Access;
import io.lambdascope.api.HttpRequest;
import io.lambdascope.api.HttpResponse;
import io.lambdascope.api.Routes;
import io.lambdascope.api.Routes.Match;
import io.lambdascope.api.Routes.Right;
import io.lambdascope.catalog.Catalog;
import io.lambdascope.catalog.CatalogChange;
import io.lambdascope.catalog.Deletions;
import io.lambdascope.catalog.TenantRegistry;
import io.lambdascope.catalog.Usage;
import io.lambdascope.limits.MetricsLimits;
import io.lambdascope.limits.Tenant;
import io.lambdascope.limits.TenantLimits;
import io.lambdascope.limits.TenantLimitsSource;
import io.lambdascope.model.Signal;
import io.lambdascope.source.Snapshot;
import io.lambdascope.store.MemoryTable;
import io.lambdascope.testkit.http.GoldenPair;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PrometheusApiTest {
    private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_000L);
    private static final Access ACCESS =
            Access.to(Set.of(new Tenant("team-a"), new Tenant("team-b")), Set.of(Right.READ));
    private static final CannedQueries QUERIES = new CannedQueries();
    private static final PrometheusApi API = new PrometheusApi(
            InstantSource.fixed(NOW),
            Duration.ofSeconds(28),
            List.of(
                    new QueryEndpoints(QUERIES),
                    new SeriesEndpoints(QUERIES),
                    new MetricDetailEndpoints(QUERIES),
                    new CardinalityEndpoints(QUERIES, QUERIES),
                    new ExpressionEndpoints(),
                    new RuleEndpoints(),
                    new ScrapeEndpoints(),
                    new TenantEndpoints(
                            counted(),
                            TenantLimitsSource.same(TenantLimits.DEFAULTS.with(MetricsLimits.INGESTION_RATE, 2500.5)),
                            InstantSource.fixed(NOW)),
                    new AdminEndpoints(new Deletions(counted(), (_, _, _) -> Snapshot.EMPTY)),
                    new StatusEndpoints(InstantSource.fixed(NOW), 300_000, Duration.ofSeconds(28))));

    /// Where 9,000 samples came in the last 20 minutes, of 70 series.
    private static Catalog counted() {
        MemoryTable table = new MemoryTable();
        InstantSource clock = InstantSource.fixed(NOW);
        Catalog catalog = new Catalog(table, clock);
        Tenant tenant = new Tenant("team-a");
        new TenantRegistry(table, clock).ensure(tenant, Signal.METRICS);
        long now = NOW.toEpochMilli();
        Usage usage = Usage.NONE.plus(1000, 2000, 50, now - 1_200_000).plus(9000, 18_000, 70, now);
        catalog.commit(catalog.state(tenant, Signal.METRICS).orElseThrow(), new CatalogChange().usage(usage));
        return catalog;
    }

    static Stream<GoldenPair> golden() throws IOException {
        List<GoldenPair> pairs = new ArrayList<>();
        for (String file : List.of(
                "query",
                "query_range",
                "series",
                "details",
                "cardinality",
                "expressions",
                "server",
                "tenant",
                "errors")) {
            pairs.addAll(GoldenPair.read(Path.of("src/test/resources/prometheus-api", file + ".txt")));
        }
        return pairs.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("golden")
    void answersAsPrometheusDoes(GoldenPair pair) {
        HttpResponse response = ask(pair.request(Map.of("x-scope-orgid", "team-a")));
        assertThat(GoldenPair.text(response)).isEqualTo(pair.expected());
        assertThat(response.headers()).containsEntry("content-type", "application/json");
    }

    private static HttpResponse ask(HttpRequest request) {
        Match match = Routes.match(request.method(), request.path());
        assertThat(match).isInstanceOf(Match.Found.class);
        return API.answer(request, (Match.Found) match, ACCESS);
    }

    private static HttpResponse ask(String requestLine, Map<String, String> headers, String body) {
        return ask(new GoldenPair(requestLine, requestLine, headers, body, 0, "").request(Map.of()));
    }

    private static HttpResponse ask(String requestLine, String acceptEncoding) {
        return ask(requestLine, Map.of("x-scope-orgid", "team-a", "accept-encoding", acceptEncoding), "");
    }

    @Test
    void compressesWhatIsWorthIt() throws IOException {
        HttpResponse large = ask("GET /prometheus/api/v1/query?query=large&limit=1000", "br, gzip;q=0.8");
        assertThat(large.headers()).containsEntry("content-encoding", "gzip");
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(large.body()))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{")
                    .endsWith("]},\"warnings\":[\"results truncated due to limit\"]}");
        }
        HttpResponse small = ask("GET /prometheus/api/v1/query?query=1%2B1", "gzip");
        assertThat(small.headers()).doesNotContainKey("content-encoding");
        assertThat(ask("GET /prometheus/api/v1/query?query=large&limit=1000", "gzip;q=0")
                        .headers())
                .doesNotContainKey("content-encoding");
    }

    @Test
    void refusesAnswersThatAFunctionCannotGive() {
        HttpResponse response = ask("GET /prometheus/api/v1/query?query=large", "identity");
        assertThat(response.status()).isEqualTo(422);
        assertThat(new String(response.body(), StandardCharsets.UTF_8)).contains("the answer is larger than");
        assertThat(ask("GET /prometheus/api/v1/query?query=large", "gzip").status())
                .isEqualTo(200);
    }

    @Test
    void refusesQueriesBeyondAllMeasure() {
        Map<String, String> headers =
                Map.of("x-scope-orgid", "team-a", "content-type", "application/x-www-form-urlencoded");
        HttpResponse response = ask("POST /prometheus/api/v1/query", headers, "query=" + "a".repeat(5 << 20));
        assertThat(response.status()).isEqualTo(400);
        assertThat(new String(response.body(), StandardCharsets.UTF_8))
                .contains("query is 5242880 characters long, at most 1048576 are allowed");
        assertThat(ask("POST /prometheus/api/v1/query", headers, "a&".repeat(2 << 20))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void asksForTheRightToRead() {
        String line = "/prometheus/api/v1/labels";
        HttpRequest request = new HttpRequest("GET", line, "", Map.of(), new byte[0]);
        Access write = Access.to(Set.of(new Tenant("team-a")), Set.of(Right.WRITE));
        assertThat(API.answer(request, (Match.Found) Routes.match("GET", line), write)
                        .status())
                .isEqualTo(403);
    }
}

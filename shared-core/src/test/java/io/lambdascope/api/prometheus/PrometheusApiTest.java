package io.lambdascope.api.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.api.Access;
import io.lambdascope.api.HttpRequest;
import io.lambdascope.api.HttpResponse;
import io.lambdascope.api.Routes;
import io.lambdascope.api.Routes.Match;
import io.lambdascope.api.Routes.Right;
import io.lambdascope.limits.Tenant;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
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
                    new ExpressionEndpoints(),
                    new RuleEndpoints(),
                    new ScrapeEndpoints(),
                    new StatusEndpoints(InstantSource.fixed(NOW), 300_000, Duration.ofSeconds(28))));

    static Stream<Arguments> golden() throws IOException {
        Stream.Builder<Arguments> pairs = Stream.builder();
        for (String file : List.of("query", "query_range", "series", "expressions", "server", "errors")) {
            String text = resource("/prometheus-api/" + file + ".txt");
            for (String pair : text.split("\n\n+")) {
                List<String> lines = pair.lines()
                        .filter(line -> !line.startsWith("#") && !line.isBlank())
                        .toList();
                if (!lines.isEmpty()) {
                    pairs.add(Arguments.of(file + ": " + lines.getFirst(), lines));
                }
            }
        }
        return pairs.build();
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(PrometheusApiTest.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("golden")
    void answersAsPrometheusDoes(String name, List<String> lines) {
        Map<String, String> headers = new LinkedHashMap<>(Map.of("x-scope-orgid", "team-a"));
        String body = "";
        for (String line : lines.subList(1, lines.size() - 2)) {
            if (line.startsWith("body: ")) {
                body = line.substring(6);
                headers.put("content-type", "application/x-www-form-urlencoded");
            } else {
                int colon = line.indexOf(':');
                headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        }
        HttpResponse response = ask(lines.getFirst(), headers, body);
        assertThat(new String(response.body(), StandardCharsets.UTF_8)).isEqualTo(lines.getLast());
        assertThat(response.status()).isEqualTo(Integer.parseInt(lines.get(lines.size() - 2)));
        assertThat(response.headers()).containsEntry("content-type", "application/json");
    }

    private static HttpResponse ask(String requestLine, Map<String, String> headers, String body) {
        String[] parts = requestLine.split(" ", 2);
        int question = parts[1].indexOf('?');
        String path = question < 0 ? parts[1] : parts[1].substring(0, question);
        String query = question < 0 ? "" : parts[1].substring(question + 1);
        HttpRequest request = new HttpRequest(parts[0], path, query, headers, body.getBytes(StandardCharsets.UTF_8));
        assertThat(Routes.match(parts[0], path)).isInstanceOf(Match.Found.class);
        return API.answer(request, (Match.Found) Routes.match(parts[0], path), ACCESS);
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

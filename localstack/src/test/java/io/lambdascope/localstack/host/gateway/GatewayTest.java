package io.lambdascope.localstack.host.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lambdascope.localstack.Progress;
import io.lambdascope.localstack.host.lambda.FunctionSettings;
import io.lambdascope.localstack.host.lambda.LambdaHost;
import io.lambdascope.localstack.host.lambda.LambdaLimits;
import io.lambdascope.localstack.host.lambda.ScriptedFunctions;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The gateway before a function whose answer is the event that it was given, or what the path says.
class GatewayTest {
    @TempDir
    static Path dataDir;

    private static final ConcurrentLinkedQueue<String> COMPLAINTS = new ConcurrentLinkedQueue<>();
    private static LambdaHost functions;
    private static Gateway gateway;
    private static Gateway hasty;
    private static HttpClient client;

    @BeforeAll
    static void start() throws Exception {
        Progress silent = new Progress(new PrintStream(OutputStream.nullOutputStream()), dataDir.resolve("logs"));
        functions = LambdaHost.open(dataDir, LambdaLimits.DEFAULTS, silent);
        FunctionSettings echo = ScriptedFunctions.settings("echo", Duration.ofSeconds(20), 2, Map.of());
        functions.deploy(List.of(echo));
        RouteTable routes = new RouteTable(List.of(
                new RouteTable.Route("GET", "/echo", "echo"),
                new RouteTable.Route("POST", "/echo", "echo"),
                new RouteTable.Route("GET", "/echo/{name}/values", "echo")));
        gateway = Gateway.start(settings(Duration.ofSeconds(30)), routes, functions, COMPLAINTS::add);
        hasty = Gateway.start(settings(Duration.ofMillis(500)), routes, functions, COMPLAINTS::add);
        client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    @AfterAll
    static void stop() {
        client.close();
        gateway.close();
        hasty.close();
        functions.close();
    }

    @Test
    void anEventHasAllOfTheRequest() throws Exception {
        String event = send(request("/echo?a=1%202&b=x&a=3")
                        .header("X-Scope-OrgID", "team")
                        .header("X-Twice", "1")
                        .header("X-Twice", "2")
                        .header("Cookie", "a=1; b=2")
                        .GET())
                .body();
        assertThat(event)
                .contains("\"version\":\"2.0\"")
                .contains("\"routeKey\":\"GET /echo\"")
                .contains("\"rawPath\":\"/echo\"")
                .contains("\"rawQueryString\":\"a=1%202&b=x&a=3\"")
                .contains("\"queryStringParameters\":{\"a\":\"1 2,3\",\"b\":\"x\"}")
                .contains("\"cookies\":[\"a=1\",\"b=2\"]")
                .contains("\"x-scope-orgid\":\"team\"")
                .contains("\"x-twice\":\"1,2\"")
                .contains("\"stage\":\"$default\"")
                .contains("\"method\":\"GET\"")
                .contains("\"isBase64Encoded\":false")
                .doesNotContain("\"body\"");
    }

    @Test
    void pathsAreHandedOnDecoded() throws Exception {
        assertThat(send(request("/echo/a%20b+%C3%B6/values").GET()).body())
                .contains("\"rawPath\":\"/echo/a b+ö/values\"")
                .contains("\"pathParameters\":{\"name\":\"a b+ö\"}");
    }

    @Test
    void aStageStandsBeforeThePath() throws Exception {
        assertThat(send(request("/prod/echo").GET()).body())
                .contains("\"rawPath\":\"/prod/echo\"")
                .contains("\"routeKey\":\"GET /echo\"")
                .contains("\"stage\":\"prod\"");
        assertThat(send(request("/test/echo").GET()).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, , hello, hello, false",
        "text/plain; charset=utf-8, , hello, hello, false",
        "application/json, gzip, hello, aGVsbG8=, true",
        "application/x-protobuf, , hello, aGVsbG8=, true",
        "application/x-www-form-urlencoded, , query=up, cXVlcnk9dXA=, true",
    })
    void bodiesAreTextOrBase64(String type, String encoding, String body, String inEvent, boolean base64)
            throws Exception {
        HttpRequest.Builder request = request("/echo").header("Content-Type", type);
        if (encoding != null) {
            request.header("Content-Encoding", encoding);
        }
        assertThat(send(request.POST(HttpRequest.BodyPublishers.ofString(body))).body())
                .contains("\"body\":\"%s\",\"isBase64Encoded\":%s".formatted(inEvent, base64));
    }

    @Test
    void limitsAreThoseOfApiGateway() throws Exception {
        assertThat(post(new byte[GatewaySettings.MAX_BODY_BYTES + 1]).statusCode())
                .as("10 MB for a body")
                .isEqualTo(413);
        assertThat(post(new byte[5 * 1024 * 1024]).statusCode())
                .as("6 MB for an event, and base64 takes a third more")
                .isEqualTo(413);
        assertThat(post(new byte[4 * 1024 * 1024]).statusCode()).isEqualTo(200);
        assertThat(send(request("/echo").header("X-Long", "x".repeat(11_000)).GET())
                        .statusCode())
                .isEqualTo(431);
    }

    @Test
    void whatHasNoRouteIsNotFound() throws Exception {
        HttpResponse<String> response = send(request("/nothing").GET());
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).isEqualTo("{\"message\":\"Not Found\"}");
        assertThat(send(request("/echo").DELETE()).statusCode()).isEqualTo(404);
    }

    @Test
    void failuresOfAFunctionAreErrorsOfTheGateway() throws Exception {
        HttpResponse<String> thrown = post("throw");
        assertThat(thrown.statusCode()).isEqualTo(500);
        assertThat(thrown.body()).isEqualTo("{\"message\":\"Internal Server Error\"}");
        assertThat(post("large").statusCode()).isEqualTo(500);
        HttpResponse<String> slow = send(HttpRequest.newBuilder(URI.create(hasty.endpoint() + "/echo"))
                .header("X-Do", "wait 2000")
                .POST(HttpRequest.BodyPublishers.noBody()));
        assertThat(slow.statusCode()).isEqualTo(503);
        assertThat(slow.body()).isEqualTo("{\"message\":\"Service Unavailable\"}");
        assertThat(COMPLAINTS).contains("POST /echo was answered 500", "POST /echo was answered 503");
    }

    @Test
    void aTakenPortIsRefused() {
        GatewaySettings same =
                new GatewaySettings("127.0.0.1", gateway.endpoint().getPort(), Set.of(), Duration.ofSeconds(1));
        assertThatThrownBy(() -> Gateway.start(same, new RouteTable(List.of()), functions, COMPLAINTS::add))
                .isInstanceOf(BindException.class);
    }

    private static HttpResponse<String> post(String command) throws Exception {
        return send(request("/echo").header("X-Do", command).POST(HttpRequest.BodyPublishers.noBody()));
    }

    private static HttpResponse<String> post(byte[] body) throws Exception {
        return send(request("/echo").POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    private static GatewaySettings settings(Duration timeout) {
        return new GatewaySettings("127.0.0.1", 0, Set.of("prod"), timeout);
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(gateway.endpoint() + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }
}

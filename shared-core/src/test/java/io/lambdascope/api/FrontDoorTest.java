package io.lambdascope.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lambdascope.api.Routes.Api;
import io.lambdascope.api.Routes.Function;
import io.lambdascope.api.Routes.Match;
import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.limits.Tenant;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FrontDoorTest {
    private static final FrontDoor DOOR = new FrontDoor(
            Function.QUERY,
            request -> {
                String token = request.header("authorization");
                if (token == null) {
                    throw new Fault(FaultKind.UNAUTHENTICATED, "no token");
                }
                if (token.equals("slow")) {
                    throw Fault.unavailable("keys are away", new IllegalStateException());
                }
                return Access.everything(new Tenant(token));
            },
            Map.of(
                    Api.PROMETHEUS, FrontDoorTest::told,
                    Api.REMOTE_READ, FrontDoorTest::told,
                    Api.FEDERATION, FrontDoorTest::told,
                    Api.LOKI, FrontDoorTest::told));

    private static HttpResponse told(HttpRequest request, Match.Found found, Access access) {
        return HttpResponse.text(200, found.route().key() + " " + access.tenantsOf(request));
    }

    private static HttpResponse ask(String method, String path, String token) {
        return DOOR.answer(new HttpRequest(method, path, "", Map.of("authorization", token), new byte[0]));
    }

    @Test
    void passesOnWhatIsInOrder() {
        HttpResponse response = ask("GET", "/prometheus/api/v1/labels", "me");
        assertThat(new String(response.body(), StandardCharsets.UTF_8)).isEqualTo("GET /prometheus/api/v1/labels [me]");
    }

    @Test
    void refusesTheRest() {
        assertThat(ask("GET", "/nowhere", "me").status()).isEqualTo(404);
        assertThat(ask("PUT", "/prometheus/api/v1/labels", "me").status()).isEqualTo(405);
        assertThat(ask("PUT", "/prometheus/api/v1/labels", "me").headers()).containsEntry("allow", "GET, POST");
        assertThat(ask("HEAD", "/prometheus/api/v1/labels", "me").status()).isEqualTo(405);
        assertThat(ask("POST", "/api/v1/push", "me").status()).isEqualTo(404);
        assertThat(ask("GET", "/prometheus/api/v1/labels", "slow").status()).isEqualTo(503);
        assertThat(DOOR.answer(new HttpRequest("GET", "/prometheus/api/v1/labels", "", Map.of(), new byte[0]))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void tellsTheMethodsOfAPath() {
        HttpResponse response = ask("OPTIONS", "/prometheus/api/v1/query", "");
        assertThat(response.status()).isEqualTo(204);
        assertThat(response.headers()).containsEntry("allow", "GET, POST");
        assertThat(response.body()).isEmpty();
    }

    @Test
    void healthNeedsNoToken() {
        for (String method : List.of("GET", "HEAD")) {
            HttpRequest request = new HttpRequest(method, "/prometheus/-/ready", "", Map.of(), new byte[0]);
            assertThat(DOOR.answer(request).status()).isEqualTo(200);
        }
    }

    @Test
    void everyApiOfTheFunctionHasAnEndpoint() {
        assertThatThrownBy(() -> new FrontDoor(Function.INGEST, _ -> Access.everything(new Tenant("me")), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("REMOTE_WRITE");
    }
}

package io.lambdascope.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.api.Routes.Match;
import io.lambdascope.api.Routes.Right;
import io.lambdascope.api.Routes.Route;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {
    @Test
    void everyRouteIsFoundByItsOwnPath() {
        for (Route route : Routes.ALL) {
            Match match = Routes.match(route.method(), route.path().replace("{name}", "job"));
            assertThat(match)
                    .isInstanceOfSatisfying(
                            Match.Found.class,
                            found -> assertThat(found.route()).isEqualTo(route));
        }
    }

    @Test
    void noTwoRoutesAreTheSame() {
        assertThat(Routes.ALL).extracting(Route::key).doesNotHaveDuplicates();
    }

    @Test
    void onlyHealthNeedsNoToken() {
        assertThat(Routes.ALL.stream()
                        .filter(route -> route.right() == Right.NONE)
                        .map(Route::path))
                .containsOnly("/ready", "/-/ready", "/-/healthy", "/prometheus/-/ready", "/prometheus/-/healthy");
    }

    @Test
    void namesThePartsOfThePath() {
        assertThat(Routes.match("GET", "/prometheus/api/v1/label/U__a_2e_b/values"))
                .isInstanceOfSatisfying(
                        Match.Found.class,
                        found -> assertThat(found.variables()).isEqualTo(Map.of("name", "U__a_2e_b")));
    }

    @Test
    void knowsOtherMethods() {
        assertThat(Routes.match("DELETE", "/prometheus/api/v1/query"))
                .isEqualTo(new Match.OtherMethod(List.of("GET", "POST")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/prometheus",
                "/prometheus/api/v1/label//values",
                "/prometheus/api/v1/query/",
                "/prometheus/api/v1/../v1/query",
                "/x/ready"
            })
    void knowsNothingElse(String path) {
        assertThat(Routes.match("GET", path)).isInstanceOf(Match.NotFound.class);
    }

    @ParameterizedTest
    @CsvSource({
        "/prod/ready, prod, /ready",
        "/ready, $default, /ready",
        "/production/ready, prod, /production/ready",
        "/prod, prod, /",
        "/ready, '', /ready",
    })
    void takesTheStageOff(String path, String stage, String expected) {
        assertThat(Routes.withoutStage(path, stage)).isEqualTo(expected);
    }
}

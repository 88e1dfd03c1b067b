package io.lambdascope.localstack.host.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTableTest {
    private final RouteTable table = new RouteTable(List.of(
            new RouteTable.Route("ANY", "/{everything+}", "rest"),
            new RouteTable.Route("GET", "/label/{name}/values", "one"),
            new RouteTable.Route("GET", "/label/job/values", "job"),
            new RouteTable.Route("ANY", "/ready", "any"),
            new RouteTable.Route("GET", "/ready", "get")));

    @ParameterizedTest
    @CsvSource({
        "GET, /ready, get, {}",
        "POST, /ready, any, {}",
        "GET, /label/job/values, job, {}",
        "GET, /label/instance/values, one, {name=instance}",
        "POST, /label/instance/values, rest, {everything=label/instance/values}",
        "GET, /label//values, rest, {everything=label//values}",
        "GET, /, rest, {everything=}",
    })
    void theMostSpecificRouteIsFound(String method, String path, String function, String parameters) {
        RouteTable.Match match = Objects.requireNonNull(table.find(method, path));
        assertThat(match.route().function()).isEqualTo(function);
        assertThat(match.parameters()).hasToString(parameters);
    }

    @ParameterizedTest
    @CsvSource({"GET, /other", "POST, /ready", "GET, /ready/", "GET, /label/a/b/values"})
    void whatHasNoRouteIsNotFound(String method, String path) {
        RouteTable few = new RouteTable(List.of(
                new RouteTable.Route("GET", "/ready", "get"),
                new RouteTable.Route("GET", "/label/{name}/values", "one")));
        assertThat(few.find(method, path)).isNull();
    }
}

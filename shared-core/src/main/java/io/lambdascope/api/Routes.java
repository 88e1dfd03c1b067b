package io.lambdascope.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Every URL that we answer, the function that does it and the right it needs. What API Gateway, the local host and
/// the tests know of our URLs is made from this table or checked against it.
public final class Routes {
    /// Which function answers.
    public enum Function {
        INGEST,
        QUERY
    }

    /// What a URL belongs to: one class answers all of it.
    public enum Api {
        HEALTH(Function.QUERY),
        PROMETHEUS(Function.QUERY),
        REMOTE_READ(Function.QUERY),
        FEDERATION(Function.QUERY),
        LOKI(Function.QUERY),
        REMOTE_WRITE(Function.INGEST),
        INFLUX(Function.INGEST),
        LOKI_PUSH(Function.INGEST),
        OTLP(Function.INGEST);

        private final Function function;

        Api(Function function) {
            this.function = function;
        }

        /// The function that answers it.
        public Function function() {
            return function;
        }
    }

    /// What a token must allow.
    public enum Right {
        /// Nothing: no token is looked at.
        NONE,
        READ,
        WRITE,
        RULES,
        ADMIN
    }

    /// @param method upper case
    /// @param path begins with `/`; `{name}` stands for one part of the path, not empty
    public record Route(String method, String path, Api api, Right right) {
        public Function function() {
            return api.function();
        }

        /// As API Gateway names a route: `GET /ready`.
        public String key() {
            return method + " " + path;
        }

        private @Nullable Map<String, String> match(String[] parts) {
            String[] wanted = path.split("/", -1);
            if (wanted.length != parts.length) {
                return null;
            }
            Map<String, String> variables = new LinkedHashMap<>();
            for (int i = 0; i < parts.length; i++) {
                boolean variable = wanted[i].startsWith("{");
                if (variable && !parts[i].isEmpty()) {
                    variables.put(wanted[i].substring(1, wanted[i].length() - 1), parts[i]);
                } else if (variable || !wanted[i].equals(parts[i])) {
                    return null;
                }
            }
            return variables;
        }
    }

    /// What a request's method and path lead to.
    public sealed interface Match {
        /// @param variables parts of the path by their names in [Route#path], percent-encoding as it came
        record Found(Route route, Map<String, String> variables) implements Match {}

        /// The path is one of ours, the method is not.
        ///
        /// @param allowed methods that are, sorted
        record OtherMethod(List<String> allowed) implements Match {}

        record NotFound() implements Match {}
    }

    /// What the paths of Prometheus' query API begin with.
    public static final String PROMETHEUS = "/prometheus/api/v1/";

    /// What is asked by GET, or by POST with the parameters as a form, as Prometheus has it.
    private static final List<String> QUERY_OR_FORM = List.of(
            "query",
            "query_range",
            "query_exemplars",
            "format_query",
            "parse_query",
            "series",
            "labels",
            "cardinality/label_names",
            "cardinality/label_values",
            "cardinality/active_series");

    /// What is asked by GET alone.
    private static final List<String> QUERY = List.of(
            "label/{name}/values",
            "metadata",
            "rules",
            "alerts",
            "targets",
            "targets/metadata",
            "scrape_pools",
            "alertmanagers",
            "features",
            "status/buildinfo",
            "status/config",
            "status/flags",
            "status/runtimeinfo",
            "status/tsdb",
            "status/walreplay");

    /// What is done by POST or by PUT, parameters in the query string or as a form.
    private static final List<String> ADMIN = List.of("admin/tsdb/delete_series", "admin/tsdb/clean_tombstones");

    /// What the paths of Loki's API begin with.
    public static final String LOKI = "/loki/api/v1/";

    /// Where Grafana looks for rules of a Loki data source.
    public static final String LOKI_RULES = "/api/prom/rules";

    /// What is asked of Loki by GET, or by POST with the parameters as a form.
    private static final List<String> LOKI_QUERY_OR_FORM = List.of(
            "query",
            "query_range",
            "label",
            "labels",
            "label/{name}/values",
            "series",
            "index/stats",
            "index/volume",
            "index/volume_range",
            "detected_labels",
            "detected_fields",
            "detected_field/{name}/values",
            "patterns",
            "format_query");

    /// What is asked of Loki by GET alone.
    private static final List<String> LOKI_QUERY = List.of("tail", "rules", "drilldown-limits", "status/buildinfo");

    private static final List<String> HEALTH =
            List.of("/ready", "/-/ready", "/-/healthy", "/prometheus/-/ready", "/prometheus/-/healthy");

    /// What a gateway passes to [Function#QUERY] where no route matches, whatever the method, and without looking at a
    /// token: only the front door answers there, with 404, 405 or the methods that a path knows.
    public static final List<String> UNMATCHED = List.of("/prometheus/{path+}", "/loki/{path+}");

    /// All of them. No two match the same request.
    public static final List<Route> ALL = all();

    private Routes() {}

    private static List<Route> all() {
        List<Route> routes = new ArrayList<>();
        for (String path : QUERY_OR_FORM) {
            routes.add(new Route("GET", PROMETHEUS + path, Api.PROMETHEUS, Right.READ));
            routes.add(new Route("POST", PROMETHEUS + path, Api.PROMETHEUS, Right.READ));
        }
        for (String path : QUERY) {
            routes.add(new Route("GET", PROMETHEUS + path, Api.PROMETHEUS, Right.READ));
        }
        for (String path : ADMIN) {
            routes.add(new Route("POST", PROMETHEUS + path, Api.PROMETHEUS, Right.ADMIN));
            routes.add(new Route("PUT", PROMETHEUS + path, Api.PROMETHEUS, Right.ADMIN));
        }
        for (String path : LOKI_QUERY_OR_FORM) {
            routes.add(new Route("GET", LOKI + path, Api.LOKI, Right.READ));
            routes.add(new Route("POST", LOKI + path, Api.LOKI, Right.READ));
        }
        for (String path : LOKI_QUERY) {
            routes.add(new Route("GET", LOKI + path, Api.LOKI, Right.READ));
        }
        routes.add(new Route("GET", LOKI_RULES, Api.LOKI, Right.READ));
        routes.add(new Route("POST", PROMETHEUS + "read", Api.REMOTE_READ, Right.READ));
        routes.add(new Route("GET", "/prometheus/federate", Api.FEDERATION, Right.READ));
        routes.add(new Route("GET", "/federate", Api.FEDERATION, Right.READ));
        routes.add(new Route("GET", "/api/v1/user_stats", Api.PROMETHEUS, Right.READ));
        routes.add(new Route("GET", "/api/v1/user_limits", Api.PROMETHEUS, Right.READ));
        routes.add(new Route("POST", "/api/v1/push", Api.REMOTE_WRITE, Right.WRITE));
        routes.add(new Route("POST", PROMETHEUS + "write", Api.REMOTE_WRITE, Right.WRITE));
        routes.add(new Route("POST", "/api/v1/push/influx/write", Api.INFLUX, Right.WRITE));
        routes.add(new Route("POST", LOKI + "push", Api.LOKI_PUSH, Right.WRITE));
        for (String base : List.of("/otlp", "")) {
            routes.add(new Route("POST", base + "/v1/metrics", Api.OTLP, Right.WRITE));
            routes.add(new Route("POST", base + "/v1/logs", Api.OTLP, Right.WRITE));
        }
        for (String path : HEALTH) {
            routes.add(new Route("GET", path, Api.HEALTH, Right.NONE));
            routes.add(new Route("HEAD", path, Api.HEALTH, Right.NONE));
        }
        return List.copyOf(routes);
    }

    /// @param method upper case
    /// @param path without stage prefix and query string
    public static Match match(String method, String path) {
        String[] parts = path.split("/", -1);
        TreeSet<String> allowed = new TreeSet<>();
        for (Route route : ALL) {
            Map<String, String> variables = route.match(parts);
            if (variables != null) {
                if (route.method().equals(method)) {
                    return new Match.Found(route, Map.copyOf(variables));
                }
                allowed.add(route.method());
            }
        }
        return allowed.isEmpty() ? new Match.NotFound() : new Match.OtherMethod(List.copyOf(allowed));
    }

    /// The path as [#match] wants it: an HTTP API puts its stage before the path unless that is `$default`.
    public static String withoutStage(String path, String stage) {
        String prefix = "/" + stage;
        if (stage.isEmpty() || !path.startsWith(prefix)) {
            return path;
        }
        if (path.length() == prefix.length()) {
            return "/";
        }
        return path.charAt(prefix.length()) == '/' ? path.substring(prefix.length()) : path;
    }
}

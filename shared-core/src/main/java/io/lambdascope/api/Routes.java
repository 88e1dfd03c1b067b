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
        REMOTE_WRITE(Function.INGEST);

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

    /// All of them. No two match the same request.
    public static final List<Route> ALL = all();

    private Routes() {}

    private static List<Route> all() {
        List<Route> routes = new ArrayList<>();
        for (String method : List.of("GET", "POST")) {
            for (String path : List.of("query", "query_range", "series", "labels")) {
                routes.add(new Route(method, PROMETHEUS + path, Api.PROMETHEUS, Right.READ));
            }
            routes.add(new Route(method, PROMETHEUS + "label/{name}/values", Api.PROMETHEUS, Right.READ));
            routes.add(new Route(method, PROMETHEUS + "status/buildinfo", Api.PROMETHEUS, Right.READ));
        }
        routes.add(new Route("POST", "/api/v1/push", Api.REMOTE_WRITE, Right.WRITE));
        routes.add(new Route("POST", PROMETHEUS + "write", Api.REMOTE_WRITE, Right.WRITE));
        routes.add(new Route("GET", "/ready", Api.HEALTH, Right.NONE));
        routes.add(new Route("GET", "/-/healthy", Api.HEALTH, Right.NONE));
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

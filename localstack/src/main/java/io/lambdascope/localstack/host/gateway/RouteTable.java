package io.lambdascope.localstack.host.gateway;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The routes of an HTTP API, found as API Gateway finds them: a whole path goes before one with parameters, and those
/// before a greedy one.
public final class RouteTable {
    /// @param method upper case, or `ANY`
    /// @param path a template such as `/api/v1/label/{name}/values`; the last part may be greedy, `{path+}`
    /// @param function which function answers
    public record Route(String method, String path, String function) {
        String key() {
            return method + " " + path;
        }

        List<String> parts() {
            return List.of(path.substring(1).split("/", -1));
        }
    }

    /// @param parameters what the parts in braces stand for
    record Match(Route route, Map<String, String> parameters) {}

    private final List<Route> routes;

    public RouteTable(List<Route> routes) {
        List<Route> sorted = new ArrayList<>(routes);
        sorted.sort(Comparator.comparingInt(RouteTable::vagueness));
        this.routes = List.copyOf(sorted);
    }

    private static int vagueness(Route route) {
        int vagueness = route.method().equals("ANY") ? 1 : 0;
        for (String part : route.parts()) {
            vagueness += isGreedy(part) ? 1000 : isParameter(part) ? 10 : 0;
        }
        return vagueness;
    }

    private static boolean isParameter(String part) {
        return part.startsWith("{") && part.endsWith("}");
    }

    private static boolean isGreedy(String part) {
        return part.startsWith("{") && part.endsWith("+}");
    }

    @Nullable
    Match find(String method, String path) {
        for (Route route : routes) {
            if (route.method().equals("ANY") || route.method().equals(method)) {
                Map<String, String> parameters = match(route.parts(), path);
                if (parameters != null) {
                    return new Match(route, parameters);
                }
            }
        }
        return null;
    }

    private static @Nullable Map<String, String> match(List<String> template, String path) {
        String[] parts = path.substring(1).split("/", -1);
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 0; i < template.size(); i++) {
            String wanted = template.get(i);
            if (i >= parts.length) {
                return null;
            }
            if (isGreedy(wanted)) {
                String rest = String.join("/", List.of(parts).subList(i, parts.length));
                parameters.put(wanted.substring(1, wanted.length() - 2), rest);
                return parameters;
            }
            if (isParameter(wanted) && !parts[i].isEmpty()) {
                parameters.put(wanted.substring(1, wanted.length() - 1), parts[i]);
            } else if (!wanted.equals(parts[i])) {
                return null;
            }
        }
        return parts.length == template.size() ? parameters : null;
    }
}

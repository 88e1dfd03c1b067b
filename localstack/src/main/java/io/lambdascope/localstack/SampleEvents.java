package io.lambdascope.localstack;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/// An event per function that takes it through its work and changes nothing: what caches of classes are trained with
/// and cold starts are measured by.
public final class SampleEvents {
    /// One function of each module: those of one module share a cache.
    static final List<String> TRAINED =
            List.of(DeployedFunctions.PUSH, DeployedFunctions.QUERY, DeployedFunctions.COMPACT);

    /// The functions that there are events for.
    public static final List<String> FUNCTIONS =
            List.of(DeployedFunctions.PUSH, DeployedFunctions.HEAD, DeployedFunctions.COMPACT, DeployedFunctions.QUERY);

    /// A remote write request without series: the length 0, in snappy's block format.
    private static final byte[] EMPTY_PUSH = {0};

    private SampleEvents() {}

    /// @throws IllegalArgumentException if there is none for `function`
    public static byte[] of(String function) {
        String json = switch (function) {
            case DeployedFunctions.PUSH -> http("POST", "/api/v1/push", "", "application/x-protobuf", EMPTY_PUSH);
            case DeployedFunctions.QUERY ->
                http("GET", "/prometheus/api/v1/query", "query=sum%20by%20(job)%20(rate(up%5B5m%5D))", "", new byte[0]);
            case DeployedFunctions.HEAD -> "{\"Records\":[]}";
            case DeployedFunctions.COMPACT ->
                "{\"version\":\"0\",\"detail-type\":\"Scheduled Event\",\"source\":\"aws.scheduler\"}";
            default -> throw new IllegalArgumentException("no event for " + function);
        };
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private static String http(String method, String path, String query, String type, byte[] body) {
        return """
                {"version":"2.0","routeKey":"%1$s %2$s","rawPath":"%2$s","rawQueryString":"%3$s",\
                "headers":{"content-type":"%4$s","x-scope-orgid":"nobody"},\
                "requestContext":{"http":{"method":"%1$s","path":"%2$s"},"stage":"$default"},\
                "body":"%5$s","isBase64Encoded":true}""".formatted(method, path, query, type, Base64.getEncoder().encodeToString(body));
    }
}

package io.lambdascope.localstack.host.gateway;

import java.time.Duration;
import java.util.Set;

/// Where the gateway listens and what it lets through.
///
/// @param host address to listen on; `127.0.0.1` keeps it to this machine
/// @param port 0 for any free one
/// @param stages named stages beside `$default`: their names may stand before every path
/// @param timeout how long an integration may take; 30 s is API Gateway's
public record GatewaySettings(String host, int port, Set<String> stages, Duration timeout) {
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    /// The most bytes of a request's body.
    public static final int MAX_BODY_BYTES = 10 * 1024 * 1024;

    /// The most bytes of a request's line and headers.
    public static final int MAX_HEADER_BYTES = 10_240;

    public GatewaySettings {
        stages = Set.copyOf(stages);
    }
}

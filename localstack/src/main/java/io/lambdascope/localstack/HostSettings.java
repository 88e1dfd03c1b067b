package io.lambdascope.localstack;

import java.nio.file.Path;
import java.util.Map;

/// What a person who runs the machine may set, read from the environment.
///
/// @param projectDir where the packaged functions are
/// @param dataDir all that is kept between two starts, and the logs
/// @param host address of the gateway
/// @param port port of the gateway, 0 for any free one
public record HostSettings(Path projectDir, Path dataDir, String host, int port) {
    static final int DEFAULT_PORT = 8080;

    public HostSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("PORT must be 0 to 65535, but is %d".formatted(port));
        }
    }

    /// @throws IllegalArgumentException that names the variable and what would be right
    static HostSettings from(Map<String, String> environment) {
        return new HostSettings(
                Path.of(environment.getOrDefault("PROJECT_DIR", "."))
                        .toAbsolutePath()
                        .normalize(),
                Path.of(environment.getOrDefault("DATA_DIR", ".data"))
                        .toAbsolutePath()
                        .normalize(),
                environment.getOrDefault("HOST", "127.0.0.1"),
                number(environment, "PORT", DEFAULT_PORT));
    }

    private static int number(Map<String, String> environment, String name, int otherwise) {
        String text = environment.get(name);
        if (text == null || text.isBlank()) {
            return otherwise;
        }
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("%s must be a number, but is \"%s\"".formatted(name, text), e);
        }
    }
}

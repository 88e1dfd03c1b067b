package io.lambdascope.localstack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What may be set of one machine.
///
/// @param projectDir the project, whose packaged functions are run
/// @param dataDir all that is kept between two starts, and the logs
/// @param host address of the gateway
/// @param port port of the gateway, 0 for any free one
/// @param stages named stages of the gateway beside `$default`
/// @param compactEvery how often compaction is woken
/// @param queueVisibility after how long a message that was not done comes again
/// @param maxReceiveCount how often a message may come before it goes to the dead letters
/// @param useCaches whether caches of classes are made in the background and used
/// @param environment settings for all functions beside those that follow from here
public record MachineSettings(
        Path projectDir,
        Path dataDir,
        String host,
        int port,
        Set<String> stages,
        Duration compactEvery,
        Duration queueVisibility,
        int maxReceiveCount,
        boolean useCaches,
        Map<String, String> environment) {
    static final String LOOPBACK = "127.0.0.1";

    private static final Set<String> PASSED_ON =
            Set.of("HEAD_MAX_AGE_SECONDS", "MAX_JOB_BLOCKS", "DELETE_DELAY_SECONDS", "COMPACT_CLAIM_SECONDS");

    private static final int DEFAULT_PORT = 8080;
    private static final int DEFAULT_COMPACT_SECONDS = 60;
    private static final int DEFAULT_VISIBILITY_SECONDS = 60;

    public MachineSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("PORT must be 0 to 65535, but is %d".formatted(port));
        }
        if (compactEvery.toMillis() < 1 || queueVisibility.toSeconds() < 1 || maxReceiveCount < 1) {
            throw new IllegalArgumentException(
                    "compactEvery, queueVisibility and maxReceiveCount must be positive, but are %s, %s, %d"
                            .formatted(compactEvery, queueVisibility, maxReceiveCount));
        }
        projectDir = projectDir.toAbsolutePath().normalize();
        dataDir = dataDir.toAbsolutePath().normalize();
        stages = Set.copyOf(stages);
        environment = Map.copyOf(environment);
    }

    /// Settings for tests and measurements: any free port, no caches, messages that fail come again soon.
    public static MachineSettings forTests(Path projectDir, Path dataDir) {
        return new MachineSettings(
                projectDir,
                dataDir,
                LOOPBACK,
                0,
                Set.of(),
                Duration.ofHours(1),
                Duration.ofSeconds(4),
                3,
                false,
                Map.of());
    }

    /// What a person who runs `make run` may set: `HOST`, `PORT`, `DATA_DIR`, `COMPACT_EVERY_SECONDS`,
    /// `QUEUE_VISIBILITY_SECONDS`, and of compaction `HEAD_MAX_AGE_SECONDS`, `MAX_JOB_BLOCKS`,
    /// `DELETE_DELAY_SECONDS` and `COMPACT_CLAIM_SECONDS`.
    ///
    /// @throws IllegalArgumentException that names the variable and what would be right
    static MachineSettings from(Map<String, String> environment) {
        return new MachineSettings(
                Path.of(text(environment, "PROJECT_DIR", ".")),
                Path.of(text(environment, "DATA_DIR", ".data")),
                text(environment, "HOST", LOOPBACK),
                number(environment, "PORT", DEFAULT_PORT),
                Set.of(),
                Duration.ofSeconds(number(environment, "COMPACT_EVERY_SECONDS", DEFAULT_COMPACT_SECONDS)),
                Duration.ofSeconds(number(environment, "QUEUE_VISIBILITY_SECONDS", DEFAULT_VISIBILITY_SECONDS)),
                10,
                true,
                passedOn(environment));
    }

    /// Settings of the functions themselves, for those who want to see compaction soon.
    private static Map<String, String> passedOn(Map<String, String> environment) {
        Map<String, String> passed = new TreeMap<>(environment);
        passed.keySet().retainAll(PASSED_ON);
        return passed;
    }

    private static String text(Map<String, String> environment, String name, String otherwise) {
        String text = environment.get(name);
        return text == null || text.isBlank() ? otherwise : text.strip();
    }

    private static int number(Map<String, String> environment, String name, int otherwise) {
        String text = text(environment, name, Integer.toString(otherwise));
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("%s must be a whole number, but is \"%s\"".formatted(name, text), e);
        }
    }

    public MachineSettings withDataDir(Path other) {
        return new MachineSettings(
                projectDir,
                other,
                host,
                port,
                stages,
                compactEvery,
                queueVisibility,
                maxReceiveCount,
                useCaches,
                environment);
    }

    public MachineSettings withStages(Set<String> others) {
        return new MachineSettings(
                projectDir,
                dataDir,
                host,
                port,
                others,
                compactEvery,
                queueVisibility,
                maxReceiveCount,
                useCaches,
                environment);
    }

    public MachineSettings withEnvironment(Map<String, String> other) {
        return new MachineSettings(
                projectDir,
                dataDir,
                host,
                port,
                stages,
                compactEvery,
                queueVisibility,
                maxReceiveCount,
                useCaches,
                other);
    }

    public MachineSettings withCompactEvery(Duration other) {
        return new MachineSettings(
                projectDir,
                dataDir,
                host,
                port,
                stages,
                other,
                queueVisibility,
                maxReceiveCount,
                useCaches,
                environment);
    }
}

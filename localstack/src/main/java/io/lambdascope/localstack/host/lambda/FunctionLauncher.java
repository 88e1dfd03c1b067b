package io.lambdascope.localstack.host.lambda;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Starts processes of functions as Lambda's Java runtime does: the Runtime Interface Client with the function on its
/// class path, the heap set from the memory, nothing in the environment but what the function is configured with.
final class FunctionLauncher {
    private static final String RUNTIME_CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

    /// Training must not hold up those who wait for an answer.
    private static final List<String> LEAST_URGENT = List.of("nice", "-n", "19");

    private final Path dataDir;
    private final FunctionSettings settings;
    private final String lambdaAddress;
    private final List<String> hostFlags;
    private final AotCache cache;
    private final boolean training;

    /// @param lambdaAddress host:port of the Runtime API
    /// @param hostFlags for the JVM of every function
    /// @param training whether processes write `cache` when they end, rather than use it where it is there
    FunctionLauncher(
            Path dataDir,
            FunctionSettings settings,
            String lambdaAddress,
            List<String> hostFlags,
            AotCache cache,
            boolean training) {
        this.dataDir = dataDir;
        this.settings = settings;
        this.lambdaAddress = lambdaAddress;
        this.hostFlags = hostFlags;
        this.cache = cache;
        this.training = training;
    }

    FunctionProcess launch(FunctionPool pool) throws IOException {
        String id = settings.name() + "-" + UUID.randomUUID();
        Path tmp = Files.createDirectories(dataDir.resolve("tmp").resolve(id));
        boolean cached = !training && cache.exists();
        ProcessBuilder builder = new ProcessBuilder(command(tmp, cached));
        builder.directory(tmp.toFile());
        builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()));
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(environment(id));
        return new FunctionProcess(id, pool, builder.start(), tmp, cached ? cache.file() : null);
    }

    private List<String> command(Path tmp, boolean cached) {
        List<String> command = new ArrayList<>(training ? LEAST_URGENT : List.of());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + settings.heapMb() + "m");
        command.add("-XX:+UseSerialGC");
        command.addAll(settings.jvmFlags());
        command.addAll(training ? cache.trainFlags() : cached ? cache.useFlags() : List.of());
        command.addAll(hostFlags);
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.add("-Djava.io.tmpdir=" + tmp);
        command.add("-cp");
        command.add(settings.artifact().classPath().stream()
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator)));
        command.add(RUNTIME_CLIENT);
        command.add(settings.artifact().entry());
        return command;
    }

    private Map<String, String> environment(String id) {
        Map<String, String> environment = new TreeMap<>(settings.environment());
        environment.put("AWS_LAMBDA_RUNTIME_API", lambdaAddress + "/" + id);
        environment.put("AWS_LAMBDA_FUNCTION_NAME", settings.name());
        environment.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
        environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(settings.memoryMb()));
        environment.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + settings.name());
        environment.put("AWS_LAMBDA_LOG_STREAM_NAME", id);
        environment.put("LAMBDA_TASK_ROOT", settings.artifact().directory().toString());
        environment.put("_HANDLER", settings.artifact().entry());
        environment.put("TZ", ":UTC");
        environment.put("LANG", "en_US.UTF-8");
        environment.put("PATH", "/usr/local/bin:/usr/bin:/bin");
        return environment;
    }

    Path logFile() {
        return dataDir.resolve("logs").resolve(settings.name() + ".log");
    }

    /// Deletes what an ended process had in its own temporary directory.
    void cleanUp(FunctionProcess process) {
        deleteAll(process.tmp);
    }

    static void deleteAll(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            // What cannot be deleted now is deleted at the next start.
            System.getLogger(FunctionLauncher.class.getName())
                    .log(System.Logger.Level.DEBUG, () -> "cannot delete " + directory, e);
        }
    }
}

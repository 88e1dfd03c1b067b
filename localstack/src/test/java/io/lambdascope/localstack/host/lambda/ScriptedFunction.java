package io.lambdascope.localstack.host.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// A function that does what its event says, for tests of what surrounds functions. The first word of the event is
/// what to do; without one of the words below the event is the answer.
public final class ScriptedFunction implements RequestStreamHandler {
    private final String refusal = System.getenv().getOrDefault("REFUSE_TO_START", "");

    public ScriptedFunction() {
        if (!refusal.isEmpty()) {
            throw new IllegalStateException(refusal);
        }
    }

    /// The settings that run it.
    static FunctionSettings settings(String name, Duration timeout, int maxInstances, Map<String, String> environment)
            throws IOException {
        List<Path> classPath =
                new ArrayList<>(Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(Path::of)
                        .filter(path -> path.endsWith("test-classes"))
                        .toList());
        classPath.addAll(FunctionArtifact.runtimeClient());
        FunctionArtifact artifact = new FunctionArtifact(
                classPath.getFirst(), classPath, ScriptedFunction.class.getName() + "::handleRequest");
        return new FunctionSettings(
                name, artifact, 400, timeout, maxInstances, List.of("-XX:TieredStopAtLevel=1"), environment);
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        String event = new String(input.readAllBytes(), StandardCharsets.UTF_8);
        switch (event.split(" ")[0]) {
            case "throw" -> throw new IllegalStateException("thrown on demand");
            case "exit" -> Runtime.getRuntime().halt(3);
            case "hang" -> {
                while (true) {
                    LockSupport.parkNanos(Long.MAX_VALUE);
                }
            }
            case "wait" -> {
                long end = System.nanoTime()
                        + Duration.ofMillis(Long.parseLong(event.split(" ")[1])).toNanos();
                while (System.nanoTime() < end) {
                    LockSupport.parkNanos(end - System.nanoTime());
                }
            }
            case "grow" -> grow();
            case "large" -> output.write(new byte[7 * 1024 * 1024]);
            case "pid" -> write(output, Long.toString(ProcessHandle.current().pid()));
            case "env" -> write(output, String.valueOf(System.getenv(event.split(" ")[1])));
            case "heap" -> write(output, Long.toString(Runtime.getRuntime().maxMemory() >> 20));
            case "deadline" -> write(output, Integer.toString(context.getRemainingTimeInMillis()));
            case "memory" -> write(output, Integer.toString(context.getMemoryLimitInMB()));
            default -> write(output, event);
        }
    }

    private static void write(OutputStream output, String text) throws IOException {
        output.write(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Takes memory outside the heap, which the heap's own limit does not see.
    private static void grow() {
        while (true) {
            Arena.global().allocate(16 << 20).fill((byte) 1);
        }
    }
}

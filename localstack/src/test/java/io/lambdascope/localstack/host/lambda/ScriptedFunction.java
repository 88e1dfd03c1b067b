package io.lambdascope.localstack.host.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A function that does what its event says, for tests of what surrounds functions. The first word of the event is
/// what to do, or of the header `x-do` in the event of a request; without one of the words below the event is the
/// answer.
public final class ScriptedFunction implements RequestStreamHandler {
    private static final Pattern DO = Pattern.compile("\"x-do\":\"([^\"]*)\"");

    private final String refusal = System.getenv().getOrDefault("REFUSE_TO_START", "");

    public ScriptedFunction() {
        if (!refusal.isEmpty()) {
            throw new IllegalStateException(refusal);
        }
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        String event = new String(input.readAllBytes(), StandardCharsets.UTF_8);
        Matcher header = DO.matcher(event);
        String[] words = (header.find() ? header.group(1) : event).split(" ");
        switch (words[0]) {
            case "throw" -> throw new IllegalStateException("thrown on demand");
            case "exit" -> Runtime.getRuntime().halt(3);
            case "hang" -> {
                while (true) {
                    LockSupport.parkNanos(Long.MAX_VALUE);
                }
            }
            case "wait" -> {
                long end = System.nanoTime()
                        + Duration.ofMillis(Long.parseLong(words[1])).toNanos();
                while (System.nanoTime() < end) {
                    LockSupport.parkNanos(end - System.nanoTime());
                }
            }
            case "grow" -> grow();
            case "large" -> output.write(new byte[7 * 1024 * 1024]);
            case "pid" -> write(output, Long.toString(ProcessHandle.current().pid()));
            case "env" -> write(output, String.valueOf(System.getenv(words[1])));
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

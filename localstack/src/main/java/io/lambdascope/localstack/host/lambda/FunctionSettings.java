package io.lambdascope.localstack.host.lambda;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// How one function is configured, as a deployment would.
///
/// @param name what it is invoked by
/// @param artifact what it is started from; several functions may share one
/// @param memoryMb all the memory that a process of it may take, MiB
/// @param timeout how long one invocation may take, from the moment a process has it
/// @param maxInstances how many processes it may have at once
/// @param jvmFlags flags beside those that follow from the memory
/// @param environment what the function reads its settings from
public record FunctionSettings(
        String name,
        FunctionArtifact artifact,
        int memoryMb,
        Duration timeout,
        int maxInstances,
        List<String> jvmFlags,
        Map<String, String> environment) {
    /// What a JVM takes beside its heap: classes, code, stacks, buffers of native libraries.
    private static final int OUTSIDE_HEAP_MB = 160;

    public FunctionSettings {
        if (memoryMb < 2 * OUTSIDE_HEAP_MB) {
            throw new IllegalArgumentException("function %s needs at least %d MB of memory, but is given %d"
                    .formatted(name, 2 * OUTSIDE_HEAP_MB, memoryMb));
        }
        if (maxInstances < 1 || timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException(
                    "function %s needs at least one instance and some time, but is given %d and %s"
                            .formatted(name, maxInstances, timeout));
        }
        jvmFlags = List.copyOf(jvmFlags);
        environment = Map.copyOf(environment);
    }

    /// The heap, MiB: 85 % of the memory as on Lambda, but never so much that classes and code find no room beside it.
    public int heapMb() {
        return Math.min(memoryMb * 85 / 100, memoryMb - OUTSIDE_HEAP_MB);
    }
}

package io.lambdascope.localstack.host.lambda;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Configures [ScriptedFunction]: apart from it, since its process has only the test's own classes.
public final class ScriptedFunctions {
    private ScriptedFunctions() {}

    /// The settings that run it.
    public static FunctionSettings settings(
            String name, Duration timeout, int maxInstances, Map<String, String> environment) throws IOException {
        List<Path> classPath =
                new ArrayList<>(Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(Path::of)
                        .filter(path -> path.endsWith("test-classes"))
                        .toList());
        classPath.addAll(FunctionArtifact.runtimeClient());
        FunctionArtifact artifact = new FunctionArtifact(
                "scripted", classPath.getFirst(), classPath, ScriptedFunction.class.getName() + "::handleRequest");
        return new FunctionSettings(
                name, artifact, 400, timeout, maxInstances, List.of("-XX:TieredStopAtLevel=1"), environment);
    }
}

package io.lambdascope.localstack.host.lambda;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/// Configures [ScriptedFunction]: apart from it, since its process has only the test's own classes.
public final class ScriptedFunctions {
    private ScriptedFunctions() {}

    /// The settings that run it.
    public static FunctionSettings settings(
            String name, Duration timeout, int maxInstances, Map<String, String> environment) throws IOException {
        Path classes = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> path.endsWith("test-classes"))
                .findFirst()
                .orElseThrow();
        return settings(name, classes, timeout, maxInstances, environment);
    }

    /// Those that run it from `classes`, a directory or a jar.
    static FunctionSettings settings(
            String name, Path classes, Duration timeout, int maxInstances, Map<String, String> environment)
            throws IOException {
        List<Path> classPath = new ArrayList<>(List.of(classes));
        classPath.addAll(FunctionArtifact.runtimeClient());
        FunctionArtifact artifact = new FunctionArtifact(
                "scripted", classPath.getFirst(), classPath, ScriptedFunction.class.getName() + "::handleRequest");
        return new FunctionSettings(
                name, artifact, 400, timeout, maxInstances, List.of("-XX:TieredStopAtLevel=1"), environment);
    }

    /// Packages it, since the JVM makes no caches of classes in directories.
    static Path jar(Path directory) throws IOException {
        Path jar = directory.resolve("scripted.jar");
        String entry = ScriptedFunction.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                InputStream in = ScriptedFunctions.class.getClassLoader().getResourceAsStream(entry)) {
            out.putNextEntry(new ZipEntry(entry));
            in.transferTo(out);
        }
        return jar;
    }
}

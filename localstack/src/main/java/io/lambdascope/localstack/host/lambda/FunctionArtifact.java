package io.lambdascope.localstack.host.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The packaged module of a function: the very jars that are deployed, with the Runtime Interface Client beside them
/// as Lambda's Java runtime has it.
///
/// @param classPath in a fixed order, which caches of loaded classes rely on
public record FunctionArtifact(List<Path> classPath) {
    /// Finds what `mvn package` made of a module.
    ///
    /// @throws IOException if it was not packaged
    static FunctionArtifact of(Path moduleDir) throws IOException {
        Path target = moduleDir.resolve("target");
        List<Path> jars = new ArrayList<>(jarsIn(target, "-runner.jar"));
        if (jars.size() != 1) {
            throw new IOException("%s holds %d packaged functions where one is wanted: run `make build`"
                    .formatted(target, jars.size()));
        }
        jars.addAll(jarsIn(target.resolve("lib"), ".jar"));
        for (Class<?> type : List.of(AWSLambda.class, PojoSerializer.class, Context.class)) {
            jars.add(jarOf(type));
        }
        return new FunctionArtifact(List.copyOf(jars));
    }

    private static List<Path> jarsIn(Path directory, String suffix) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }

    private static Path jarOf(Class<?> type) throws IOException {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        try {
            return Path.of(source.getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IOException("cannot tell which jar holds " + type.getName(), e);
        }
    }
}

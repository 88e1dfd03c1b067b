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
import software.amazon.awssdk.utilslite.SdkInternalThreadLocal;

/// What a function is started from.
///
/// @param name of the module
/// @param directory where it was packaged
/// @param classPath in a fixed order, which caches of loaded classes rely on
/// @param entry what the runtime calls, `class::method`
public record FunctionArtifact(String name, Path directory, List<Path> classPath, String entry) {
    private static final String QUARKUS_ENTRY = "io.quarkus.amazon.lambda.runtime.QuarkusStreamHandler::handleRequest";

    public FunctionArtifact {
        classPath = List.copyOf(classPath);
    }

    /// What `mvn package` made of a Quarkus module: the very jars that are deployed, with the Runtime Interface Client
    /// beside them as Lambda's Java runtime has it.
    ///
    /// @throws IOException if it was not packaged
    public static FunctionArtifact ofModule(Path moduleDir) throws IOException {
        Path target = moduleDir.resolve("target");
        List<Path> jars = new ArrayList<>(jarsIn(target, "-runner.jar"));
        if (jars.size() != 1) {
            throw new IOException("%s holds %d packaged functions where one is wanted: run `make build`"
                    .formatted(target, jars.size()));
        }
        jars.addAll(jarsIn(target.resolve("lib"), ".jar"));
        jars.addAll(runtimeClient());
        return new FunctionArtifact(moduleDir.getFileName().toString(), target, jars, QUARKUS_ENTRY);
    }

    /// The jars of the Runtime Interface Client.
    public static List<Path> runtimeClient() throws IOException {
        List<Path> jars = new ArrayList<>();
        for (Class<?> type :
                List.of(AWSLambda.class, PojoSerializer.class, Context.class, SdkInternalThreadLocal.class)) {
            jars.add(jarOf(type));
        }
        return jars;
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

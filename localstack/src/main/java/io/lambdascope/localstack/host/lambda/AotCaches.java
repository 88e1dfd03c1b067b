package io.lambdascope.localstack.host.lambda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Caches of loaded and linked classes (JEP 514) with which processes of functions start faster. A cache belongs to
/// the bytes of the jars, the JDK's build and the flags; its file name says which, so that a stale one is never used.
final class AotCaches {
    private final Path directory;

    AotCaches(Path directory) {
        this.directory = directory;
    }

    /// The flags that make a process use its cache; none if there is no cache yet.
    List<String> flagsFor(FunctionSettings settings, FunctionArtifact artifact) {
        Path cache = file(settings, artifact);
        return Files.isRegularFile(cache) ? List.of("-XX:AOTCache=" + cache) : List.of();
    }

    Path file(FunctionSettings settings, FunctionArtifact artifact) {
        try {
            String build = Integer.toHexString((Runtime.version()
                            + System.getProperty("java.vm.vendor")
                            + settings.jvmFlags()
                            + artifact.classPath())
                    .hashCode());
            return directory.resolve("%s-%s-%s.aot".formatted(settings.name(), artifact.digest(), build));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

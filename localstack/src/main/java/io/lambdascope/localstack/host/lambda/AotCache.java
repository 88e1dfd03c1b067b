package io.lambdascope.localstack.host.lambda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// The cache of loaded and linked classes (JEP 514) with which the processes of one module's functions start faster. It
/// is made by a process that runs like the others and writes it when it ends.
///
/// @param file whose name says all that the JVM demands to be the same: JDK build, flags, and each jar with its place
///     in the class path, size and time. A stale cache is thus never found
record AotCache(Path file, String module) {
    private static final String SUFFIX = ".aot";

    static AotCache of(Path directory, FunctionSettings settings) throws IOException {
        StringBuilder identity = new StringBuilder();
        identity.append(System.getProperty("java.vm.vendor"))
                .append(System.getProperty("java.vm.version"))
                .append(settings.jvmFlags());
        for (Path jar : settings.artifact().classPath()) {
            identity.append(jar).append(Files.size(jar)).append(Files.getLastModifiedTime(jar));
        }
        String module = settings.artifact().name();
        String name = "%s-%s%s".formatted(module, digest(identity.toString()), SUFFIX);
        return new AotCache(directory.resolve(name), module);
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    boolean exists() {
        return Files.isRegularFile(file);
    }

    /// Flags that make a process use the cache.
    List<String> useFlags() {
        return List.of("-XX:AOTCache=" + file);
    }

    /// Flags that make a process write the cache when it ends.
    List<String> trainFlags() {
        return List.of("-XX:AOTCacheOutput=" + draft());
    }

    private Path draft() {
        return file.resolveSibling(file.getFileName() + ".draft");
    }

    /// Puts what a process has written into its place, and deletes the module's caches of older jars.
    ///
    /// @return false if it has written nothing
    boolean adopt() throws IOException {
        if (!Files.isRegularFile(draft())) {
            return false;
        }
        try (Stream<Path> files = Files.list(file.getParent())) {
            files.filter(other -> other.getFileName().toString().matches(module + "-[0-9a-f]+\\" + SUFFIX))
                    .forEach(AotCache::delete);
        }
        Files.move(draft(), file, StandardCopyOption.ATOMIC_MOVE);
        return true;
    }

    private static void delete(Path stale) {
        try {
            Files.deleteIfExists(stale);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

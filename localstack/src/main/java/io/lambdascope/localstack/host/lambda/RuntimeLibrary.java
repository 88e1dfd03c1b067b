package io.lambdascope.localstack.host.lambda;

import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;

/// The native part of the Runtime Interface Client. Left alone, each process unpacks it to the same file in `/tmp`,
/// over
/// what others have loaded from there, and those abort. So it is unpacked once, and processes are told where it is.
final class RuntimeLibrary {
    private static final String PROPERTY =
            "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

    private RuntimeLibrary() {}

    /// Unpacks it in `directory`.
    ///
    /// @return what a JVM is told to use it; nothing on a machine that the client has no library for
    static List<String> unpack(Path directory) throws IOException {
        try (InputStream library = AWSLambda.class.getResourceAsStream("/jni/" + nameHere())) {
            if (library == null) {
                return List.of();
            }
            Files.createDirectories(directory);
            Path target = directory.resolve("libaws-lambda-jni.so");
            Path draft = Files.createTempFile(directory, "libaws-lambda-jni", ".draft");
            Files.copy(library, draft, StandardCopyOption.REPLACE_EXISTING);
            // Not over the old file: a process of the host before this one may still run from it.
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
            return List.of("-D" + PROPERTY + "=" + target);
        }
    }

    private static String nameHere() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String machine = switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64" -> "aarch_64";
            default -> System.getProperty("os.arch");
        };
        boolean musl = Files.exists(Path.of("/lib/ld-musl-%s.so.1".formatted(machine.replace("aarch_64", "aarch64"))));
        return "libaws-lambda-jni.%s%s-%s.so".formatted(system, musl ? "_musl" : "", machine);
    }
}

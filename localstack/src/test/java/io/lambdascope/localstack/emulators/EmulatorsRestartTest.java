package io.lambdascope.localstack.emulators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class EmulatorsRestartTest {
    @TempDir
    Path directory;

    @Test
    @Timeout(value = 300, unit = TimeUnit.SECONDS)
    void whatWasAcknowledgedIsThereAfterAKillAndAfterAStop() throws IOException, InterruptedException {
        Process writer = child("write");
        try (BufferedReader said = writer.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.readLine()).isEqualTo("written");
        } finally {
            writer.destroyForcibly().waitFor();
        }
        Process reader = child("read");
        try (BufferedReader said = reader.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.lines().toList())
                    .containsExactly(
                            "killed %1$d objects %1$d items %1$d messages".formatted(EmulatorsChild.COUNT),
                            "closed %1$d objects %1$d items 1 messages".formatted(EmulatorsChild.COUNT));
        } finally {
            reader.destroyForcibly().waitFor();
        }
    }

    private Process child(String what) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                EmulatorsChild.class.getName(),
                what,
                directory.toString()));
        return new ProcessBuilder(command)
                .redirectError(new File("target/emulators-child-" + what + ".log"))
                .start();
    }

    @Test
    void aProcessRunsOneSet() throws IOException {
        SharedEmulators.get();
        assertThatThrownBy(() -> Emulators.start(EmulatorSettings.anyPorts(directory)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("runs emulators already");
    }
}

package io.lambdascope.localstack.kill;

import io.lambdascope.localstack.MachineClient;
import io.lambdascope.localstack.Main;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// The whole machine as a process of its own, which can be killed and started again over the same data.
final class HostProcess {
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Path directory;
    private final Map<String, String> environment;
    private final int port;
    private Process process;

    HostProcess(Path directory, Map<String, String> environment) throws IOException {
        this.directory = directory;
        this.environment = environment;
        this.port = freePort();
        this.process = spawn();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    String base() {
        return "http://127.0.0.1:" + port;
    }

    private Process spawn() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName());
        builder.environment().putAll(environment);
        builder.environment().put("PORT", Integer.toString(port));
        builder.environment().put("DATA_DIR", directory.resolve("data").toString());
        builder.redirectErrorStream(true);
        File log = directory.resolve("host.log").toFile();
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log));
        return builder.start();
    }

    /// Waits until requests are answered.
    void awaitReady() throws IOException, InterruptedException {
        long end = System.nanoTime() + START.toNanos();
        try (MachineClient client = new MachineClient(base())) {
            while (!answers(client)) {
                if (!process.isAlive() || System.nanoTime() > end) {
                    throw new IOException("the machine does not start: see " + directory.resolve("host.log"));
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private static boolean answers(MachineClient client) throws InterruptedException {
        try {
            return client.get("/ready", "kill").statusCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    /// The processes of functions that run now.
    List<ProcessHandle> functions() {
        return process.children().toList();
    }

    /// Kills the host, waits until its functions have ended by themselves, and starts it again.
    void killAndRestart() throws IOException, InterruptedException {
        List<ProcessHandle> orphans = functions();
        process.destroyForcibly().waitFor();
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        for (ProcessHandle orphan : orphans) {
            while (orphan.isAlive()) {
                if (System.nanoTime() > end) {
                    throw new IOException("a function outlives its host: process " + orphan.pid());
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
        process = spawn();
        awaitReady();
    }

    /// Stops it as Ctrl-C does.
    void stop() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }
}

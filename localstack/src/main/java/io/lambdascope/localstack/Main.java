package io.lambdascope.localstack;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.CountDownLatch;

/// `make run`: the whole account on one machine, in the foreground, until it is interrupted.
public final class Main {
    private Main() {}

    public static void main(String[] args) throws InterruptedException {
        try {
            run(MachineSettings.from(System.getenv()));
        } catch (IllegalArgumentException | IOException e) {
            System.err.println("cannot start: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void run(MachineSettings settings) throws IOException, InterruptedException {
        requireFree(settings);
        Progress progress = new Progress(System.out, settings.dataDir().resolve("logs"));
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        // The machine is stopped by the main thread: a signal only tells it, and waits until it is done.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            interrupted.countDown();
            awaitQuietly(stopped);
        }));
        try (Machine machine = Machine.start(settings, progress)) {
            System.out.println(Guide.text(machine.endpoint(), settings.dataDir()));
            interrupted.await();
            System.out.println("stopping");
        } finally {
            stopped.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Says so before anything is started.
    private static void requireFree(MachineSettings settings) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(settings.host(), settings.port()));
        } catch (BindException e) {
            throw new IOException(
                    "port %d of %s cannot be used (%s): stop what listens there, or choose another with PORT="
                            .formatted(settings.port(), settings.host(), e.getMessage()),
                    e);
        }
    }
}

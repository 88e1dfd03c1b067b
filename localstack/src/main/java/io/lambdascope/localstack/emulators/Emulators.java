package io.lambdascope.localstack.emulators;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/// S3, DynamoDB and SQS on loopback inside this process, with their data on disk: what was acknowledged before
/// [#close], or before the process was killed, is there at the next start with the same directory.
///
/// ElasticMQ keeps its database connections in a static, so a process runs one set of emulators at a time.
public final class Emulators implements Closeable {
    static final String LOOPBACK = "127.0.0.1";

    private static final AtomicBoolean RUNNING = new AtomicBoolean();

    private final S3Emulator s3;
    private final DynamoEmulator dynamo;
    private final SqsEmulator sqs;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Emulators(S3Emulator s3, DynamoEmulator dynamo, SqsEmulator sqs) {
        this.s3 = s3;
        this.dynamo = dynamo;
        this.sqs = sqs;
    }

    /// Starts all three at once and returns when all of them answer, after about two seconds.
    ///
    /// @throws IllegalStateException if this process runs emulators already
    /// @throws IOException if the directory cannot be used, or a port is taken; nothing is left running then
    public static Emulators start(EmulatorSettings settings) throws IOException {
        if (!RUNNING.compareAndSet(false, true)) {
            throw new IllegalStateException("this process runs emulators already: close them first");
        }
        boolean started = false;
        try {
            Emulators emulators = startAll(settings);
            started = true;
            return emulators;
        } finally {
            if (!started) {
                RUNNING.set(false);
            }
        }
    }

    private static Emulators startAll(EmulatorSettings settings) throws IOException {
        Path dataDir = settings.dataDir().toAbsolutePath();
        Path s3Dir = Files.createDirectories(dataDir.resolve("s3"));
        Path dynamoDir = Files.createDirectories(dataDir.resolve("dynamodb"));
        Path sqsDir = Files.createDirectories(dataDir.resolve("sqs"));
        try (ExecutorService starters = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().name("emulator-start-", 0).factory())) {
            Future<S3Emulator> s3 = starters.submit(() -> S3Emulator.start(s3Dir, settings.s3Port()));
            Future<DynamoEmulator> dynamo =
                    starters.submit(() -> DynamoEmulator.start(dynamoDir, settings.dynamoPort()));
            Future<SqsEmulator> sqs = starters.submit(() -> SqsEmulator.start(sqsDir, settings.sqsPort()));
            try {
                return new Emulators(await(s3), await(dynamo), await(sqs));
            } catch (IOException e) {
                stopWhatStarted(e, s3, dynamo, sqs);
                throw e;
            }
        }
    }

    private static <T> T await(Future<T> starting) throws IOException {
        try {
            return starting.get();
        } catch (ExecutionException e) {
            throw new IOException("an emulator did not start: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the emulators start", e);
        }
    }

    @SafeVarargs
    private static void stopWhatStarted(IOException reason, Future<? extends Closeable>... starting) {
        for (Future<? extends Closeable> future : starting) {
            try {
                future.get().close();
            } catch (ExecutionException _) {
                // This is one that did not start: nothing to stop.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                reason.addSuppressed(e);
                return;
            } catch (IOException e) {
                reason.addSuppressed(e);
            }
        }
    }

    public EmulatorEndpoints endpoints() {
        return new EmulatorEndpoints(s3.endpoint(), dynamo.endpoint(), sqs.endpoint());
    }

    /// Stops all three. Calling it twice does nothing.
    @Override
    public void close() throws IOException {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try (ExecutorService stoppers = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().name("emulator-stop-", 0).factory())) {
            Future<?> stoppingS3 = stoppers.submit(stopping(s3));
            Future<?> stoppingDynamo = stoppers.submit(stopping(dynamo));
            Future<?> stoppingSqs = stoppers.submit(stopping(sqs));
            await(stoppingS3);
            await(stoppingDynamo);
            await(stoppingSqs);
        } finally {
            RUNNING.set(false);
        }
    }

    private static Callable<Boolean> stopping(Closeable emulator) {
        return () -> {
            emulator.close();
            return true;
        };
    }
}

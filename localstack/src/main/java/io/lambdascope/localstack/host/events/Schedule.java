package io.lambdascope.localstack.host.events;

import io.lambdascope.localstack.host.lambda.LambdaHost;
import java.io.Closeable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Does what a rate schedule of EventBridge Scheduler does: invokes a function every so often. A tick that falls into
/// the run of the one before is skipped.
public final class Schedule implements Closeable {
    private final String function;
    private final Duration every;
    private final LambdaHost functions;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread ticker;

    private Schedule(String function, Duration every, LambdaHost functions) {
        this.function = function;
        this.every = every;
        this.functions = functions;
        this.ticker =
                Thread.ofPlatform().name("schedule of " + function).daemon().unstarted(this::run);
    }

    /// Ticks until closed, first after `every`.
    public static Schedule start(String function, Duration every, LambdaHost functions) {
        Schedule schedule = new Schedule(function, every, functions);
        schedule.ticker.start();
        return schedule;
    }

    private void run() {
        try {
            while (!closing.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
                // Failures are told by the host of the functions; the next tick tries again.
                functions.invoke(function, event(Instant.now()), Duration.ZERO, Duration.ofMinutes(20));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// An event as a schedule of EventBridge sends it.
    static byte[] event(Instant time) {
        return """
                {"version":"0","id":"%s","detail-type":"Scheduled Event","source":"aws.scheduler",\
                "account":"000000000000","time":"%s","region":"us-east-1","resources":[],"detail":{}}""".formatted(UUID.randomUUID(), time.truncatedTo(ChronoUnit.SECONDS))
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        closing.countDown();
        ticker.interrupt();
        try {
            ticker.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.lambdascope.exec;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.store.ObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Sends the pieces of a plan, some at a time, and waits for all of them. A piece that fails for a reason that may
/// pass is sent once more; if it fails again, so does the query.
public final class FanOut {
    private final ScanInvoker invoker;
    private final ObjectStore objects;
    private final InstantSource clock;
    private final int concurrency;

    /// @param objects where scans leave answers that are too large to be sent
    /// @param concurrency how many pieces are under way at a time
    public FanOut(ScanInvoker invoker, ObjectStore objects, InstantSource clock, int concurrency) {
        this.invoker = invoker;
        this.objects = objects;
        this.clock = clock;
        this.concurrency = concurrency;
    }

    /// The partials of `requests`, in their order.
    ///
    /// @throws Fault TIMEOUT if they are not all there at the deadline; else that of the first request that failed
    public List<byte[]> run(List<byte[]> requests, Instant deadline) {
        Semaphore free = new Semaphore(concurrency);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            List<Future<byte[]>> answers = new ArrayList<>(requests.size());
            for (byte[] request : requests) {
                answers.add(threads.submit(() -> {
                    free.acquire();
                    try {
                        return tryTwice(request);
                    } finally {
                        free.release();
                    }
                }));
            }
            List<byte[]> partials = new ArrayList<>(requests.size());
            for (Future<byte[]> answer : answers) {
                partials.add(await(answer, deadline));
            }
            return partials;
        } finally {
            threads.shutdownNow();
        }
    }

    private byte[] tryTwice(byte[] request) {
        try {
            return ScanAnswer.read(invoker.invoke(request), objects);
        } catch (Fault fault) {
            if (fault.kind() != FaultKind.UNAVAILABLE && fault.kind() != FaultKind.INTERNAL) {
                throw fault;
            }
            return ScanAnswer.read(invoker.invoke(request), objects);
        }
    }

    private byte[] await(Future<byte[]> answer, Instant deadline) {
        long left = deadline.equals(Instant.MAX)
                ? Long.MAX_VALUE
                : Math.max(0, Duration.between(clock.instant(), deadline).toMillis());
        try {
            return answer.get(left, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new Fault(FaultKind.TIMEOUT, "query timed out in expression evaluation", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault(FaultKind.UNAVAILABLE, "query was interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Fault fault) {
                throw fault;
            }
            throw new Fault(FaultKind.INTERNAL, "a piece of the query failed: " + e.getCause(), e);
        }
    }
}

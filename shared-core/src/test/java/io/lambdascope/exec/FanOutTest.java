package io.lambdascope.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.store.MemoryObjectStore;
import io.lambdascope.store.ObjectStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FanOutTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
    private final ObjectStore objects = new MemoryObjectStore(CLOCK);

    private List<byte[]> run(ScanInvoker invoker, int pieces) {
        List<byte[]> requests = new ArrayList<>();
        for (int i = 0; i < pieces; i++) {
            requests.add(new byte[] {(byte) i});
        }
        return new FanOut(invoker, objects, CLOCK, 3).run(requests, Instant.MAX);
    }

    private byte[] echo(byte[] request) {
        return ScanAnswer.partial(request, objects, "partials/unused");
    }

    @Test
    void answersComeInTheOrderOfTheRequests() {
        List<byte[]> answers = run(this::echo, 20);
        for (int i = 0; i < 20; i++) {
            assertThat(answers.get(i)).containsExactly(i);
        }
    }

    @Test
    void aPieceThatFailsIsTriedOnceMore() {
        AtomicInteger calls = new AtomicInteger();
        ScanInvoker flaky = request -> {
            if (calls.incrementAndGet() == 1) {
                throw new Fault(FaultKind.UNAVAILABLE, "the function was killed");
            }
            return echo(request);
        };
        assertThat(run(flaky, 1)).hasSize(1);
        assertThat(calls).hasValue(2);
    }

    @Test
    void aPieceThatFailsTwiceFailsTheQuery() {
        AtomicInteger calls = new AtomicInteger();
        ScanInvoker broken = request -> {
            calls.incrementAndGet();
            return ScanAnswer.fault(new Fault(FaultKind.UNAVAILABLE, "no room"));
        };
        assertThatExceptionOfType(Fault.class).isThrownBy(() -> run(broken, 1)).withMessage("no room");
        assertThat(calls).hasValue(2);
    }

    @Test
    void anErrorOfTheQueryIsNotTriedAgain() {
        AtomicInteger calls = new AtomicInteger();
        ScanInvoker failing = request -> {
            calls.incrementAndGet();
            return ScanAnswer.fault(new Fault(FaultKind.EXECUTION, "vector cannot contain …"));
        };
        assertThatExceptionOfType(Fault.class)
                .isThrownBy(() -> run(failing, 1))
                .withMessage("vector cannot contain …")
                .extracting(Fault::kind)
                .isEqualTo(FaultKind.EXECUTION);
        assertThat(calls).hasValue(1);
    }

    @Test
    void aLargeAnswerIsLeftInTheStoreAndFetchedOnce() {
        byte[] large = new byte[ScanAnswer.MAX_SENT_BYTES + 1];
        large[17] = 1;
        ScanInvoker invoker = request -> ScanAnswer.partial(large, objects, "partials/1");
        assertThat(run(invoker, 1).getFirst()).isEqualTo(large);
        assertThat(objects.list("", null).objects()).isEmpty();
    }

    @Test
    void theDeadlineEndsTheWait() {
        CountDownLatch never = new CountDownLatch(1);
        ScanInvoker stuck = request -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return echo(request);
        };
        FanOut fanOut = new FanOut(stuck, objects, CLOCK, 1);
        assertThatExceptionOfType(Fault.class)
                .isThrownBy(() -> fanOut.run(List.of(new byte[1]), Instant.EPOCH.plusMillis(1)))
                .extracting(Fault::kind)
                .isEqualTo(FaultKind.TIMEOUT);
    }
}

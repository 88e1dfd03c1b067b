package io.lambdascope.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lambdascope.store.MessageQueue;
import io.lambdascope.store.MessageQueue.Received;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every [MessageQueue] does. Its visibility timeout must be longer than a test takes.
public abstract class QueueContract {
    /// How often a message is received before it goes to the dead letters.
    protected static final int MAX_RECEIVE_COUNT = 3;

    /// The queue of this test, empty at first.
    protected abstract MessageQueue queue();

    /// Where [#queue] puts what was received [#MAX_RECEIVE_COUNT] times.
    protected abstract MessageQueue deadLetters();

    @Test
    void deliversWhatWasSent() {
        queue().send("hello <xml> & \"quotes\" € \uD83D\uDE00\n\ttab");
        List<Received> received = queue().receive(10, 1);
        assertThat(received).hasSize(1);
        assertThat(received.getFirst().body()).isEqualTo("hello <xml> & \"quotes\" € \uD83D\uDE00\n\ttab");
        assertThat(received.getFirst().receiveCount()).isEqualTo(1);
    }

    @Test
    void isEmptyAtFirst() {
        assertThat(queue().receive(10, 0)).isEmpty();
    }

    @Test
    void hidesWhatWasReceived() {
        queue().send("once");
        assertThat(receiveAll(1)).hasSize(1);
        assertThat(queue().receive(10, 0)).isEmpty();
    }

    @Test
    void deliversAllOfMany() {
        Set<String> bodies = new HashSet<>();
        IntStream.range(0, 25).forEach(i -> bodies.add("message " + i));
        bodies.forEach(queue()::send);
        List<Received> received = receiveAll(25);
        assertThat(received).extracting(Received::body).containsExactlyInAnyOrderElementsOf(bodies);
        assertThat(received).extracting(Received::id).doesNotHaveDuplicates();
        queue().delete(received.stream().map(Received::receipt).toList());
        queue().delete(List.of());
        assertThat(queue().receive(10, 0)).isEmpty();
    }

    @Test
    void deliversAgainWhatWasMadeVisible() {
        queue().send("again");
        Received first = receiveAll(1).getFirst();
        queue().changeVisibility(List.of(first.receipt()), 0);
        Received second = receiveAll(1).getFirst();
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.body()).isEqualTo("again");
        assertThat(second.receiveCount()).isEqualTo(2);
        queue().delete(List.of(second.receipt()));
        assertThat(queue().receive(10, 0)).isEmpty();
    }

    @Test
    void givesUpAfterSomeDeliveries() {
        queue().send("poison");
        for (int i = 1; i <= MAX_RECEIVE_COUNT; i++) {
            Received received = receiveAll(1).getFirst();
            assertThat(received.receiveCount()).isEqualTo(i);
            queue().changeVisibility(List.of(received.receipt()), 0);
        }
        assertThat(queue().receive(10, 0)).isEmpty();
        List<Received> dead = deadLetters().receive(10, 1);
        assertThat(dead).extracting(Received::body).containsExactly("poison");
    }

    @Test
    void takesTheLargestMessageAndRefusesALargerOne() {
        String largest = "x".repeat(MessageQueue.MAX_MESSAGE_BYTES);
        queue().send(largest);
        assertThat(receiveAll(1).getFirst().body()).isEqualTo(largest);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> queue().send(largest + "x"))
                .withMessageContaining("1048577");
        assertThatIllegalArgumentException().isThrownBy(() -> queue().send("€".repeat(350_000)));
    }

    @Test
    void refusesBodiesThatAreNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> queue().send(""));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> queue().send("nul \u0000"))
                .withMessageContaining("U+0000");
        assertThatIllegalArgumentException().isThrownBy(() -> queue().send("half \uD83D"));
    }

    /// Receives until `count` have come; a queue may hand out fewer than there are. Ends after 50 calls.
    private List<Received> receiveAll(int count) {
        List<Received> all = new ArrayList<>();
        for (int call = 0; call < 50 && all.size() < count; call++) {
            all.addAll(queue().receive(MessageQueue.MAX_RECEIVE, 1));
        }
        assertThat(all).hasSize(count);
        return all;
    }
}

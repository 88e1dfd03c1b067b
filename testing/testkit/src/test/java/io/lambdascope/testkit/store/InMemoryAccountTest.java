package io.lambdascope.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lambdascope.store.CostMeter.Operation;
import io.lambdascope.store.MessageQueue.Received;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class InMemoryAccountTest {
    private static final Instant START = Instant.ofEpochSecond(1_800_000_000L);

    @Test
    void anotherProcessGoesOnAfterAKill() {
        InMemoryAccount account = new InMemoryAccount(START, 1);
        account.stores().queue().send("work");
        AccountStores first = account.process(FaultSchedule.at(2, Injection.KILL_BEFORE));
        assertThat(first.queue().receive(10, 0)).hasSize(1);
        assertThatThrownBy(() -> first.objects().put("k", new byte[] {1})).isInstanceOf(ProcessKilled.class);

        account.clock().advance(InMemoryAccount.VISIBILITY_TIMEOUT);
        AccountStores second = account.stores();
        Received again = second.queue().receive(10, 0).getFirst();
        assertThat(again.receiveCount()).isEqualTo(2);
        second.objects().put("k", new byte[] {1});
        second.queue().delete(List.of(again.receipt()));
        assertThat(account.objects().get("k")).containsExactly(1);
        assertThat(account.queue().depth()).isZero();
        assertThat(account.meter().bill().line(Operation.SQS_RECEIVE).calls()).isEqualTo(2);
        assertThat(account.meter().bill().line(Operation.S3_PUT).calls()).isEqualTo(1);
    }

    @Test
    void idsFollowFromTheSeed() {
        assertThat(new InMemoryAccount(START, 1).ids().next())
                .isEqualTo(new InMemoryAccount(START, 1).ids().next())
                .isNotEqualTo(new InMemoryAccount(START, 2).ids().next());
    }
}

package io.lambdascope.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.store.MemoryObjectStore;
import io.lambdascope.store.MemoryQueue;
import io.lambdascope.store.MemoryTable;
import io.lambdascope.store.Table;
import io.lambdascope.store.Table.Item;
import io.lambdascope.store.Table.Key;
import io.lambdascope.store.Table.Outcome;
import io.lambdascope.store.Table.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class FaultScheduleTest {
    private final MemoryObjectStore objects = new MemoryObjectStore(() -> Instant.EPOCH);
    private final MemoryTable table = new MemoryTable();
    private final MemoryQueue queue = new MemoryQueue(() -> Instant.EPOCH, Duration.ofSeconds(30));

    @Test
    void beforeDoesNothing() {
        assertFault(FaultKind.UNAVAILABLE, () -> put(FaultSchedule.at(1, Injection.BEFORE)));
        assertThat(objects.list("", null).objects()).isEmpty();
    }

    @Test
    void insteadDoesNothingForGood() {
        assertFault(FaultKind.INTERNAL, () -> put(FaultSchedule.at(1, Injection.INSTEAD)));
        assertThat(objects.list("", null).objects()).isEmpty();
    }

    @Test
    void afterHasTakenEffect() {
        assertFault(FaultKind.UNAVAILABLE, () -> put(FaultSchedule.at(1, Injection.AFTER)));
        assertThat(objects.get("k")).containsExactly(1);
    }

    private void put(FaultSchedule schedule) {
        new FaultyObjectStore(objects, schedule).put("k", new byte[] {1});
    }

    @Test
    void lateTakesEffectTwoCallsLater() {
        FaultyObjectStore store = new FaultyObjectStore(objects, FaultSchedule.at(1, Injection.LATE));
        assertFault(FaultKind.UNAVAILABLE, () -> store.put("k", new byte[] {1}));
        store.put("k", new byte[] {2});
        assertThat(objects.get("k")).containsExactly(2);
        assertThat(store.get("k")).containsExactly(1);
    }

    @Test
    void lateMayComeAfterTheProcessIsDead() {
        FaultSchedule schedule = FaultSchedule.at(1, Injection.LATE);
        assertFault(FaultKind.UNAVAILABLE, () -> put(schedule));
        schedule.kill();
        assertThat(objects.list("", null).objects()).isEmpty();
        schedule.settle();
        assertThat(objects.get("k")).containsExactly(1);
    }

    @Test
    void lateReadsAreOnlyTurnedAway() {
        objects.put("k", new byte[] {1});
        FaultyObjectStore store = new FaultyObjectStore(objects, FaultSchedule.at(1, Injection.LATE));
        assertFault(FaultKind.UNAVAILABLE, () -> store.get("k"));
        assertThat(store.get("k")).containsExactly(1);
    }

    @Test
    void twiceIsSeenByWhatIsNotNamed() {
        FaultSchedule schedule = new FaultSchedule((_, _) -> Injection.TWICE);
        new FaultyQueue(queue, schedule).send("message");
        assertThat(queue.depth()).isEqualTo(2);
        Write create = new Write.Create(item("s"));
        assertThat(new FaultyTable(table, schedule).transact(List.of(create))).isEqualTo(Outcome.DONE);
    }

    @Test
    void aKilledProcessDoesNothingMore() {
        FaultSchedule schedule = FaultSchedule.at(2, Injection.KILL_AFTER);
        Table faultyTable = new FaultyTable(table, schedule);
        FaultyQueue faultyQueue = new FaultyQueue(queue, schedule);
        faultyTable.putAll(List.of(item("a")));
        assertThatThrownBy(() -> faultyTable.putAll(List.of(item("b"), item("c"))))
                .isInstanceOf(ProcessKilled.class);
        assertThatThrownBy(() -> faultyQueue.send("x")).isInstanceOf(ProcessKilled.class);
        assertThatThrownBy(() -> put(schedule)).isInstanceOf(ProcessKilled.class);
        assertThat(schedule.isKilled()).isTrue();
        assertThat(table.all()).containsExactlyInAnyOrder(item("a"), item("b"));
        assertThat(queue.depth()).isZero();
        assertThat(schedule.trace()).containsExactly("1 table.put", "2 table.put KILL_AFTER");
    }

    @Test
    void killedBeforeHasNoEffect() {
        assertThatThrownBy(() -> put(FaultSchedule.at(1, Injection.KILL_BEFORE)))
                .isInstanceOf(ProcessKilled.class);
        assertThat(objects.list("", null).objects()).isEmpty();
    }

    @Test
    void oneSeedIsOneStory() {
        assertThat(story(7)).isEqualTo(story(7)).isNotEqualTo(story(8));
        assertThat(story(7)).anyMatch(line -> line.endsWith("AFTER")).anyMatch(line -> line.endsWith("put"));
    }

    private static List<String> story(long seed) {
        FaultSchedule schedule = FaultSchedule.seeded(seed, 3, Injection.BEFORE, Injection.AFTER, Injection.LATE);
        FaultyObjectStore store = new FaultyObjectStore(new MemoryObjectStore(() -> Instant.EPOCH), schedule);
        List<String> faults = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            try {
                store.put("k" + i, new byte[] {1});
            } catch (Fault fault) {
                faults.add(i + fault.text());
            }
        }
        assertThat(faults).isNotEmpty();
        return schedule.trace();
    }

    private static Item item(String sort) {
        return new Item(new Key("p", sort), Map.of(), 0);
    }

    private static void assertFault(FaultKind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.kind()).isEqualTo(kind));
    }
}

package io.lambdascope.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lambdascope.store.Table;
import io.lambdascope.store.Table.Attribute;
import io.lambdascope.store.Table.Attribute.Bytes;
import io.lambdascope.store.Table.Attribute.Number;
import io.lambdascope.store.Table.Attribute.Text;
import io.lambdascope.store.Table.Item;
import io.lambdascope.store.Table.Key;
import io.lambdascope.store.Table.Outcome;
import io.lambdascope.store.Table.Page;
import io.lambdascope.store.Table.Write;
import io.lambdascope.store.TableLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What every [Table] does.
public abstract class TableContract {
    private static final String LAST_SORT = "\uDBFF\uDFFF";

    /// A table in which the partitions of this test are empty.
    protected abstract Table table();

    /// What the partitions of this test start with, as no other test's do.
    protected String prefix() {
        return "";
    }

    private Key key(String sort) {
        return new Key(prefix() + "p", sort);
    }

    private Item item(String sort, long value) {
        return new Item(key(sort), Map.of("value", new Number(value)), 0);
    }

    @Test
    void readsWhatWasPut() {
        Item item = new Item(
                key("s"),
                Map.of(
                        "text", new Text("käse\n€"),
                        "emptyText", new Text(""),
                        "small", new Number(Long.MIN_VALUE),
                        "large", new Number(Long.MAX_VALUE),
                        "bytes", new Bytes(new byte[] {0, -1, 2}),
                        "emptyBytes", new Bytes(new byte[0])),
                1_800_000_000L);
        table().putAll(List.of(item));
        assertThat(table().get(key("s"))).contains(item);
        assertThat(query("s", "s")).containsExactly(item);
    }

    @Test
    void hasNoItemThatWasNotPut() {
        assertThat(table().get(key("none"))).isEmpty();
        assertThat(query("a", "z")).isEmpty();
    }

    @Test
    void putReplacesTheWholeItem() {
        table().putAll(List.of(new Item(key("s"), Map.of("a", new Number(1), "b", new Number(2)), 5)));
        table().putAll(List.of(item("s", 3)));
        assertThat(table().get(key("s"))).contains(item("s", 3));
    }

    @Test
    void changesToTheCallersArrayDoNotReachTheTable() {
        byte[] value = {1, 2, 3};
        table().putAll(List.of(new Item(key("s"), Map.of("v", new Bytes(value)), 0)));
        value[0] = 9;
        table().get(key("s")).orElseThrow().bytes("v")[1] = 9;
        assertThat(table().get(key("s")).orElseThrow().bytes("v")).containsExactly(1, 2, 3);
    }

    @Test
    void queriesRangesInOrder() {
        List<String> sorts = List.of("0#a", "0#b", "1#a", "1#b", "1#c", "2", "z", "\uFFFD", "\uD83D\uDE00");
        table().putAll(sorts.reversed().stream().map(sort -> item(sort, 1)).toList());
        table().putAll(List.of(new Item(new Key(prefix() + "other", "1#x"), Map.of(), 0)));
        assertThat(sorts("0", LAST_SORT)).containsExactlyElementsOf(sorts);
        assertThat(sorts("1", "1~")).containsExactly("1#a", "1#b", "1#c");
        assertThat(sorts("1#b", "2")).containsExactly("1#b", "1#c", "2");
        assertThat(sorts("1#b", "1#b")).containsExactly("1#b");
        assertThat(sorts("3", "4")).isEmpty();
        assertThat(sorts("5", "4")).isEmpty();
    }

    @Test
    void queriesInPagesOfOneMegabyte() {
        List<Item> items = IntStream.range(0, 9)
                .mapToObj(i -> new Item(key("s" + i), Map.of("v", new Bytes(new byte[300_000])), 0))
                .toList();
        items.forEach(item -> table().putAll(List.of(item)));
        Page first = table().query(prefix() + "p", "s0", "s9", null);
        assertThat(first.next()).isNotNull();
        assertThat(first.items()).hasSizeBetween(1, 4);
        assertThat(query("s0", "s9")).containsExactlyElementsOf(items);
    }

    @Test
    void putsAndDeletesMany() {
        List<Item> items = IntStream.range(0, 60)
                .mapToObj(i -> item("%03d".formatted(i), i))
                .toList();
        table().putAll(items);
        assertThat(query("0", "9")).containsExactlyElementsOf(items);
        table().deleteAll(Stream.concat(items.subList(0, 55).stream().map(Item::key), Stream.of(key("none")))
                .toList());
        assertThat(query("0", "9")).containsExactlyElementsOf(items.subList(55, 60));
        table().putAll(List.of());
        table().deleteAll(List.of());
    }

    @Test
    void createsOnce() {
        assertThat(table().transact(List.of(new Write.Create(item("s", 1))))).isEqualTo(Outcome.DONE);
        assertThat(table().transact(List.of(new Write.Create(item("s", 2))))).isEqualTo(Outcome.CONDITION_FAILED);
        assertThat(table().get(key("s"))).contains(item("s", 1));
    }

    @Test
    void replacesTheExpectedOnly() {
        assertThat(replace(1, 0)).isEqualTo(Outcome.DONE);
        assertThat(replace(2, 0)).isEqualTo(Outcome.CONDITION_FAILED);
        assertThat(replace(2, 7)).isEqualTo(Outcome.CONDITION_FAILED);
        assertThat(replace(2, 1)).isEqualTo(Outcome.DONE);
        assertThat(table().get(key("s"))).contains(item("s", 2));
        table().deleteAll(List.of(key("s")));
        assertThat(replace(3, 2)).isEqualTo(Outcome.CONDITION_FAILED);
        assertThat(table().get(key("s"))).isEmpty();
    }

    private Outcome replace(long value, long expected) {
        return table().transact(List.of(new Write.Replace(item("s", value), "value", expected)));
    }

    @Test
    void replaceFailsWhereTheAttributeIsMissing() {
        table().putAll(List.of(new Item(key("s"), Map.of("other", new Number(1)), 0)));
        assertThat(replace(1, 0)).isEqualTo(Outcome.CONDITION_FAILED);
    }

    @Test
    void replacesAnItemWhoseNumberIsZero() {
        table().putAll(List.of(item("s", 0)));
        assertThat(replace(1, 0)).isEqualTo(Outcome.DONE);
    }

    @Test
    void updatesSomeAttributes() {
        table().putAll(List.of(new Item(key("s"), Map.of("a", new Number(1), "b", new Text("x")), 10)));
        Map<String, Attribute> changed = Map.of("b", new Text("y"), "c", new Bytes(new byte[] {1}));
        assertThat(table().transact(List.of(new Write.Update(key("s"), changed, 20))))
                .isEqualTo(Outcome.DONE);
        assertThat(table().get(key("s")))
                .contains(new Item(
                        key("s"), Map.of("a", new Number(1), "b", new Text("y"), "c", new Bytes(new byte[] {1})), 20));
        assertThat(table().transact(List.of(new Write.Update(key("s"), Map.of(), 0))))
                .isEqualTo(Outcome.DONE);
        assertThat(table().get(key("s")).orElseThrow().expiresAtSeconds()).isZero();
    }

    @Test
    void updatesOnlyWhatIsThere() {
        Write update = new Write.Update(key("none"), Map.of("a", new Number(1)), 0);
        assertThat(table().transact(List.of(update))).isEqualTo(Outcome.CONDITION_FAILED);
        assertThat(table().get(key("none"))).isEmpty();
    }

    @Test
    void transactsAllOrNothing() {
        table().putAll(List.of(item("old", 1), item("taken", 1)));
        List<Write> failing = List.of(
                new Write.Create(item("new", 1)),
                new Write.Delete(key("old")),
                new Write.Put(item("put", 1)),
                new Write.Create(item("taken", 2)));
        assertThat(table().transact(failing)).isEqualTo(Outcome.CONDITION_FAILED);
        assertThat(query("a", "z")).containsExactly(item("old", 1), item("taken", 1));
        assertThat(table().transact(failing.subList(0, 3))).isEqualTo(Outcome.DONE);
        assertThat(query("a", "z")).containsExactly(item("new", 1), item("put", 1), item("taken", 1));
    }

    @Test
    void transactsAHundredWrites() {
        List<Write> writes = IntStream.range(0, Table.MAX_TRANSACTION)
                .<Write>mapToObj(i -> new Write.Create(item("%03d".formatted(i), i)))
                .toList();
        assertThat(table().transact(writes)).isEqualTo(Outcome.DONE);
        assertThat(query("0", "9")).hasSize(Table.MAX_TRANSACTION);
        List<Write> tooMany = Stream.concat(writes.stream(), Stream.of(new Write.Delete(key("x"))))
                .toList();
        assertThatIllegalArgumentException().isThrownBy(() -> table().transact(tooMany));
        assertThatIllegalArgumentException().isThrownBy(() -> table().transact(List.of()));
    }

    @Test
    void oneOfManyWins() throws Exception {
        table().putAll(List.of(item("state", 1)));
        List<Callable<Outcome>> commits = IntStream.range(0, 6)
                .<Callable<Outcome>>mapToObj(i -> () -> table().transact(List.of(
                        new Write.Replace(item("state", 100 + i), "value", 1), new Write.Create(item("by" + i, i)))))
                .toList();
        List<Outcome> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            for (Future<Outcome> commit : threads.invokeAll(commits)) {
                outcomes.add(commit.get());
            }
        }
        assertThat(outcomes).containsOnlyOnce(Outcome.DONE);
        int winner = outcomes.indexOf(Outcome.DONE);
        assertThat(query("a", "z")).containsExactly(item("by" + winner, winner), item("state", 100 + winner));
    }

    @Test
    void takesTheLargestItemAndRefusesALargerOne() {
        int framing = TableLimits.bytesOf(new Item(key("s"), Map.of("v", new Bytes(new byte[0])), 0));
        int most = Table.MAX_ITEM_BYTES - framing;
        Item largest = new Item(key("s"), Map.of("v", new Bytes(new byte[most])), 0);
        table().putAll(List.of(largest));
        assertThat(table().get(key("s"))).contains(largest);
        Item larger = new Item(key("t"), Map.of("v", new Bytes(new byte[most + 1])), 0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table().putAll(List.of(larger)))
                .withMessageContaining("409601");
        assertThatIllegalArgumentException().isThrownBy(() -> table().transact(List.of(new Write.Create(larger))));
        assertThat(table().get(key("t"))).isEmpty();
    }

    @Test
    void refusesATransactionOfMoreThanFourMegabytes() {
        List<Write> writes = IntStream.range(0, 11)
                .<Write>mapToObj(i ->
                        new Write.Put(new Item(key("s" + i), Map.of("v", new Bytes(new byte[400_000])), 0)))
                .toList();
        assertThat(table().transact(writes.subList(0, 10))).isEqualTo(Outcome.DONE);
        assertThatIllegalArgumentException().isThrownBy(() -> table().transact(writes));
    }

    @Test
    void refusesAKeyThatComesTwice() {
        assertThatIllegalArgumentException().isThrownBy(() -> table().putAll(List.of(item("s", 1), item("s", 2))));
        assertThatIllegalArgumentException().isThrownBy(() -> table().deleteAll(List.of(key("s"), key("s"))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table().transact(List.of(new Write.Put(item("s", 1)), new Write.Delete(key("s")))));
        assertThat(table().get(key("s"))).isEmpty();
    }

    @Test
    void refusesKeysAndNamesThatAreNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> table().get(key("")));
        assertThatIllegalArgumentException().isThrownBy(() -> table().get(key("x".repeat(1025))));
        assertThatIllegalArgumentException().isThrownBy(() -> table().get(new Key("", "s")));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        table().putAll(List.of(new Item(key("s"), Map.of(TableLimits.EXPIRES, new Number(1)), 0))));
    }

    private List<String> sorts(String from, String to) {
        return query(from, to).stream().map(item -> item.key().sort()).toList();
    }

    private List<Item> query(String from, String to) {
        List<Item> items = new ArrayList<>();
        @Nullable String next = null;
        do {
            Page page = table().query(prefix() + "p", from, to, next);
            items.addAll(page.items());
            next = page.next();
        } while (next != null);
        return items;
    }
}

package io.lambdascope.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lambdascope.fault.Fault;
import io.lambdascope.store.CostMeter.Operation;
import io.lambdascope.store.Table.Attribute.Bytes;
import io.lambdascope.store.Table.Attribute.Number;
import io.lambdascope.store.Table.Item;
import io.lambdascope.store.Table.Key;
import io.lambdascope.store.Table.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class CostMeterTest {
    private static final Offset<Double> EXACTLY = within(1e-15);

    private final CostMeter meter = new CostMeter();
    private final ObjectStore objects = new MeteredObjectStore(new MemoryObjectStore(() -> Instant.EPOCH), meter);
    private final Table table = new MeteredTable(new MemoryTable(), meter);
    private final MessageQueue queue =
            new MeteredQueue(new MemoryQueue(() -> Instant.EPOCH, Duration.ofSeconds(30)), meter);

    @Test
    void pricesAreThoseOfTheList() {
        assertThat(AwsPrices.S3_PUT * 1000).isEqualTo(0.005, EXACTLY);
        assertThat(AwsPrices.S3_GET * 1000).isEqualTo(0.0004, EXACTLY);
        assertThat(AwsPrices.DYNAMO_WRITE_UNIT * 1e6).isEqualTo(0.625, EXACTLY);
        assertThat(AwsPrices.DYNAMO_READ_UNIT * 1e6).isEqualTo(0.125, EXACTLY);
        assertThat(AwsPrices.SQS_REQUEST * 1e6).isEqualTo(0.4, EXACTLY);
        assertThat(AwsPrices.API_REQUEST * 1e6).isEqualTo(1.0, EXACTLY);
    }

    @Test
    void billsObjects() {
        objects.put("a", new byte[1000]);
        objects.put("a", new byte[500]);
        objects.get("a");
        objects.get("a", 0, 10);
        assertThatThrownBy(() -> objects.get("none")).isInstanceOf(Fault.class);
        objects.size("a");
        objects.list("", null);
        objects.delete(IntStream.range(0, 1001).mapToObj(i -> "k" + i).toList());
        Bill bill = meter.bill();
        assertThat(bill.line(Operation.S3_PUT)).isEqualTo(new Bill.Line(2, 2, 1500));
        assertThat(bill.line(Operation.S3_GET)).isEqualTo(new Bill.Line(3, 3, 510));
        assertThat(bill.line(Operation.S3_DELETE)).isEqualTo(new Bill.Line(2, 2, 0));
        // 2 PUT and 1 LIST at 5e-6, 3 GET and 1 HEAD at 0.4e-6
        assertThat(bill.dollars()).isEqualTo(3 * 5e-6 + 4 * 0.4e-6, EXACTLY);
        assertThat(bill.calls()).isEqualTo(9);
    }

    @Test
    void billsItems() {
        // names "part" and "sort", their values, name and value of "v": 4 + 1 + 4 + 1 + 1 + n
        table.putAll(List.of(item("1", 1024 - 11)));
        assertThat(units(Operation.DYNAMO_PUT)).isEqualTo(1);
        table.putAll(List.of(item("2", 1024 - 10), item("3", 8 * 1024 - 11)));
        assertThat(units(Operation.DYNAMO_PUT)).isEqualTo(1 + 2 + 8);
        table.get(new Key("p", "3"));
        assertThat(units(Operation.DYNAMO_GET)).isEqualTo(2);
        table.get(new Key("p", "none"));
        assertThat(units(Operation.DYNAMO_GET)).isEqualTo(3);
        table.query("p", "1", "3", null);
        assertThat(units(Operation.DYNAMO_QUERY)).isEqualTo(3);
        table.deleteAll(List.of(new Key("p", "3"), new Key("p", "none")));
        assertThat(units(Operation.DYNAMO_DELETE)).isEqualTo(8 + 1);
        Bill bill = meter.bill();
        assertThat(bill.dollars()).isEqualTo((11 + 9) * 0.625e-6 + (3 + 3) * 0.125e-6, EXACTLY);
    }

    @Test
    void billsTransactionsTwice() {
        table.putAll(List.of(item("old", 3000)));
        Bill before = meter.bill();
        List<Write> writes = List.of(
                new Write.Create(item("new", 2000)),
                new Write.Update(new Key("p", "old"), Map.of("n", new Number(1)), 0),
                new Write.Delete(new Key("p", "none")));
        table.transact(writes);
        table.transact(writes);
        Bill bill = meter.bill().since(before);
        assertThat(bill.line(Operation.DYNAMO_TRANSACT).calls()).isEqualTo(2);
        // 2 KB, 3 KB (the item that is updated) and 1 KB, twice each; the second fails its condition and costs the same
        assertThat(bill.line(Operation.DYNAMO_TRANSACT).units()).isEqualTo(2 * 2 * (2 + 3 + 1));
        assertThat(bill.dollars()).isEqualTo(24 * 0.625e-6, EXACTLY);
    }

    @Test
    void countsBatches() {
        table.putAll(IntStream.range(0, 51).mapToObj(i -> item("s" + i, 10)).toList());
        table.deleteAll(
                IntStream.range(0, 25).mapToObj(i -> new Key("p", "s" + i)).toList());
        Bill bill = meter.bill();
        assertThat(bill.line(Operation.DYNAMO_PUT).calls()).isEqualTo(3);
        assertThat(bill.line(Operation.DYNAMO_PUT).units()).isEqualTo(51);
        assertThat(bill.line(Operation.DYNAMO_DELETE).calls()).isEqualTo(1);
    }

    @Test
    void billsMessages() {
        queue.send("x".repeat(64 * 1024));
        queue.send("x".repeat(64 * 1024 + 1));
        List<String> receipts = queue.receive(10, 0).stream()
                .map(MessageQueue.Received::receipt)
                .toList();
        queue.receive(10, 20);
        queue.changeVisibility(receipts, 10);
        queue.delete(receipts);
        // sends 1 and 2 units, receives 3 and 1, a change and a delete
        assertThat(meter.bill().dollars()).isEqualTo((1 + 2 + 3 + 1 + 1 + 1) * 0.4e-6, EXACTLY);
    }

    @Test
    void billsFunctionsAndRequests() {
        meter.invocation(1769, 500);
        meter.apiRequest(512 * 1024, 1);
        Bill bill = meter.bill();
        double gigabyteSeconds = 1769.0 / 1024 / 2;
        assertThat(bill.line(Operation.LAMBDA_GB_SECOND).units()).isEqualTo(gigabyteSeconds, EXACTLY);
        assertThat(bill.dollars()).isEqualTo(0.2e-6 + gigabyteSeconds * 0.0000133334 + 2 * 1e-6, within(1e-12));
        assertThat(bill.calls()).isEqualTo(2);
    }

    @Test
    void saysItInATable() {
        objects.put("a", new byte[1_500_000]);
        queue.send("hello");
        assertThat(meter.bill().summary().lines())
                .containsExactly(
                        "operation                   calls        units         MB     US dollars",
                        "S3 PUT                          1         1.00      1.500     0.00000500",
                        "SQS send                        1         1.00      0.000     0.00000040",
                        "total                           2                             0.00000540");
    }

    private double units(Operation operation) {
        return meter.bill().line(operation).units();
    }

    private static Item item(String sort, int bytes) {
        return new Item(new Key("p", sort), Map.of("v", new Bytes(new byte[bytes])), 0);
    }
}

package io.lambdascope.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.lambdascope.catalog.CommitOutcome.Committed;
import io.lambdascope.fault.Fault;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.source.Deletion;
import io.lambdascope.source.Shard;
import io.lambdascope.source.Unit;
import io.lambdascope.store.MemoryTable;
import io.lambdascope.store.Table;
import io.lambdascope.time.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CatalogTest {
    private static final Tenant TENANT = new Tenant("shop");
    private static final Instant NOW = Instant.parse("2026-03-01T08:17:00Z");
    private static final long HOUR = Duration.ofHours(1).toNanos();

    private final MemoryTable table = new MemoryTable();
    private final Catalog catalog = new Catalog(table, () -> NOW);
    private final TenantRegistry registry = new TenantRegistry(table, () -> NOW);

    @BeforeEach
    void register() {
        registry.ensure(TENANT, Signal.METRICS);
    }

    private CatalogState state() {
        return catalog.state(TENANT, Signal.METRICS).orElseThrow();
    }

    private static Unit block(int level, String id, long fromNanos, long toNanos) {
        return new Unit(
                id,
                TENANT,
                Signal.METRICS,
                level,
                new TimeRange(fromNanos, toNanos),
                new Shard(1, 4),
                1234,
                5678,
                new byte[] {1, 2, 3},
                new Unit.Place.Prefix(
                        CatalogKeys.blockPrefix(TENANT, Signal.METRICS, level, id),
                        List.of(new Unit.Table("series.parquet", 5000, 4000), new Unit.Table("m.parquet", 678, 1))));
    }

    private CatalogState commit(CatalogChange change) {
        return switch (catalog.commit(state(), change)) {
            case Committed(CatalogState after) -> after;
            case CommitOutcome.Stale() -> throw new AssertionError("stale");
        };
    }

    @Test
    void aBlockReadsAsItWasWritten() {
        Unit written = block(1, "b1", 10 * HOUR + 7, 11 * HOUR);
        commit(new CatalogChange().add(List.of(written)));
        assertThat(catalog.blocks(TENANT, Signal.METRICS, 1, TimeRange.ALWAYS))
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(new CatalogBlock(written, NOW.toEpochMilli(), 2));
    }

    @Test
    void aRegisteredHeadBeginsAnHourEarlyAndIsListed() {
        registry.ensure(TENANT, Signal.METRICS);
        registry.ensure(new Tenant("a"), Signal.LOGS);
        assertThat(state().headHour()).isEqualTo(NOW.getEpochSecond() / 3600 - 1);
        assertThat(registry.all())
                .containsExactly(
                        new RegisteredHead(new Tenant("a"), Signal.LOGS), new RegisteredHead(TENANT, Signal.METRICS));
    }

    @Test
    void ofTwoCommitsOnOneBaseTheSecondIsLostAndChangesNothing() {
        CatalogState base = state();
        assertThat(catalog.commit(base, new CatalogChange().add(List.of(block(1, "won", 0, 1)))))
                .isInstanceOf(Committed.class);
        assertThat(catalog.commit(base, new CatalogChange().add(List.of(block(1, "lost", 0, 1)))))
                .isEqualTo(new CommitOutcome.Stale());
        assertThat(catalog.blocks(TENANT, Signal.METRICS, 1, TimeRange.ALWAYS))
                .extracting(found -> found.unit().id())
                .containsExactly("won");
    }

    @Test
    void whatIsRemovedIsGarbageUntilItIsCleaned() {
        commit(new CatalogChange().add(List.of(block(1, "a", 0, 1), block(1, "b", 0, 1), block(2, "c", 0, 1))));
        List<CatalogBlock> old = catalog.blocks(TENANT, Signal.METRICS, 1, TimeRange.ALWAYS);
        commit(new CatalogChange().remove(old).add(List.of(block(2, "ab", 0, 1))));
        assertThat(catalog.blocks(TENANT, Signal.METRICS, 1, TimeRange.ALWAYS)).isEmpty();
        List<Garbage> garbage = catalog.garbage(TENANT, Signal.METRICS);
        assertThat(garbage).hasSize(1);
        assertThat(garbage.getFirst().prefixes())
                .containsExactly("blocks/shop/metrics/1/a/", "blocks/shop/metrics/1/b/");
        assertThat(garbage.getFirst().sinceMillis()).isEqualTo(NOW.toEpochMilli());
        assertThat(catalog.prefixes(TENANT, Signal.METRICS)).hasSize(4);
        commit(new CatalogChange().cleaned(garbage));
        assertThat(catalog.garbage(TENANT, Signal.METRICS)).isEmpty();
        assertThat(catalog.prefixes(TENANT, Signal.METRICS))
                .containsExactlyInAnyOrder("blocks/shop/metrics/2/ab/", "blocks/shop/metrics/2/c/");
    }

    @Test
    void takenSegmentsStandBesideLevel0() {
        commit(new CatalogChange().add(List.of(block(0, "x", -HOUR, HOUR))).take(List.of("s1", "s2")));
        Catalog.Recent recent = catalog.recent(TENANT, Signal.METRICS);
        assertThat(recent.blocks()).extracting(found -> found.unit().id()).containsExactly("x");
        assertThat(recent.taken()).extracting(TakenSegments::segments).containsExactly(List.of("s1", "s2"));
        commit(new CatalogChange().forget(recent.taken()));
        assertThat(catalog.recent(TENANT, Signal.METRICS).taken()).isEmpty();
    }

    @Test
    void aDeletionCoversTheBlocksOfEarlierCommitsAndTheSegmentsThatItNames() {
        commit(new CatalogChange()
                .quietUntilMillis(99)
                .add(List.of(block(0, "before", 0, HOUR), block(0, "elsewhere", 2 * HOUR, 3 * HOUR))));
        commit(new CatalogChange().delete("{a}", new TimeRange(0, HOUR), List.of("s1", "s2")));
        commit(new CatalogChange().add(List.of(block(0, "after", 0, HOUR))));
        assertThat(state().quietUntilMillis()).isZero();

        Catalog.Recent recent = catalog.recent(TENANT, Signal.METRICS);
        Deletion deletion = new Deletion("3", "{a}", new TimeRange(0, HOUR));
        assertThat(recent.deletions()).extracting(CatalogDeletion::deletion).containsExactly(deletion);
        assertThat(recent.blocks())
                .extracting(found -> found.unit().id(), recent::deletionsOf)
                .containsExactlyInAnyOrder(
                        tuple("before", List.of(deletion)), tuple("elsewhere", List.of()), tuple("after", List.of()));
        assertThat(recent.deletionsOf(segment("s1", 0, 1))).containsExactly(deletion);
        assertThat(recent.deletionsOf(segment("s1", HOUR, 2 * HOUR))).isEmpty();
        assertThat(recent.deletionsOf(segment("s3", 0, 1))).isEmpty();

        commit(new CatalogChange().narrow(recent.deletions()));
        recent = catalog.recent(TENANT, Signal.METRICS);
        assertThat(recent.deletionsOf(segment("s1", 0, 1))).isEmpty();
        assertThat(recent.deletions()).extracting(CatalogDeletion::deletion).containsExactly(deletion);

        commit(new CatalogChange().withdraw(recent.deletions()));
        assertThat(catalog.recent(TENANT, Signal.METRICS).deletions()).isEmpty();
    }

    private static Unit segment(String id, long fromNanos, long toNanos) {
        return new Unit(
                id,
                TENANT,
                Signal.METRICS,
                Unit.SEGMENT,
                new TimeRange(fromNanos, toNanos),
                Shard.ALL,
                1,
                1,
                new byte[0],
                new Unit.Place.Inline(new byte[0]));
    }

    @Test
    void blocksOfBeforeVersionsWereNotedAreCoveredByEveryDeletion() {
        commit(new CatalogChange().add(List.of(block(0, "x", 0, HOUR))));
        Table.Item item = table.all().stream()
                .filter(some -> some.key().sort().startsWith("0#"))
                .findFirst()
                .orElseThrow();
        Map<String, Table.Attribute> attributes = new HashMap<>(item.attributes());
        attributes.remove("version");
        table.putAll(List.of(new Table.Item(item.key(), attributes, 0)));
        commit(new CatalogChange().delete("{a}", TimeRange.ALWAYS, List.of()));
        Catalog.Recent recent = catalog.recent(TENANT, Signal.METRICS);
        assertThat(recent.deletionsOf(recent.blocks().getFirst())).hasSize(1);
    }

    @Test
    void blocksAreFoundByAnyMomentOfTheirRange() {
        commit(new CatalogChange()
                .add(IntStream.range(-20, 20)
                        .mapToObj(i -> block(1, "b" + i, 2 * i * HOUR, (2 * i + 2) * HOUR))
                        .toList()));
        for (long from = -50; from < 50; from++) {
            TimeRange range = new TimeRange(from * HOUR + 1, from * HOUR + 2);
            long start = Math.floorDiv(from, 2L);
            List<String> expected = start >= -20 && start < 20 ? List.of("b" + start) : List.of();
            assertThat(catalog.blocks(TENANT, Signal.METRICS, 1, range))
                    .extracting(found -> found.unit().id())
                    .isEqualTo(expected);
        }
    }

    @Test
    void blocksEndTheQuietAndStateIsKept() {
        Setback setback = new Setback(1, 3, 77);
        commit(new CatalogChange()
                .quietUntilMillis(99)
                .headHour(5)
                .sweptMillis(7)
                .busyUntilMillis(8)
                .setback(setback));
        assertThat(state()).isEqualTo(new CatalogState(TENANT, Signal.METRICS, 2, 5, 99, 7, 8, setback, Usage.NONE, 0));
        commit(new CatalogChange().headHour(6));
        assertThat(state().quietUntilMillis()).isEqualTo(99);
        commit(new CatalogChange().add(List.of(block(0, "x", 0, 1))));
        assertThat(state()).isEqualTo(new CatalogState(TENANT, Signal.METRICS, 4, 6, 0, 7, 8, setback, Usage.NONE, 0));
    }

    @Test
    void aChangeIsAtMostATransaction() {
        CatalogChange largest = new CatalogChange()
                .add(IntStream.range(0, CatalogChange.MAX_ITEMS)
                        .mapToObj(i -> block(0, "b" + i, 0, 1))
                        .toList())
                .take(List.of("s"));
        commit(largest);
        CatalogChange tooLarge = new CatalogChange().add(List.of(block(0, "more", 0, 1)));
        tooLarge.add(IntStream.range(0, CatalogChange.MAX_ITEMS)
                .mapToObj(i -> block(0, "c" + i, 0, 1))
                .toList());
        assertThatThrownBy(() -> commit(tooLarge))
                .hasMessage("a change of the catalog touches at most 97 items, not 98");
    }

    @Test
    void factsThatWouldMakeAnItemDearAreLeftOut() {
        Unit unit = block(0, "x", 0, 1);
        Unit heavy = new Unit(
                unit.id(),
                unit.tenant(),
                unit.signal(),
                unit.level(),
                unit.range(),
                unit.shard(),
                unit.rows(),
                unit.bytes(),
                new byte[UnitAttributes.MAX_FACTS_BYTES + 1],
                unit.place());
        commit(new CatalogChange().add(List.of(heavy)));
        assertThat(catalog.recent(TENANT, Signal.METRICS)
                        .blocks()
                        .getFirst()
                        .unit()
                        .facts())
                .isEmpty();
    }

    @Test
    void itemsOfAnotherFormatAndDamagedOnesAreRefusedByName() {
        commit(new CatalogChange().add(List.of(block(0, "x", 0, 1))));
        Table.Item item = table.all().stream()
                .filter(some -> some.key().sort().startsWith("0#"))
                .findFirst()
                .orElseThrow();
        assertRefused(item, "format", new Table.Attribute.Number(2), "has format 2; this build reads 1");
        assertRefused(item, "shard", new Table.Attribute.Number(9), "says no block: no shard: 9 of 4");
        assertRefused(item, "tables", new Table.Attribute.Text("a 1"), "is not name, size and footer");
        assertRefused(item, "tables", new Table.Attribute.Text("a 1 z"), "says no block");
        assertRefused(item, "rows", new Table.Attribute.Text("many"), "no readable attribute \"rows\"");
    }

    private void assertRefused(Table.Item item, String name, Table.Attribute value, String message) {
        Map<String, Table.Attribute> attributes = new HashMap<>(item.attributes());
        attributes.put(name, value);
        table.putAll(List.of(new Table.Item(item.key(), attributes, 0)));
        assertThatThrownBy(() -> catalog.recent(TENANT, Signal.METRICS))
                .isInstanceOf(Fault.class)
                .hasMessageContaining(message);
    }
}

package io.lambdascope.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.source.Shard;
import io.lambdascope.source.Snapshot;
import io.lambdascope.source.Unit;
import io.lambdascope.store.MemoryTable;
import io.lambdascope.time.TimeRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeletionsTest {
    private static final Tenant TENANT = new Tenant("shop");
    private static final Instant NOW = Instant.parse("2026-03-01T08:17:00Z");

    private final MemoryTable table = new MemoryTable();
    private final Catalog catalog = new Catalog(table, () -> NOW);
    private final TenantRegistry registry = new TenantRegistry(table, () -> NOW);
    private final List<Unit> found = new ArrayList<>();
    private Runnable whileFinding = () -> {};
    private final Deletions deletions = new Deletions(catalog, (_, _, _) -> {
        List<Unit> units = List.copyOf(found);
        whileFinding.run();
        return new Snapshot(units, List.of());
    });

    private void delete(String selection) {
        deletions.delete(TENANT, Signal.LOGS, selection, TimeRange.ALWAYS);
    }

    private List<CatalogDeletion> made() {
        return catalog.recent(TENANT, Signal.LOGS).deletions();
    }

    private static Unit segment(String id) {
        return new Unit(
                id,
                TENANT,
                Signal.LOGS,
                Unit.SEGMENT,
                new TimeRange(0, 1),
                Shard.ALL,
                1,
                1,
                new byte[0],
                new Unit.Place.Inline(new byte[0]));
    }

    @Test
    void whoHasNothingHasNothingDeleted() {
        delete("{a}");
        deletions.applySoon(TENANT, Signal.LOGS);
        assertThat(table.all()).isEmpty();
    }

    @Test
    void aChangeOfTheCatalogMeanwhileHasTheDeletionMadeAnew() {
        registry.ensure(TENANT, Signal.LOGS);
        found.add(segment("a"));
        whileFinding = () -> {
            whileFinding = () -> {};
            found.add(segment("b"));
            var _ = catalog.commit(
                    catalog.state(TENANT, Signal.LOGS).orElseThrow(), new CatalogChange().sweptMillis(5));
        };
        delete("{a}");
        assertThat(made()).hasSize(1);
        assertThat(made().getFirst().segments()).containsExactlyInAnyOrder("a", "b");
        assertThat(made().getFirst().version()).isEqualTo(3);
    }

    @Test
    void aCatalogThatNeverRestsIsUnavailable() {
        registry.ensure(TENANT, Signal.LOGS);
        whileFinding = () -> {
            var _ = catalog.commit(
                    catalog.state(TENANT, Signal.LOGS).orElseThrow(), new CatalogChange().sweptMillis(5));
        };
        assertThatThrownBy(() -> delete("{a}"))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.kind()).isEqualTo(FaultKind.UNAVAILABLE));
        assertThat(made()).isEmpty();
    }

    @Test
    void thereAreBounds() {
        registry.ensure(TENANT, Signal.LOGS);
        assertThatThrownBy(() -> delete("x".repeat(Deletions.MAX_SELECTION_BYTES + 1)))
                .hasMessage("a deletion has selectors of at most 16384 bytes, not 16385: delete in several requests");
        for (int i = 0; i < Deletions.MOST; i++) {
            delete("{a}");
        }
        assertThat(made()).extracting(made -> made.deletion().id()).doesNotHaveDuplicates();
        assertThatThrownBy(() -> delete("{a}"))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.kind()).isEqualTo(FaultKind.OVER_LIMIT))
                .hasMessageStartingWith("100 deletions wait to be applied by compaction");
    }

    @Test
    void moreSegmentsThanAnItemHoldsHaveToWait() {
        registry.ensure(TENANT, Signal.LOGS);
        IntStream.range(0, 8_000).forEach(i -> found.add(segment("%032d".formatted(i))));
        delete("x".repeat(Deletions.MAX_SELECTION_BYTES));
        assertThat(made().getFirst().segments()).hasSize(8_000);
        found.add(segment("one more"));
        assertThatThrownBy(() -> delete("{a}"))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.kind()).isEqualTo(FaultKind.UNAVAILABLE))
                .hasMessageStartingWith("8001 segments wait for compaction");
    }
}

package io.lambdascope.testkit.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.block.BlockCache;
import io.lambdascope.catalog.Catalog;
import io.lambdascope.catalog.CatalogFinder;
import io.lambdascope.catalog.SetAside;
import io.lambdascope.catalog.TenantRegistry;
import io.lambdascope.catalog.metrics.StoredMetrics;
import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.head.HeadSettings;
import io.lambdascope.head.HeadStore;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.source.Unit;
import io.lambdascope.source.metrics.MetricsCursor;
import io.lambdascope.source.metrics.MetricsScan;
import io.lambdascope.source.metrics.MetricsSource;
import io.lambdascope.store.ObjectStore;
import io.lambdascope.store.Table;
import io.lambdascope.testkit.store.AccountStores;
import io.lambdascope.testkit.store.InMemoryAccount;
import io.lambdascope.time.TimeRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ObjDoubleConsumer;
import java.util.stream.Stream;

/// Somebody who reads in a [CrashWorld] and to whom nothing happens.
final class CrashReader {
    private final CrashWorld world;
    private final InMemoryAccount account;

    CrashReader(CrashWorld world) {
        this.world = world;
        this.account = world.account();
    }

    List<Unit> units() {
        AccountStores stores = account.stores();
        TenantRegistry registry = new TenantRegistry(stores.catalog(), stores.clock());
        HeadStore head = new HeadStore(
                stores.head(), stores.objects(), registry, stores.ids(), stores.clock(), HeadSettings.DEFAULTS);
        CatalogFinder finder = new CatalogFinder(new Catalog(stores.catalog(), stores.clock()), head, stores.clock());
        List<Unit> units = new ArrayList<>();
        for (Tenant tenant : List.of(CrashWorld.A, CrashWorld.B)) {
            units.addAll(finder.find(tenant, Signal.METRICS, TimeRange.ALWAYS).units());
        }
        return units;
    }

    /// Values by tenant, series and moment, one for each unit that holds them.
    Map<String, List<Double>> read() {
        Map<String, List<Double>> seen = new TreeMap<>();
        for (Unit unit : units()) {
            read(
                    unit,
                    (name, value) ->
                            seen.computeIfAbsent(name, _ -> new ArrayList<>()).add(value));
        }
        return seen;
    }

    /// The samples in a unit, by tenant, series and moment.
    Set<String> namesIn(Unit unit) {
        Set<String> names = new TreeSet<>();
        read(unit, (name, _) -> names.add(name));
        return names;
    }

    private void read(Unit unit, ObjDoubleConsumer<String> sample) {
        StoredMetrics opener = new StoredMetrics(account.objects(), new BlockCache(1 << 20));
        try (MetricsSource source = opener.open(unit);
                MetricsCursor cursor = source.scan(MetricsScan.everything())) {
            while (cursor.next()) {
                for (int i = 0; i < cursor.samples().size(); i++) {
                    String name = CrashWorld.nameOf(
                            unit.tenant(), cursor.labels(), cursor.samples().timestamp(i));
                    sample.accept(name, cursor.samples().value(i));
                }
            }
        } catch (Fault e) {
            if (e.kind() != FaultKind.CORRUPT_DATA || !world.damaged().contains(unit.id())) {
                throw e;
            }
        }
    }

    /// What is set aside of both tenants.
    List<SetAside> setAside() {
        Catalog catalog = new Catalog(account.catalog(), account.clock());
        return Stream.of(CrashWorld.A, CrashWorld.B)
                .flatMap(tenant -> catalog.recent(tenant, Signal.METRICS).setAside().stream())
                .toList();
    }

    /// Names all that there is, and what is expected of it.
    String fingerprint() {
        assertThat(account.queue().depth()).isZero();
        return account.fingerprint()
                + world.acknowledged().hashCode()
                + world.sent().hashCode()
                + world.deleted().hashCode();
    }

    /// Every acknowledged sample is read as it was sent, and nothing that was never sent. What was pushed again or
    /// delivered twice may lie in two units, of which a query makes one.
    void checkRows() {
        Map<String, List<Double>> seen = read();
        List<String> missing = world.acknowledged().keySet().stream()
                .filter(sample -> !seen.containsKey(sample))
                .toList();
        if (!missing.isEmpty()) {
            throw new AssertionError("%d of %d acknowledged samples are missing, the first is %s"
                    .formatted(missing.size(), world.acknowledged().size(), missing.getFirst()));
        }
        assertThat(world.deleted()).noneMatch(seen::containsKey);
        seen.forEach((sample, values) -> {
            Double sent = world.sent().get(sample);
            if (sent == null || values.stream().anyMatch(value -> !value.equals(sent))) {
                throw new AssertionError("sample %s was sent as %s and is read as %s".formatted(sample, sent, values));
            }
        });
        assertThat(account.deadLetters().depth()).isZero();
    }

    /// Everything lies in blocks of the highest level, and nothing is stored that nobody needs.
    void checkNothingIsLeft() {
        Set<String> needed = new TreeSet<>();
        for (Unit unit : units()) {
            assertThat(unit.level()).isEqualTo(2);
            if (unit.place() instanceof Unit.Place.Prefix(String prefix, List<Unit.Table> tables)) {
                tables.forEach(table -> needed.add(prefix + table.name()));
            }
        }
        setAside().forEach(aside -> needed.add(aside.prefix() + "segment"));
        assertThat(account.objects().list("", null).objects())
                .extracting(ObjectStore.Listed::key)
                .containsExactlyElementsOf(needed);
        assertThat(account.head().all())
                .extracting(Table.Item::key)
                .allMatch(key -> key.partition().startsWith("heads#"));
        assertThat(account.catalog().all())
                .extracting(item -> item.key().sort())
                .filteredOn(sort -> sort.startsWith("garbage#") || sort.startsWith("0"))
                .allMatch(sort -> sort.startsWith("0-set-aside#"));
    }
}

package io.lambdascope.catalog;

import io.lambdascope.head.HeadRegistry;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.store.Table;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Every tenant and signal that has ever sent data: what compaction walks through. Writers register before they
/// append to the head, so nothing can lie in a head that nobody knows of.
public final class TenantRegistry implements HeadRegistry {
    private static final int REMEMBERED = 10_000;
    private static final long HOUR_MILLIS = 3_600_000L;

    private final Table table;
    private final InstantSource clock;
    private final Set<RegisteredHead> known = ConcurrentHashMap.newKeySet();

    public TenantRegistry(Table table, InstantSource clock) {
        this.table = table;
        this.clock = clock;
    }

    /// The head that is known of afterwards begins in the current hour of arrival. A process asks the table
    /// once for each tenant and signal.
    @Override
    public void ensure(Tenant tenant, Signal signal) {
        RegisteredHead head = new RegisteredHead(tenant, signal);
        if (known.contains(head)) {
            return;
        }
        if (table.get(CatalogKeys.state(tenant, signal)).isEmpty()) {
            register(head);
        }
        if (known.size() >= REMEMBERED) {
            known.clear();
        }
        known.add(head);
    }

    /// The head begins an hour early: another writer's clock may be behind ours.
    private void register(RegisteredHead head) {
        long nowMillis = clock.millis();
        CatalogState state =
                CatalogState.first(head.tenant(), head.signal(), Math.floorDiv(nowMillis, HOUR_MILLIS) - 1, nowMillis);
        // an outcome of CONDITION_FAILED says that somebody else has just done the same
        var _ = table.transact(List.of(
                new Table.Write.Create(CatalogItems.of(state)),
                new Table.Write.Create(CatalogItems.registration(head.tenant(), head.signal(), nowMillis))));
    }

    /// Everybody there is, in order of their names.
    ///
    /// @throws io.lambdascope.fault.Fault UNAVAILABLE if the table cannot be asked
    public List<RegisteredHead> all() {
        List<RegisteredHead> heads = new ArrayList<>();
        for (Table.Item item : Catalog.all(table, CatalogKeys.REGISTRY, "!", "~")) {
            heads.add(CatalogItems.registrationOf(item));
        }
        return heads;
    }
}

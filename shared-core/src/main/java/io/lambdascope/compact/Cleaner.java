package io.lambdascope.compact;

import io.lambdascope.catalog.Catalog;
import io.lambdascope.catalog.CatalogKeys;
import io.lambdascope.catalog.Garbage;
import io.lambdascope.head.HeadStore;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.source.Unit;
import io.lambdascope.store.ObjectStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Deletes what nothing refers to any more. Everything here may be done twice.
final class Cleaner {
    private static final int SWEEP_HOURS = 7 * 24;

    private final Catalog catalog;
    private final HeadStore head;
    private final ObjectStore objects;

    Cleaner(Catalog catalog, HeadStore head, ObjectStore objects) {
        this.catalog = catalog;
        this.head = head;
        this.objects = objects;
    }

    void deleteHeadItems(Tenant tenant, Signal signal, List<ArrivedSegment> segments) {
        Map<Long, List<Unit>> byHour = new TreeMap<>();
        segments.forEach(segment ->
                byHour.computeIfAbsent(segment.hour(), any -> new ArrayList<>()).add(segment.unit()));
        byHour.forEach((hour, units) -> head.delete(tenant, signal, hour, units));
    }

    void deleteGarbage(List<Garbage> garbage) {
        garbage.forEach(some -> deleteBlocks(some.prefixes()));
    }

    void deleteBlocks(Collection<String> prefixes) {
        for (String prefix : prefixes) {
            for (ObjectStore.Listed object : list(prefix)) {
                objects.delete(List.of(object.key()));
            }
        }
    }

    /// Deletes objects of blocks that never made it into the catalog, if nobody can still be about to commit
    /// them.
    ///
    /// @return how many objects
    int sweepOrphans(Tenant tenant, Signal signal, long modifiedBeforeMillis) {
        String root = CatalogKeys.blocksPrefix(tenant, signal);
        // listed before the catalog is read: what is committed in between is known
        List<String> old = list(root).stream()
                .filter(object -> object.modifiedMillis() < modifiedBeforeMillis)
                .map(ObjectStore.Listed::key)
                .toList();
        if (old.isEmpty()) {
            return 0;
        }
        Set<String> known = new HashSet<>(catalog.prefixes(tenant, signal));
        List<String> orphans =
                old.stream().filter(key -> !known.contains(prefixOf(key))).toList();
        for (int from = 0; from < orphans.size(); from += 1000) {
            objects.delete(orphans.subList(from, Math.min(orphans.size(), from + 1000)));
        }
        return orphans.size();
    }

    /// Deletes what interrupted appends have left of the hours before `hour`, a week of them at most. Stops
    /// at an hour of which a head still holds something.
    void sweepHead(long hour) {
        long swept = catalog.sweptHeadHour().orElse(hour - SWEEP_HOURS);
        long next = swept;
        while (next + 1 < hour && next < swept + SWEEP_HOURS && head.sweep(next + 1)) {
            next++;
        }
        if (next > swept) {
            catalog.sweptHeadHour(next);
        }
    }

    private static String prefixOf(String key) {
        return key.substring(0, key.lastIndexOf('/') + 1);
    }

    private List<ObjectStore.Listed> list(String prefix) {
        List<ObjectStore.Listed> all = new ArrayList<>();
        @Nullable String next = null;
        do {
            ObjectStore.Page page = objects.list(prefix, next);
            all.addAll(page.objects());
            next = page.next();
        } while (next != null);
        return all;
    }
}

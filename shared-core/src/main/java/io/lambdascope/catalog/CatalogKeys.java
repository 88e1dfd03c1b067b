package io.lambdascope.catalog;

import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.store.Table.Key;
import io.lambdascope.time.TimeRange;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// How the catalog's items and objects are named. Moments are ISO 8601 in UTC with milliseconds, which sort
/// as text and can be read at night; every nanosecond since the epoch that fits into 64 bits lies in years of
/// four digits.
public final class CatalogKeys {
    /// The partition that lists every tenant and signal there is. Others hold a `#`, which no tenant id does.
    static final String REGISTRY = "tenants";

    /// What is known of the head as a whole.
    static final Key HEAD = new Key("head", "swept");

    static final String STATE = "state";
    /// Sorts right behind the blocks of level 0, so that one query reads both.
    static final String SEGMENTS = "0-segments#";

    /// Sorts between the two, so that the same query reads them too.
    static final String DELETIONS = "0-deletions#";

    /// Sorts behind both, and is read by that query, too.
    static final String SET_ASIDE = "0-set-aside#";

    static final String RECENT_FROM = "0#";
    static final String RECENT_TO = SET_ASIDE + "~";
    static final String GARBAGE = "garbage#";

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final long NANOS_PER_MILLI = 1_000_000;

    private CatalogKeys() {}

    /// The prefix below which a block's objects lie.
    public static String blockPrefix(Tenant tenant, Signal signal, int level, String blockId) {
        return "%s%d/%s/".formatted(blocksPrefix(tenant, signal), level, blockId);
    }

    /// The prefix below which all blocks of a tenant and signal lie.
    public static String blocksPrefix(Tenant tenant, Signal signal) {
        return "blocks/%s/%s/".formatted(tenant, signal.text());
    }

    /// The prefix below which a segment that does not read is kept: among blocks, so that it is swept as theirs are
    /// when the catalog does not name it.
    public static String setAsidePrefix(Tenant tenant, Signal signal, String segmentId) {
        return "%sset-aside/%s/".formatted(blocksPrefix(tenant, signal), segmentId);
    }

    static String partition(Tenant tenant, Signal signal) {
        return tenant + "#" + signal.text();
    }

    static Key state(Tenant tenant, Signal signal) {
        return new Key(partition(tenant, signal), STATE);
    }

    static Key registration(Tenant tenant, Signal signal) {
        return new Key(REGISTRY, partition(tenant, signal));
    }

    /// Sort key of a block: level, first moment, id.
    static String block(int level, TimeRange range, String id) {
        return "%d#%s#%s".formatted(level, moment(range.fromNanos()), id);
    }

    /// Sort key of the earliest block of `level` that could begin at or after `fromNanos`.
    static String blocksFrom(int level, long fromNanos) {
        return "%d#%s".formatted(level, moment(fromNanos));
    }

    /// Sort key behind every block of `level` that begins before `toNanos`.
    static String blocksUntil(int level, long toNanos) {
        return "%d#%s~".formatted(level, moment(toNanos));
    }

    /// Sort key of what was written by the commit that made `version`.
    static String ofCommit(String kind, long millis, long version) {
        return "%s%s#%d".formatted(kind, momentOfMillis(millis), version);
    }

    static String moment(long nanos) {
        return momentOfMillis(Math.floorDiv(nanos, NANOS_PER_MILLI));
    }

    static String momentOfMillis(long millis) {
        return MOMENT.format(Instant.ofEpochMilli(millis));
    }
}

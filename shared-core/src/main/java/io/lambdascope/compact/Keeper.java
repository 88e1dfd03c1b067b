package io.lambdascope.compact;

import io.lambdascope.catalog.CatalogKeys;
import io.lambdascope.catalog.SetAside;
import io.lambdascope.head.HeadStore;
import io.lambdascope.source.Unit;
import io.lambdascope.store.ObjectStore;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the bytes of units that do not read.
final class Keeper {
    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
    private static final String SEGMENT = "segment";

    private final ObjectStore objects;

    Keeper(ObjectStore objects) {
        this.objects = objects;
    }

    /// A block's objects stay where they are. The bytes of a segment are copied: its item will be deleted, and the
    /// object in which it lies with others. The copy is an orphan as long as the catalog does not name it.
    SetAside keep(Unit unit, String reason, long nowMillis) {
        return new SetAside(unit.isSegment() ? copy(unit) : unit, reason, nowMillis);
    }

    /// Tells the on-call.
    static void warnOf(SetAside aside) {
        Unit unit = aside.unit();
        LOG.error(
                "set aside {} {} {}: its {} rows {} do not read ({}); answers over that time lack them and say so; its"
                        + " bytes are kept below {}; see docs/adr/0029-segments-that-do-not-read.md",
                unit.tenant(),
                unit.signal().text(),
                unit.id(),
                unit.rows(),
                unit.range().text(),
                aside.reason(),
                aside.prefix());
    }

    /// Tells the on-call that something is wrong beyond single units.
    static void warnOfTooMany(Unit unit, String reason) {
        LOG.error(
                "left {} {} {} where it is although it does not read ({}): {} units are set aside already, so look for a"
                        + " fault that they share; until then queries {} fail; see"
                        + " docs/adr/0029-segments-that-do-not-read.md",
                unit.tenant(),
                unit.signal().text(),
                unit.id(),
                reason,
                SetAside.MOST,
                unit.range().text());
    }

    private Unit copy(Unit segment) {
        byte[] bytes = HeadStore.bytes(segment, objects);
        String prefix = CatalogKeys.setAsidePrefix(segment.tenant(), segment.signal(), segment.id());
        objects.put(prefix + SEGMENT, bytes);
        return segment.at(new Unit.Place.Prefix(prefix, List.of(new Unit.Table(SEGMENT, bytes.length, 0))));
    }
}

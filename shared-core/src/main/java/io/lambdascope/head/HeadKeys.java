package io.lambdascope.head;

import io.lambdascope.fault.Fault;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.source.Unit;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// How things of the head are named in table and object store.
final class HeadKeys {
    /// The smallest and the largest sort key there can be; every character of ids and tenants lies between.
    static final String FIRST_SORT = "!";

    static final String LAST_SORT = "~";

    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH").withZone(ZoneOffset.UTC);

    private HeadKeys() {}

    /// An hour as it stands in keys: `2026-11-20T13`.
    static String hour(long hour) {
        return HOUR.format(Instant.ofEpochSecond(Math.multiplyExact(hour, 3600L)));
    }

    static String segments(Tenant tenant, Signal signal, long hour) {
        return tenant + "#" + signal.text() + "#" + hour(hour);
    }

    /// The partition that says who pushed in an hour. No tenant can be called so: `#` is no character of one.
    static String registrations(long hour) {
        return "heads#" + hour(hour);
    }

    /// The prefix of the objects of an hour.
    static String objects(long hour) {
        return "head/" + hour(hour) + "/";
    }

    /// @throws Fault CORRUPT_DATA if `segment` is not what `unit` names: another tenant's, or changed bytes
    static void checkIsOf(Segment segment, Unit unit) {
        SegmentHeader header = segment.header();
        if (!header.id().equals(unit.id())
                || !header.tenant().equals(unit.tenant())
                || header.signal() != unit.signal()) {
            throw Fault.corrupt("segment %s of %s lies where %s should be", header.id(), header.tenant(), unit.id());
        }
    }
}

package io.lambdascope.wire.influx;

import io.lambdascope.fault.Fault;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// In what the timestamps of a body count, as the parameter `precision` of a write says (InfluxDB's `/write` and
/// `/api/v2/write`).
public enum InfluxPrecision {
    NANOSECONDS(1_000_000, 1, "ns", "n"),
    MICROSECONDS(1_000, 1, "us", "u", "µ"),
    MILLISECONDS(1, 1, "ms"),
    SECONDS(1, 1_000, "s"),
    MINUTES(1, 60_000, "m"),
    HOURS(1, 3_600_000, "h");

    private final long unitsPerMilli;
    private final long millisPerUnit;
    private final List<String> names;

    InfluxPrecision(long unitsPerMilli, long millisPerUnit, String... names) {
        this.unitsPerMilli = unitsPerMilli;
        this.millisPerUnit = millisPerUnit;
        this.names = List.of(names);
    }

    /// @param name null or empty for nanoseconds
    /// @throws Fault BAD_REQUEST if it is none
    public static InfluxPrecision of(@Nullable String name) {
        if (name == null || name.isEmpty()) {
            return NANOSECONDS;
        }
        for (InfluxPrecision precision : values()) {
            if (precision.names.contains(name)) {
                return precision;
            }
        }
        throw Fault.badRequest("precision \"%s\" is none of ns, us, ms, s, m and h", name);
    }

    /// Milliseconds since the Unix epoch, rounded down.
    ///
    /// @throws ArithmeticException if they are more than 64 bits hold
    long toMillis(long timestamp) {
        return Math.multiplyExact(Math.floorDiv(timestamp, unitsPerMilli), millisPerUnit);
    }
}

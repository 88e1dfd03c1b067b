package io.lambdascope.model.metrics;

/// The sample that says that its series has ended: one NaN among many, told apart by its bits
/// (prometheus `model/value/value.go`).
public final class StaleMarker {
    /// The bits of the marker; arithmetic never yields them, since it sets the quiet bit.
    public static final long BITS = 0x7ff0000000000002L;

    public static final double VALUE = Double.longBitsToDouble(BITS);

    private StaleMarker() {}

    public static boolean isStale(double value) {
        return Double.doubleToRawLongBits(value) == BITS;
    }
}

package io.lambdascope.wire.remoteread;

/// Floats that follow one another, each as the bits in which it differs from the one before (Pelkonen and others,
/// "Gorilla", section 4.1.2, as prometheus `tsdb/chunkenc/xor.go` has it).
final class XorFloat {
    /*
     * 0: the same. 10: the bits that differ lie inside the window of the last difference that named one. 11: they do
     * not; 5 bits for the zeros before the new window, 6 for its length, where 0 means 64.
     */
    private static final int NO_WINDOW = 64;
    private static final int MOST_LEADING = 31;

    private long last;
    private int leading = NO_WINDOW;
    private int trailing;

    /// The first float, with all its bits.
    void start(double value, BitWriter out) {
        last = Double.doubleToRawLongBits(value);
        out.bits(last, 64);
    }

    void add(double value, BitWriter out) {
        long bits = Double.doubleToRawLongBits(value);
        long difference = bits ^ last;
        last = bits;
        if (difference == 0) {
            out.bits(0, 1);
            return;
        }
        int before = Math.min(Long.numberOfLeadingZeros(difference), MOST_LEADING);
        int behind = Long.numberOfTrailingZeros(difference);
        if (before >= leading && behind >= trailing) {
            out.bits(0b10, 2);
        } else {
            leading = before;
            trailing = behind;
            out.bits(0b11, 2);
            out.bits(leading, 5);
            out.bits(64 - leading - trailing, 6);
        }
        out.bits(difference >>> trailing, 64 - leading - trailing);
    }
}

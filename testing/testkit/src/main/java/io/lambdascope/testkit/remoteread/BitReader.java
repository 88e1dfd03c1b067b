package io.lambdascope.testkit.remoteread;

/// Reads bits, the highest of each byte first, and the numbers of variable length among them (prometheus
/// `tsdb/chunkenc/{bstream,varbit}.go`).
final class BitReader {
    private final byte[] bytes;
    private int at;

    /// @param fromBit number of the first bit to read
    BitReader(byte[] bytes, int fromBit) {
        this.bytes = bytes;
        this.at = fromBit;
    }

    boolean bit() {
        return bits(1) == 1;
    }

    long bits(int count) {
        long value = 0;
        for (int i = 0; i < count; i++, at++) {
            value = value << 1 | bytes[at / 8] >> 7 - at % 8 & 1;
        }
        return value;
    }

    double float64() {
        return Double.longBitsToDouble(bits(64));
    }

    /// Of `count` bits, one more value above 0 than below.
    long signed(int count) {
        long value = bits(count);
        return count < 64 && value > 1L << count - 1 ? value - (1L << count) : value;
    }

    long varint() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            long next = bits(8);
            value |= (next & 0x7f) << shift;
            if (next < 0x80) {
                return value;
            }
        }
    }

    long number() {
        int size = numberBits();
        return size == 0 ? 0 : signed(size);
    }

    long unsignedNumber() {
        return bits(numberBits());
    }

    private int numberBits() {
        int ones = 0;
        while (ones < 8 && bit()) {
            ones++;
        }
        return switch (ones) {
            case 0 -> 0;
            case 1 -> 3;
            case 2 -> 6;
            case 3 -> 9;
            case 4 -> 12;
            case 5 -> 18;
            case 6 -> 25;
            case 7 -> 56;
            default -> 64;
        };
    }

    /// Whether what is left is padding: of the last byte, and of one more that Prometheus 2.42 may have kept.
    boolean isAtEnd() {
        return at <= 8 * bytes.length && at > 8 * (bytes.length - 2);
    }
}

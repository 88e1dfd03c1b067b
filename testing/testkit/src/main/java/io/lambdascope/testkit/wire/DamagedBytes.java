package io.lambdascope.testkit.wire;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// What becomes of bytes on a bad day: cut, flipped, repeated, out of order, or not the bytes that they should be.
public final class DamagedBytes {
    private static final int MAX_DAMAGES = 4;

    private DamagedBytes() {}

    /// `good` with one to four damages.
    public static byte[] of(byte[] good, RandomGenerator random) {
        byte[] bytes = good;
        for (int i = random.nextInt(1, MAX_DAMAGES + 1); i > 0; i--) {
            bytes = damage(bytes, random);
        }
        return bytes;
    }

    private static byte[] damage(byte[] bytes, RandomGenerator random) {
        int from = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, from + random.nextInt(1, 12));
        return switch (random.nextInt(7)) {
            case 0 -> Arrays.copyOf(bytes, from);
            case 1 -> {
                byte[] flipped = bytes.clone();
                if (from < to) {
                    flipped[from] ^= (byte) (1 << random.nextInt(8));
                }
                yield flipped;
            }
            case 2 -> splice(bytes, from, to, new byte[0]);
            case 3 -> splice(bytes, from, from, Arrays.copyOfRange(bytes, from, to));
            case 4 -> {
                byte[] noise = new byte[random.nextInt(1, 8)];
                random.nextBytes(noise);
                yield splice(bytes, from, to, noise);
            }
            case 5 -> {
                byte[] extreme = new byte[random.nextInt(1, 11)];
                Arrays.fill(extreme, random.nextBoolean() ? (byte) 0xff : 0);
                yield splice(bytes, from, to, extreme);
            }
            default -> {
                int other = random.nextInt(bytes.length + 1);
                yield splice(bytes, other, other, Arrays.copyOfRange(bytes, from, to));
            }
        };
    }

    private static byte[] splice(byte[] bytes, int from, int to, byte[] with) {
        byte[] spliced = new byte[bytes.length - (to - from) + with.length];
        System.arraycopy(bytes, 0, spliced, 0, from);
        System.arraycopy(with, 0, spliced, from, with.length);
        System.arraycopy(bytes, to, spliced, from + with.length, bytes.length - to);
        return spliced;
    }
}

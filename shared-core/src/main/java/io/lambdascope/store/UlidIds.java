package io.lambdascope.store;

import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// Ids in the form of ULIDs: 48 bits of milliseconds and 80 random bits, as 26 digits of Crockford's base 32, from
/// <https://github.com/ulid/spec>. Ids of one instance ascend, also within a millisecond and when the clock goes back.
///
/// Instances that come from one snapshot of memory differ as soon as the clock or the generator does: give it a
/// generator that the operating system seeds, such as `SecureRandom`.
public final class UlidIds implements Ids {
    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int BITS_PER_DIGIT = 5;
    private static final int LENGTH = 26;
    private static final int HIGH_RANDOM_BITS = 16;

    private final InstantSource clock;
    private final RandomGenerator random;
    private long lastMillis = -1;
    private long high;
    private long low;

    public UlidIds(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    @Override
    public synchronized String next() {
        long millis = clock.millis();
        if (millis > lastMillis) {
            lastMillis = millis;
            high = random.nextLong() >>> (Long.SIZE - HIGH_RANDOM_BITS);
            low = random.nextLong();
        } else {
            increment();
        }
        return format(lastMillis << HIGH_RANDOM_BITS | high, low);
    }

    /// The random part plus one; what does not fit any more moves on to the next millisecond.
    private void increment() {
        low++;
        if (low == 0) {
            high++;
            if (high == 1L << HIGH_RANDOM_BITS) {
                high = 0;
                lastMillis++;
            }
        }
    }

    private static String format(long top, long bottom) {
        char[] text = new char[LENGTH];
        long upper = top;
        long lower = bottom;
        for (int i = LENGTH - 1; i >= 0; i--) {
            text[i] = DIGITS.charAt((int) (lower & 31));
            lower = lower >>> BITS_PER_DIGIT | upper << (Long.SIZE - BITS_PER_DIGIT);
            upper >>>= BITS_PER_DIGIT;
        }
        return new String(text);
    }
}

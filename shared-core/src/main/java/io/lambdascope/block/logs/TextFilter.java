package io.lambdascope.block.logs;

import io.lambdascope.fault.Fault;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Says of many lines which texts none of them contains: what keeps a search for something rare from reading them.
/// Never says that of a text which one of them contains.
///
/// @param words bits of grams without a digit; empty if nothing is known
/// @param numbers bits of grams with one; empty if nothing is known
record TextFilter(byte[] words, byte[] numbers) {
    /*
     * A text can stand anywhere in a line, inside of words too, so what is noted are grams: short stretches, one from
     * each byte of a line. Where a gram begins, and how long it is, is told by its own bytes alone; so the grams of a
     * text are among those of every line that contains it. Letters of ASCII count as small ones.
     *
     *     four bytes without a digit             c h e c k o u t      chec heck ecko ckou kout
     *     if a digit is among them, six bytes    a 9 3 f 0 2 7        a93f02 93f027
     *
     * Words are few, whatever the number of lines, and a filter of them is small. Identifiers and numbers are nearly
     * all different, and most of a line's entropy: it takes six bytes until their grams are rare, and one bit or less
     * is spent on each, since who looks for one brings many. Each gram sets one bit, chosen by its hash; a filter is
     * halved, one half over the other, for as long as that leaves enough bits at 0 (so its size is a power of two).
     */
    static final int WORD_BYTES = 4;
    static final int NUMBER_BYTES = 6;

    private static final int MIN_BITS = 64;
    private static final double MAX_WORD_FILL = 0.4;
    private static final double MAX_NUMBER_FILL = 0.8;

    private static final long NUMBER_MASK = (1L << 8 * NUMBER_BYTES) - 1;
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();

    /// Bytes of ASCII capitals as small letters, others as they are.
    private static final byte[] FOLDED = new byte[256];

    static {
        for (int i = 0; i < 256; i++) {
            FOLDED[i] = (byte) (i >= 'A' && i <= 'Z' ? i + 32 : i);
        }
    }

    TextFilter {
        requireSize(words);
        requireSize(numbers);
    }

    private static void requireSize(byte[] bits) {
        if (bits.length != 0 && Integer.bitCount(bits.length) != 1) {
            throw Fault.corrupt("filter has %d bytes, which is no power of two", bits.length);
        }
    }

    /// False only if no line contains `text`.
    boolean mayContain(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        byte[] folded = fold(utf8, 0, utf8.length, new byte[utf8.length + Long.BYTES]);
        for (int at = 0; at + WORD_BYTES <= utf8.length; at++) {
            int gram = (int) INTS.get(folded, at);
            if (!hasDigit(gram)) {
                if (!holds(words, hash(gram & 0xffffffffL))) {
                    return false;
                }
            } else if (at + NUMBER_BYTES <= utf8.length
                    && !holds(numbers, hash((long) LONGS.get(folded, at) & NUMBER_MASK))) {
                return false;
            }
        }
        return true;
    }

    private static boolean holds(byte[] bits, int hash) {
        int bit = hash & 8 * bits.length - 1;
        return bits.length == 0 || (bits[bit >>> 3] & 1 << (bit & 7)) != 0;
    }

    private static byte[] fold(byte[] bytes, int from, int length, byte[] into) {
        for (int i = 0; i < length; i++) {
            into[i] = FOLDED[bytes[from + i] & 0xff];
        }
        return into;
    }

    /// Whether one of four bytes is `0` to `9`, all of them at once.
    private static boolean hasDigit(int bytes) {
        // of a byte below 128: the top bit of b + 0x46 is set from '9' + 1 on, that of b + 0x50 from '0' on
        int low = bytes & 0x7f7f7f7f;
        return ((low + 0x50505050) & ~(low + 0x46464646) & ~bytes & 0x80808080) != 0;
    }

    private static int hash(long gram) {
        long mixed = (gram ^ gram >>> 29) * 0x9E3779B97F4A7C15L;
        return (int) ((mixed ^ mixed >>> 32) * 0xD6E8FEB86659FD93L >>> 33);
    }

    /// Makes filters, one after the other.
    static final class Builder {
        private final double maxWordFill;
        private final double maxNumberFill;
        private final long[] words;
        private final long[] numbers;
        private byte[] folded = new byte[1024];

        /// @param pageBytes how many bytes lines have about
        Builder(int pageBytes) {
            this(pageBytes, MAX_WORD_FILL, MAX_NUMBER_FILL);
        }

        /// @param maxWordFill the share of the bits of words that may be 1
        /// @param maxNumberFill the share of those of numbers
        Builder(int pageBytes, double maxWordFill, double maxNumberFill) {
            this.maxWordFill = maxWordFill;
            this.maxNumberFill = maxNumberFill;
            int bytes = Math.max(MIN_BITS, Integer.highestOneBit(pageBytes));
            this.words = new long[Math.max(1, bytes / 4 / Long.SIZE)];
            this.numbers = new long[2 * bytes / Long.SIZE];
        }

        /// Notes the line `bytes[from, to)`.
        void add(byte[] bytes, int from, int to) {
            int length = to - from;
            if (length + Long.BYTES > folded.length) {
                folded = new byte[Math.max(length + Long.BYTES, 2 * folded.length)];
            }
            byte[] line = fold(bytes, from, length, folded);
            for (int at = 0; at + WORD_BYTES <= length; at++) {
                int gram = (int) INTS.get(line, at);
                if (!hasDigit(gram)) {
                    set(words, hash(gram & 0xffffffffL));
                } else if (at + NUMBER_BYTES <= length) {
                    set(numbers, hash((long) LONGS.get(line, at) & NUMBER_MASK));
                }
            }
        }

        private static void set(long[] bits, int hash) {
            bits[hash >>> 6 & bits.length - 1] |= 1L << hash;
        }

        /// What was noted, as a filter; the next begins anew.
        TextFilter build() {
            TextFilter filter = new TextFilter(folded(words, maxWordFill), folded(numbers, maxNumberFill));
            Arrays.fill(words, 0);
            Arrays.fill(numbers, 0);
            return filter;
        }

        private static byte[] folded(long[] bits, double maxFill) {
            long[] current = bits;
            while (current.length * Long.SIZE > MIN_BITS) {
                long[] half = new long[current.length / 2];
                long ones = 0;
                for (int i = 0; i < half.length; i++) {
                    half[i] = current[i] | current[i + half.length];
                    ones += Long.bitCount(half[i]);
                }
                if (ones > maxFill * half.length * Long.SIZE) {
                    break;
                }
                current = half;
            }
            byte[] bytes = new byte[current.length * Long.BYTES];
            for (int i = 0; i < current.length; i++) {
                LONGS.set(bytes, i * Long.BYTES, current[i]);
            }
            return bytes;
        }
    }
}

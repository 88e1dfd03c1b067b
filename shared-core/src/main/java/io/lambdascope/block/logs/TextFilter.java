package io.lambdascope.block.logs;

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
     * each byte of a line, whose kind and length their own bytes tell. Letters of ASCII count as small ones.
     *
     *     four bytes without a digit             c h e c k o u t      chec heck ecko ckou kout
     *     if a digit is among them, six bytes    a 9 3 f 0 2 7        a93f02 93f027
     *
     * All grams of words are noted: there are few, whatever the number of lines. Grams of identifiers and numbers are
     * nearly all different, and there are as many as bytes; so of each `WINDOW` that follow one another the one with
     * the smallest hash is noted (Schleimer, Wilkerson, Aiken, "Winnowing"): about 2 in WINDOW + 1. What is chosen in a
     * text is chosen in every line that contains it, since the line has all of the text's windows.
     *
     * Each gram that is noted sets one bit, so many bits being there that half of those of numbers are 1 in the end:
     * a text that is looked for brings several grams, and one bit of each is what most is known from for the size. Of
     * words, of which texts have few that are rare, a third is 1.
     */
    static final int WORD_BYTES = 4;
    static final int NUMBER_BYTES = 6;
    static final int WINDOW = 6;

    /// Bits that a hash has; a filter has as many at most.
    private static final int HASH_BITS = 22;

    private static final double BITS_FOR_WORD = 2.5;
    private static final double BITS_FOR_NUMBER = 1.4427;

    private static final int NO_NUMBER = Integer.MAX_VALUE;
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

    /// What is known of a text that is looked for.
    record Sought(int[] words, int[] numbers) {
        static Sought of(String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            Grams grams = new Grams();
            grams.find(utf8, 0, utf8.length);
            return new Sought(
                    Arrays.copyOf(grams.words, grams.wordCount), Arrays.copyOf(grams.numbers, grams.numberCount));
        }

        /// Whether the text is so short that no filter rules it out.
        boolean saysNothing() {
            return words.length == 0 && numbers.length == 0;
        }
    }

    /// False only if no line contains `text`.
    boolean mayContain(Sought text) {
        return holdsAll(words, text.words) && holdsAll(numbers, text.numbers);
    }

    private static boolean holdsAll(byte[] bits, int[] hashes) {
        if (bits.length == 0) {
            return true;
        }
        for (int hash : hashes) {
            int bit = place(hash, 8L * bits.length);
            if ((bits[bit >>> 3] & 1 << (bit & 7)) == 0) {
                return false;
            }
        }
        return true;
    }

    /// Which of `bits` bits stands for `hash`.
    private static int place(int hash, long bits) {
        return (int) (hash * bits >>> HASH_BITS);
    }

    /// The grams of one text that are noted, as their hashes.
    private static final class Grams {
        private byte[] folded = new byte[1024];
        private int[] window = new int[1024];
        private int[] words = new int[1024];
        private int wordCount;
        private int[] numbers = new int[1024];
        private int numberCount;

        /// Finds those of `bytes[from, from + length)`.
        void find(byte[] bytes, int from, int length) {
            if (length + Long.BYTES > folded.length) {
                int size = Math.max(length + Long.BYTES, 2 * folded.length);
                folded = new byte[size];
                window = new int[size];
                words = new int[size];
                numbers = new int[size];
            }
            for (int i = 0; i < length; i++) {
                folded[i] = FOLDED[bytes[from + i] & 0xff];
            }
            wordCount = 0;
            for (int at = 0; at + WORD_BYTES <= length; at++) {
                int gram = (int) INTS.get(folded, at);
                boolean word = !hasDigit(gram);
                if (word) {
                    words[wordCount++] = hash(gram & 0xffffffffL) >>> 31 - HASH_BITS;
                }
                // the last few are too short to be numbers, and are not looked at
                window[at] = word ? NO_NUMBER : hash((long) LONGS.get(folded, at) & NUMBER_MASK);
            }
            choose(length - NUMBER_BYTES + 1);
        }

        /// Notes the smallest of each window of the first `count`; of equal ones, the one that comes last.
        private void choose(int count) {
            numberCount = 0;
            int chosen = -1;
            for (int end = WINDOW; end <= count; end++) {
                int smallest = chosen;
                if (chosen < end - WINDOW) {
                    smallest = end - WINDOW;
                    for (int at = smallest + 1; at < end; at++) {
                        smallest = window[at] <= window[smallest] ? at : smallest;
                    }
                } else if (window[end - 1] <= window[chosen]) {
                    smallest = end - 1;
                }
                if (smallest != chosen) {
                    chosen = smallest;
                    if (window[chosen] != NO_NUMBER) {
                        numbers[numberCount++] = window[chosen] >>> 31 - HASH_BITS;
                    }
                }
            }
        }
    }

    /// Whether one of four bytes is `0` to `9`, all of them at once.
    private static boolean hasDigit(int bytes) {
        // of a byte below 128: the top bit of b + 0x46 is set from '9' + 1 on, that of b + 0x50 from '0' on
        int low = bytes & 0x7f7f7f7f;
        return (low + 0x50505050 & ~(low + 0x46464646) & ~bytes & 0x80808080) != 0;
    }

    /// 31 bits.
    private static int hash(long gram) {
        long mixed = (gram ^ gram >>> 29) * 0x9E3779B97F4A7C15L;
        return (int) ((mixed ^ mixed >>> 32) * 0xD6E8FEB86659FD93L >>> 33);
    }

    /// Makes filters, one after the other.
    static final class Builder {
        private final Grams grams = new Grams();
        private final long[] words = new long[1 << HASH_BITS - 6];
        private final long[] numbers = new long[1 << HASH_BITS - 6];

        /// Notes the line `bytes[from, to)`.
        void add(byte[] bytes, int from, int to) {
            grams.find(bytes, from, to - from);
            note(grams.words, grams.wordCount, words);
            note(grams.numbers, grams.numberCount, numbers);
        }

        private static void note(int[] hashes, int count, long[] into) {
            for (int i = 0; i < count; i++) {
                into[hashes[i] >>> 6] |= 1L << hashes[i];
            }
        }

        /// What was noted, as a filter; the next begins anew.
        TextFilter build() {
            return new TextFilter(shrunk(words, BITS_FOR_WORD), shrunk(numbers, BITS_FOR_NUMBER));
        }

        /// A bit for each hash, as so many bits for each that is there.
        private static byte[] shrunk(long[] hashes, double bitsForEach) {
            long count = 0;
            for (long some : hashes) {
                count += Long.bitCount(some);
            }
            int bytes = Math.clamp((long) Math.ceil(count * bitsForEach / 8), 8, 1 << HASH_BITS - 3);
            byte[] bits = new byte[bytes];
            for (int i = 0; i < hashes.length; i++) {
                for (long left = hashes[i]; left != 0; left &= left - 1) {
                    int bit = place(64 * i + Long.numberOfTrailingZeros(left), 8L * bytes);
                    bits[bit >>> 3] |= (byte) (1 << (bit & 7));
                }
            }
            Arrays.fill(hashes, 0);
            return bits;
        }
    }
}

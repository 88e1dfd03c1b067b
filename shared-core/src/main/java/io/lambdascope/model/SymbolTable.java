package io.lambdascope.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Byte strings, each once, numbered in the order they came: what makes a label cost four bytes. Looking a string up
/// hashes its bytes where they lie, so that decoding a push makes no object for a label that the push has already
/// named.
public final class SymbolTable {
    /*
     * The bytes of all symbols lie one behind the other in `bytes`; symbol i ends at ends[i]. `slots` is a hash table
     * with linear probing that holds symbol + 1, at most half full, so that a miss ends soon.
     *
     * Nobody who sends strings knows the multiplier: with a known one, short strings can be made that all hash alike.
     * Nothing else depends on it.
     */
    private static final int MULTIPLIER = new SplittableRandom().nextInt() | 1;

    private byte[] bytes = new byte[4096];
    private int[] ends = new int[256];
    private int[] hashes = new int[256];
    private @Nullable String[] strings = new String[256];
    private int[] slots = new int[512];
    private int size;

    public int size() {
        return size;
    }

    /// The number of the string `source[from, from + length)`, given now if it is new.
    public int intern(byte[] source, int from, int length) {
        int hash = hash(source, from, length);
        int mask = slots.length - 1;
        int slot = hash & mask;
        while (true) {
            int symbol = slots[slot] - 1;
            if (symbol < 0) {
                return insert(source, from, length, hash, slot);
            }
            if (hashes[symbol] == hash
                    && Arrays.equals(bytes, start(symbol), ends[symbol], source, from, from + length)) {
                return symbol;
            }
            slot = (slot + 1) & mask;
        }
    }

    public int intern(String string) {
        byte[] utf8 = string.getBytes(StandardCharsets.UTF_8);
        return intern(utf8, 0, utf8.length);
    }

    /// The number of `string`, or -1 if the table does not have it.
    public int find(String string) {
        byte[] utf8 = string.getBytes(StandardCharsets.UTF_8);
        int hash = hash(utf8, 0, utf8.length);
        int mask = slots.length - 1;
        for (int slot = hash & mask; slots[slot] != 0; slot = (slot + 1) & mask) {
            int symbol = slots[slot] - 1;
            if (hashes[symbol] == hash && Arrays.equals(bytes, start(symbol), ends[symbol], utf8, 0, utf8.length)) {
                return symbol;
            }
        }
        return -1;
    }

    /// Symbol as text.
    public String text(int symbol) {
        String string = strings[symbol];
        if (string == null) {
            string = new String(bytes, start(symbol), length(symbol), StandardCharsets.UTF_8);
            strings[symbol] = string;
        }
        return string;
    }

    /// Where the bytes of `symbol` begin in [#bytes].
    public int start(int symbol) {
        return symbol == 0 ? 0 : ends[symbol - 1];
    }

    /// How many bytes `symbol` has.
    public int length(int symbol) {
        return ends[symbol] - start(symbol);
    }

    /// The bytes of all symbols, one behind the other. Not a copy.
    public byte[] bytes() {
        return bytes;
    }

    /// Compares two symbols byte by byte, unsigned, as UTF-8 sorts.
    public int compare(int a, int b) {
        return Arrays.compareUnsigned(bytes, start(a), ends[a], bytes, start(b), ends[b]);
    }

    private int insert(byte[] source, int from, int length, int hash, int slot) {
        int end = start(size) + length;
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
        }
        System.arraycopy(source, from, bytes, end - length, length);
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, 2 * size);
            hashes = Arrays.copyOf(hashes, 2 * size);
            strings = Arrays.copyOf(strings, 2 * size);
        }
        int symbol = size++;
        ends[symbol] = end;
        hashes[symbol] = hash;
        slots[slot] = symbol + 1;
        if (2 * size > slots.length) {
            rehash();
        }
        return symbol;
    }

    private void rehash() {
        slots = new int[2 * slots.length];
        int mask = slots.length - 1;
        for (int symbol = 0; symbol < size; symbol++) {
            int slot = hashes[symbol] & mask;
            while (slots[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = symbol + 1;
        }
    }

    private static int hash(byte[] source, int from, int length) {
        int hash = length;
        for (int i = from; i < from + length; i++) {
            hash = MULTIPLIER * hash + source[i];
        }
        hash *= 0x9E3779B1;
        return hash ^ hash >>> 15;
    }
}

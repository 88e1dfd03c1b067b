package io.lambdascope.wire.influx;

import io.lambdascope.model.SymbolTable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Bytes that grow: a word of a line, or a name made of words.
final class NameBytes {
    private byte[] bytes = new byte[256];
    private int size;

    void clear() {
        size = 0;
    }

    /// Goes back to the first `length` bytes.
    void cut(int length) {
        size = length;
    }

    int size() {
        return size;
    }

    void add(byte b) {
        if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * size);
        }
        bytes[size++] = b;
    }

    boolean is(String ascii) {
        if (size != ascii.length()) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            if (bytes[i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// Adds `word` as a part of the name of a metric or label: each character that may not stand in one becomes `_`,
    /// and no name begins with a digit.
    void addName(NameBytes word) {
        if (size == 0 && word.size > 0 && isDigit(word.bytes[0])) {
            add((byte) '_');
        }
        for (int i = 0; i < word.size; i++) {
            byte b = word.bytes[i];
            boolean goesOn = b < (byte) 0xc0 && i > 0 && word.bytes[i - 1] < 0; // a character of several bytes
            if (!goesOn) {
                add(isNameByte(b) ? b : (byte) '_');
            }
        }
    }

    private static boolean isNameByte(byte b) {
        return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || isDigit(b) || b == '_';
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    int internIn(SymbolTable symbols) {
        return symbols.intern(bytes, 0, size);
    }

    @Override
    public String toString() {
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }
}

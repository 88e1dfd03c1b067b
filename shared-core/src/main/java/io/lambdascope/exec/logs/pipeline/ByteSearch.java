package io.lambdascope.exec.logs.pipeline;

import java.io.ByteArrayOutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Looks for one text in UTF-8 bytes.
final class ByteSearch {
    /*
     * Two bytes of the text that are rare in logs are compared at eight places at once, in the lanes of a long: a lane
     * of the two differences joined by OR is zero where both fit. What fits is compared as a whole. Where the case of
     * letters is ignored, bit 0x20 is set on both sides; no other byte becomes a letter by it.
     */
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long LANES = 0x0101010101010101L;
    private static final long LOW_BITS = 0x7f7f7f7f7f7f7f7fL;

    /// From what is most frequent in logs to what is less so; all others are rare.
    private static final String FREQUENT = " e0ta1oinsr2lcd3=5um4\"p:6879gf-,.h/bvyw_TISAE{}[]";

    private final byte[] text;
    private final boolean ignoresCase;
    private final int first;
    private final int second;
    private final long firstLanes;
    private final long secondLanes;
    private final long firstCase;
    private final long secondCase;

    /// @param ignoresCase whether ASCII letters match in either case; then `text` must have none in upper case
    ByteSearch(String text, boolean ignoresCase) {
        this.text = bytesOf(text);
        this.ignoresCase = ignoresCase;
        this.first = rarest(-1);
        this.second = this.text.length > 1 ? rarest(first) : first;
        this.firstLanes = this.text.length == 0 ? 0 : LANES * (this.text[first] & 0xff);
        this.secondLanes = this.text.length == 0 ? 0 : LANES * (this.text[second] & 0xff);
        this.firstCase = this.text.length == 0 ? 0 : caseOf(this.text[first]);
        this.secondCase = this.text.length == 0 ? 0 : caseOf(this.text[second]);
    }

    /// UTF-8; a lone surrogate from U+DC80 to U+DCFF stands for a byte that is none, as in
    /// [io.lambdascope.ql.QuotedText].
    private static byte[] bytesOf(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        text.codePoints().forEach(c -> {
            if (c >= 0xDC80 && c <= 0xDCFF) {
                bytes.write(c - 0xDC00);
            } else {
                bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
            }
        });
        return bytes.toByteArray();
    }

    private int rarest(int except) {
        int best = -1;
        for (int i = 0; i < text.length; i++) {
            if (i != except && (best < 0 || frequency(text[i]) < frequency(text[best]))) {
                best = i;
            }
        }
        return Math.max(best, 0);
    }

    private static int frequency(byte b) {
        int rank = FREQUENT.indexOf(b & 0xff);
        return rank < 0 ? 0 : FREQUENT.length() - rank;
    }

    private long caseOf(byte b) {
        return ignoresCase && b >= 'a' && b <= 'z' ? LANES * 0x20 : 0;
    }

    /// How many bytes the text has.
    int length() {
        return text.length;
    }

    /// Where the text first stands within `bytes[from, to)`, or -1.
    int find(byte[] bytes, int from, int to) {
        int last = to - text.length;
        if (text.length == 0 || from > last) {
            return text.length == 0 && from <= to ? from : -1;
        }
        int at = from;
        int lastOfEight = to - 8 - Math.max(first, second);
        while (at <= lastOfEight) {
            long differences = ((long) LONGS.get(bytes, at + first) | firstCase) ^ firstLanes
                    | ((long) LONGS.get(bytes, at + second) | secondCase) ^ secondLanes;
            // the high bit of each lane that is zero
            long fits = ~((differences & LOW_BITS) + LOW_BITS | differences | LOW_BITS);
            while (fits != 0) {
                int candidate = at + (Long.numberOfTrailingZeros(fits) >>> 3);
                if (candidate > last) {
                    return -1;
                }
                if (standsAt(bytes, candidate)) {
                    return candidate;
                }
                fits &= fits - 1;
            }
            at += 8;
        }
        for (; at <= last; at++) {
            if (standsAt(bytes, at)) {
                return at;
            }
        }
        return -1;
    }

    /// Whether the text stands at the beginning of `bytes[from, to)`.
    boolean standsAt(byte[] bytes, int from, int to) {
        return text.length <= to - from && standsAt(bytes, from);
    }

    private boolean standsAt(byte[] bytes, int at) {
        for (int i = 0; i < text.length; i++) {
            byte b = bytes[at + i];
            if (b != text[i] && !(ignoresCase && b >= 'A' && b <= 'Z' && (b | 0x20) == text[i])) {
                return false;
            }
        }
        return true;
    }
}

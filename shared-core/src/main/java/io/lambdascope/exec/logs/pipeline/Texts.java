package io.lambdascope.exec.logs.pipeline;

import io.lambdascope.model.logs.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Makes strings of bytes, and gives the same one again for short texts that came a short while ago.
final class Texts {
    private static final int MAX_KEPT = 40;
    private static final int SLOTS = 1 << 12;

    private record Kept(byte[] bytes, String text) {}

    private final @Nullable Kept[] kept = new Kept[SLOTS];

    /// The text in `bytes[from, to)`, UTF-8; a space for what is no UTF-8, or says so.
    String of(byte[] bytes, int from, int to) {
        if (to - from > MAX_KEPT) {
            return made(bytes, from, to);
        }
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        int slot = (hash ^ hash >>> 12) & SLOTS - 1;
        Kept known = kept[slot];
        if (known != null && Arrays.equals(known.bytes, 0, known.bytes.length, bytes, from, to)) {
            return known.text;
        }
        String text = made(bytes, from, to);
        kept[slot] = new Kept(Arrays.copyOfRange(bytes, from, to), text);
        return text;
    }

    /// The text of a JSON string, or the empty text if an escape in it is none.
    String ofJson(byte[] bytes, int from, int to) {
        if (!JsonText.hasEscape(bytes, from, to)) {
            return of(bytes, from, to);
        }
        byte[] unescaped = JsonText.unescaped(bytes, from, to);
        return unescaped == null ? "" : of(unescaped, 0, unescaped.length);
    }

    private static String made(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8).replace('\ufffd', ' ');
    }
}

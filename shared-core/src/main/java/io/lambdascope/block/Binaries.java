package io.lambdascope.block;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.parquet.io.api.Binary;

/// Texts as Parquet wants them; those that come again and again are encoded once.
public final class Binaries {
    private static final int MAX_KEPT = 1 << 16;

    private final Map<String, Binary> kept = new HashMap<>();

    public Binary of(String text) {
        Binary binary = kept.get(text);
        if (binary == null) {
            if (kept.size() == MAX_KEPT) {
                kept.clear();
            }
            binary = Binary.fromConstantByteArray(text.getBytes(StandardCharsets.UTF_8));
            kept.put(text, binary);
        }
        return binary;
    }
}

package io.lambdascope.exec.metrics;

import io.lambdascope.result.Partial;
import io.lambdascope.result.PartialFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Answers of pieces of queries, those used last. A key names all that an answer follows from ([PieceKey]), so that
/// nothing in here is ever out of date. Shared by all queries of a process.
public final class ResultCache {
    /// What an entry takes besides its answer, about: the key and the map's own.
    private static final int ENTRY_BYTES = 200;

    private final long maxBytes;
    private final LinkedHashMap<String, byte[]> answers = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /// @param maxBytes what all of it may take, about; 0 to keep nothing
    public ResultCache(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    Optional<Partial> get(String key) {
        byte[] answer;
        synchronized (this) {
            answer = answers.get(key);
        }
        return Optional.ofNullable(answer).map(PartialFormat::read);
    }

    /// Keeps `partial`, unless it alone is more than all may take.
    void put(String key, Partial partial) {
        // one that would be too large as it is is not worth the room that packing it takes
        if (8L * partial.steps() * partial.rows().size() < maxBytes) {
            put(key, PartialFormat.write(partial));
        }
    }

    private synchronized void put(String key, byte[] answer) {
        if (cost(answer) > maxBytes) {
            return;
        }
        byte[] before = answers.put(key, answer);
        bytes += cost(answer) - (before == null ? 0 : cost(before));
        Iterator<Map.Entry<String, byte[]>> eldest = answers.entrySet().iterator();
        while (bytes > maxBytes) {
            bytes -= cost(eldest.next().getValue());
            eldest.remove();
        }
    }

    private static long cost(byte[] answer) {
        return ENTRY_BYTES + (long) answer.length;
    }
}

package io.lambdascope.block;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.jspecify.annotations.Nullable;

/// Footers and page indexes of blocks read lately, and small tables whole. Keyed by the block's id, which names the
/// same bytes for ever. Shared by all queries of a process.
public final class BlockCache {
    private final long maxBytes;
    private long bytes;
    private final LinkedHashMap<Key, Tail> tails = new LinkedHashMap<>(16, 0.75f, true);

    record Key(String blockId, String table) {}

    /// The end of a table.
    ///
    /// @param offset where `bytes` begins in the object: 0 for one that is here whole
    record Tail(long offset, byte[] bytes, ParquetMetadata footer) {
        /// What parsing the footer makes of it takes a few times its bytes.
        long cost() {
            return 4L * bytes.length;
        }
    }

    /// @param maxBytes what all of it may take, about
    public BlockCache(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    synchronized @Nullable Tail get(Key key) {
        return tails.get(key);
    }

    synchronized void put(Key key, Tail tail) {
        if (tail.cost() > maxBytes) {
            return;
        }
        Tail before = tails.put(key, tail);
        bytes += tail.cost() - (before == null ? 0 : before.cost());
        var eldest = tails.entrySet().iterator();
        while (bytes > maxBytes && eldest.hasNext()) {
            Map.Entry<Key, Tail> entry = eldest.next();
            bytes -= entry.getValue().cost();
            eldest.remove();
        }
    }
}

package io.lambdascope.block.logs;

import io.lambdascope.block.BlockCache;
import io.lambdascope.source.Unit;
import io.lambdascope.source.logs.LogsSource;
import io.lambdascope.store.MemoryObjectStore;
import io.lambdascope.testkit.logs.LogItem;
import io.lambdascope.testkit.logs.LogsSourceContract;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;

/// What is pushed, as one block, whatever its pages and columns.
class LogsBlockContractTest extends LogsSourceContract {
    @TempDir
    Path scratch;

    private final MemoryObjectStore store = new MemoryObjectStore(InstantSource.fixed(Instant.EPOCH));

    @Override
    protected LogsSource source(List<List<LogItem>> batches, SplittableRandom random) {
        Unit unit = LogsBlocks.write(
                LogsBlocks.segment(batches), LogsBlocks.tiny(random), store, "b" + random.nextLong(), scratch);
        return new LogsBlockSource(store, unit, new BlockCache(1 << 20));
    }
}

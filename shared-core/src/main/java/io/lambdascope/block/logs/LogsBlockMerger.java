package io.lambdascope.block.logs;

import io.lambdascope.block.BlockInfo;
import io.lambdascope.source.Shard;
import io.lambdascope.source.logs.Horizon;
import io.lambdascope.source.logs.LogsCursor;
import io.lambdascope.source.logs.LogsScan;
import io.lambdascope.source.logs.LogsSource;
import io.lambdascope.source.logs.LogsStats;
import io.lambdascope.source.logs.MergingCursor;
import io.lambdascope.store.ObjectStore;
import io.lambdascope.time.TimeRange;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Makes one block of what lies in several units: streams in label order, each entry once, cut to a time window and a
/// shard. Streams: memory does not grow with the length of the block.
public final class LogsBlockMerger {
    private final LogsBlockSettings settings;
    private final ObjectStore store;
    private final Path scratch;

    /// @param scratch an existing directory on local disk
    public LogsBlockMerger(LogsBlockSettings settings, ObjectStore store, Path scratch) {
        this.settings = settings;
        this.store = store;
        this.scratch = scratch;
    }

    /// Writes the entries of `inputs` inside `window`, of streams in `shard`, as one block. Reads each input twice:
    /// labels and structured metadata first, since a schema has to be known before the first row.
    ///
    /// @param inputs in the order in which their entries arrived; stay open
    /// @param prefix where its objects go, ends in `/`; never used before
    /// @return empty if there is nothing in it; then nothing was written
    public Optional<BlockInfo> merge(List<? extends LogsSource> inputs, TimeRange window, Shard shard, String prefix) {
        LogsColumns.Survey survey = new LogsColumns.Survey();
        LogsScan metadataOnly = scan(window, shard, new LogsScan.Columns(false, null));
        for (LogsSource input : inputs) {
            try (LogsCursor cursor = open(input, metadataOnly)) {
                while (cursor.next()) {
                    survey.add(cursor.stream(), cursor.entries());
                }
            }
        }
        if (survey.isEmpty()) {
            return Optional.empty();
        }
        LogsScan all = scan(window, shard, LogsScan.Columns.ALL);
        try (LogsBlockWriter writer = new LogsBlockWriter(settings, survey.columns(settings), store, prefix, scratch);
                LogsCursor cursor = MergingCursor.of(
                        inputs.stream().map(input -> open(input, all)).toList())) {
            writer.addAll(cursor);
            return Optional.of(writer.finish());
        }
    }

    private static LogsScan scan(TimeRange window, Shard shard, LogsScan.Columns columns) {
        return new LogsScan(List.of(), window, shard, LogsScan.Hints.NONE, columns, LogsScan.Order.BY_STREAM);
    }

    private static LogsCursor open(LogsSource input, LogsScan request) {
        return input.scan(request, new Horizon(), new LogsStats());
    }
}

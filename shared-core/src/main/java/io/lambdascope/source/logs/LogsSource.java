package io.lambdascope.source.logs;

import java.io.Closeable;
import java.util.List;

/// Log entries of one tenant in one unit. Segments and blocks are read through this alone.
public interface LogsSource extends Closeable {
    /// Opens a cursor over the entries that pass; the caller closes it. An entry that the unit holds twice comes
    /// once.
    ///
    /// @param horizon narrows the range while the cursor is open
    /// @param stats counts what is read and what need not be
    /// @throws io.lambdascope.fault.Fault CORRUPT_DATA or UNAVAILABLE
    LogsCursor scan(LogsScan request, Horizon horizon, LogsStats stats);

    /// The streams that pass `request.matchers()` and `request.shard()` and have an entry inside `request.range()`,
    /// by labels, with what the unit knows of them without reading entries.
    ///
    /// @throws io.lambdascope.fault.Fault CORRUPT_DATA or UNAVAILABLE
    List<StreamSummary> streams(LogsScan request, LogsStats stats);

    /// When the first push that it holds arrived, nanoseconds since the Unix epoch: entries of one stream and one
    /// moment that lie in several units are in this order. Blocks, whose entries arrived at many times, come before
    /// segments.
    default long arrivedNanos() {
        return Long.MIN_VALUE;
    }

    @Override
    void close();
}

package io.lambdascope.source.logs;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.logs.LogEntries;
import java.io.Closeable;

/// Runs of entries, each of one stream.
public interface LogsCursor extends Closeable {
    /// Moves to the next run; false if there is none.
    ///
    /// @throws io.lambdascope.fault.Fault CORRUPT_DATA or UNAVAILABLE
    boolean next();

    /// The labels of the stream. The same object for runs of the same stream that follow one another.
    Labels stream();

    /// The entries of the run, at least one; valid until [#next] or [#close].
    LogEntries entries();

    @Override
    void close();
}

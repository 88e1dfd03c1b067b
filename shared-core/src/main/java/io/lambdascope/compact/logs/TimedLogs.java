package io.lambdascope.compact.logs;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.logs.LogEntries;
import io.lambdascope.source.logs.Horizon;
import io.lambdascope.source.logs.LogsCursor;
import io.lambdascope.source.logs.LogsScan;
import io.lambdascope.source.logs.LogsSource;
import io.lambdascope.source.logs.LogsStats;
import io.lambdascope.source.logs.StreamSummary;
import io.lambdascope.time.Deadline;
import java.util.List;

/// A source that is read until a deadline: each step to another run fails once it is over.
record TimedLogs(LogsSource source, Deadline deadline) implements LogsSource {
    @Override
    public LogsCursor scan(LogsScan request, Horizon horizon, LogsStats stats) {
        return new TimedCursor(source.scan(request, horizon, stats), deadline);
    }

    @Override
    public List<StreamSummary> streams(LogsScan request, LogsStats stats) {
        deadline.check();
        return source.streams(request, stats);
    }

    @Override
    public void close() {
        source.close();
    }

    private record TimedCursor(LogsCursor cursor, Deadline deadline) implements LogsCursor {
        @Override
        public boolean next() {
            deadline.check();
            return cursor.next();
        }

        @Override
        public Labels stream() {
            return cursor.stream();
        }

        @Override
        public LogEntries entries() {
            return cursor.entries();
        }

        @Override
        public void close() {
            cursor.close();
        }
    }
}

package io.lambdascope.block.logs;

import io.lambdascope.block.LabelColumns;
import io.lambdascope.labels.Labels;
import io.lambdascope.model.logs.LogEntries;
import org.jspecify.annotations.Nullable;

/// Which labels and which keys of structured metadata of a block get a column of their own.
///
/// @param labels of streams
/// @param metadata keys of structured metadata
public record LogsColumns(LabelColumns labels, LabelColumns metadata) {
    /// Sees all streams and all structured metadata of the block to come; entries that come twice may count twice.
    public static final class Survey {
        private final LabelColumns.Survey labels = new LabelColumns.Survey();
        private final LabelColumns.Survey metadata = new LabelColumns.Survey();
        private @Nullable Labels last;
        private long entries;

        public void add(Labels stream, LogEntries run) {
            if (!stream.equals(last)) {
                labels.add(stream);
                last = stream;
            }
            entries += run.size();
            for (LogEntries.MetadataColumn column : run.metadata()) {
                int count = 0;
                for (int entry = 0; entry < run.size(); entry++) {
                    count += column.has(entry) ? 1 : 0;
                }
                metadata.add(column.name(), count);
            }
        }

        public boolean isEmpty() {
            return entries == 0;
        }

        public LogsColumns columns(LogsBlockSettings settings) {
            long least = Math.ceilDiv(entries, settings.metadataColumnShare());
            return new LogsColumns(
                    labels.columns(settings.maxLabelColumns()), metadata.columns(settings.maxMetadataColumns(), least));
        }
    }
}

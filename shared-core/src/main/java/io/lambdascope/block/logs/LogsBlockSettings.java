package io.lambdascope.block.logs;

/// What may be tuned of blocks of logs.
///
/// @param pageBytes size of a page of lines before compression: what is read to get at one line, and what the text
///     index rules out at once
/// @param rowGroupBytes what a writer buffers
/// @param zstdLevel 1 to 19
/// @param maxLabelColumns labels of the most usual names get a column each; the others share a map
/// @param maxMetadataColumns so do the most usual keys of structured metadata …
/// @param metadataColumnShare … if at least one entry in so many has them
/// @param maxFactBytes what [io.lambdascope.source.logs.LogsFacts] of a block may take
/// @param maxPageFactBytes what those of the structured metadata of a page may take
public record LogsBlockSettings(
        int pageBytes,
        long rowGroupBytes,
        int zstdLevel,
        int maxLabelColumns,
        int maxMetadataColumns,
        int metadataColumnShare,
        int maxFactBytes,
        int maxPageFactBytes) {
    public static final LogsBlockSettings DEFAULTS =
            new LogsBlockSettings(1 << 20, 32L << 20, 6, 60, 60, 100, 16 << 10, 32 << 10);

    public LogsBlockSettings {
        if (pageBytes < 64 || metadataColumnShare < 1) {
            throw new IllegalArgumentException(
                    "pages of %d bytes and columns for one entry in %d, allowed are 64 and more, 1 and more"
                            .formatted(pageBytes, metadataColumnShare));
        }
    }
}

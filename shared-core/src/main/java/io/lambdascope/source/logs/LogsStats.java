package io.lambdascope.source.logs;

/// Counts what reading took and what pruning saved. For one thread.
public final class LogsStats {
    private long lines;
    private long lineBytes;
    private long metadataBytes;
    private long storedBytes;
    private long groupsRead;
    private long groupsSkipped;

    /// Entries were decoded.
    ///
    /// @param bytesOfLines of their lines, decompressed
    /// @param bytesOfMetadata of their structured metadata, decompressed
    public void addEntries(long count, long bytesOfLines, long bytesOfMetadata) {
        lines += count;
        lineBytes += bytesOfLines;
        metadataBytes += bytesOfMetadata;
    }

    /// Bytes were fetched from where the unit lies.
    public void addStoredBytes(long count) {
        storedBytes += count;
    }

    /// Row groups (of a segment: the whole of it) were read, or ruled out by what is known of them.
    public void addGroups(long read, long skipped) {
        groupsRead += read;
        groupsSkipped += skipped;
    }

    public void add(LogsStats other) {
        addEntries(other.lines, other.lineBytes, other.metadataBytes);
        addStoredBytes(other.storedBytes);
        addGroups(other.groupsRead, other.groupsSkipped);
    }

    public long lines() {
        return lines;
    }

    public long lineBytes() {
        return lineBytes;
    }

    public long metadataBytes() {
        return metadataBytes;
    }

    public long storedBytes() {
        return storedBytes;
    }

    public long groupsRead() {
        return groupsRead;
    }

    public long groupsSkipped() {
        return groupsSkipped;
    }
}

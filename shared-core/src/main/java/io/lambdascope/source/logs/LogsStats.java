package io.lambdascope.source.logs;

import io.lambdascope.fault.Fault;

/// Counts what reading took and what pruning saved. For one thread.
public final class LogsStats {
    private long lines;
    private long lineBytes;
    private long metadataBytes;
    private long storedBytes;
    private long groupsRead;
    private long groupsSkipped;
    private long keptLines;
    private long pieces;

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

    /// Entries passed everything that the query asks of them.
    public void addKeptLines(long count) {
        keptLines += count;
    }

    /// So many pieces of the query are run apart.
    public void addPieces(long count) {
        pieces += count;
    }

    public void add(LogsStats other) {
        addEntries(other.lines, other.lineBytes, other.metadataBytes);
        addStoredBytes(other.storedBytes);
        addGroups(other.groupsRead, other.groupsSkipped);
        addKeptLines(other.keptLines);
        addPieces(other.pieces);
    }

    /// All counts, as [#addCounts] takes them.
    public long[] counts() {
        return new long[] {lines, lineBytes, metadataBytes, storedBytes, groupsRead, groupsSkipped, keptLines, pieces};
    }

    /// Adds what another place has counted.
    ///
    /// @throws Fault CORRUPT_DATA if these are not as many counts as there are
    public void addCounts(long[] counts) {
        if (counts.length != counts().length) {
            throw Fault.corrupt("%d counts of logs read, %d are known", counts.length, counts().length);
        }
        addEntries(counts[0], counts[1], counts[2]);
        addStoredBytes(counts[3]);
        addGroups(counts[4], counts[5]);
        addKeptLines(counts[6]);
        addPieces(counts[7]);
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

    public long keptLines() {
        return keptLines;
    }

    public long pieces() {
        return pieces;
    }
}

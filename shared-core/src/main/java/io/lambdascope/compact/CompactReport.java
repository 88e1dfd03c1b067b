package io.lambdascope.compact;

/// What a run has done.
///
/// @param heads tenants and signals looked at
/// @param jobs merges committed
/// @param blocksWritten by them
/// @param blocksExpired dropped because their time was over
/// @param lost commits that came too late because somebody else had changed the catalog
/// @param failed runs that ended with a fault, which the next run takes up, and merges of what does not read
/// @param unfinished tenants and signals with work left for the next run because time was up
public record CompactReport(
        int heads, int jobs, int blocksWritten, int blocksExpired, int lost, int failed, int unfinished) {
    static final CompactReport NOTHING = new CompactReport(0, 0, 0, 0, 0, 0, 0);

    static CompactReport ofFailure() {
        return new CompactReport(1, 0, 0, 0, 0, 1, 0);
    }

    static CompactReport ofUnfinished(int heads) {
        return new CompactReport(0, 0, 0, 0, 0, 0, heads);
    }

    public CompactReport plus(CompactReport other) {
        return new CompactReport(
                heads + other.heads,
                jobs + other.jobs,
                blocksWritten + other.blocksWritten,
                blocksExpired + other.blocksExpired,
                lost + other.lost,
                failed + other.failed,
                unfinished + other.unfinished);
    }
}

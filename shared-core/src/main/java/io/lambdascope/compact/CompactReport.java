package io.lambdascope.compact;

/// What a run has done.
///
/// @param heads tenants and signals looked at
/// @param jobs merges committed
/// @param blocksWritten by them
/// @param blocksExpired dropped because their time was over
/// @param busy tenants and signals left alone because another run is at work on them
/// @param lost commits that came too late because somebody else had changed the catalog
/// @param setAside units that do not read and count no longer
/// @param failed runs that ended with a fault, which the next run takes up, and merges of what does not read and
///     could not be set aside
/// @param unfinished tenants and signals with work left for the next run because time was up
public record CompactReport(
        int heads,
        int jobs,
        int blocksWritten,
        int blocksExpired,
        int busy,
        int lost,
        int setAside,
        int failed,
        int unfinished) {
    static final CompactReport NOTHING = new CompactReport(0, 0, 0, 0, 0, 0, 0, 0, 0);
    static final CompactReport ONE_HEAD = new CompactReport(1, 0, 0, 0, 0, 0, 0, 0, 0);
    static final CompactReport BUSY = new CompactReport(1, 0, 0, 0, 1, 0, 0, 0, 0);
    static final CompactReport LOST = new CompactReport(0, 0, 0, 0, 0, 1, 0, 0, 0);
    static final CompactReport SET_ASIDE = new CompactReport(0, 0, 0, 0, 0, 0, 1, 0, 0);
    static final CompactReport FAILED = new CompactReport(0, 0, 0, 0, 0, 0, 0, 1, 0);

    static CompactReport ofJob(int blocksWritten) {
        return new CompactReport(0, 1, blocksWritten, 0, 0, 0, 0, 0, 0);
    }

    static CompactReport ofExpired(int blocks) {
        return new CompactReport(0, 0, 0, blocks, 0, 0, 0, 0, 0);
    }

    static CompactReport ofUnfinished(int heads) {
        return new CompactReport(0, 0, 0, 0, 0, 0, 0, 0, heads);
    }

    public CompactReport plus(CompactReport other) {
        return new CompactReport(
                heads + other.heads,
                jobs + other.jobs,
                blocksWritten + other.blocksWritten,
                blocksExpired + other.blocksExpired,
                busy + other.busy,
                lost + other.lost,
                setAside + other.setAside,
                failed + other.failed,
                unfinished + other.unfinished);
    }
}

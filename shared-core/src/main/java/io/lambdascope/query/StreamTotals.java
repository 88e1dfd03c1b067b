package io.lambdascope.query;

import io.lambdascope.labels.Labels;
import io.lambdascope.source.logs.StreamSummary;
import io.lambdascope.time.TimeRange;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/// How much a query over some streams would read, as far as that is known without reading: entries are taken to be
/// spread evenly over the time in which a unit has them.
public final class StreamTotals implements Consumer<StreamSummary> {
    private final TimeRange range;
    private final Set<Labels> streams = new HashSet<>();
    private long pieces;
    private double entries;
    private double bytes;

    /// @param range the time that counts
    public StreamTotals(TimeRange range) {
        this.range = range;
    }

    @Override
    public void accept(StreamSummary stream) {
        double share = share(stream, range);
        streams.add(stream.labels());
        pieces++;
        entries += share * stream.entries();
        bytes += share * stream.bytes();
    }

    /// The part of a stream's entries that lies in `range`, 0 to 1.
    static double share(StreamSummary stream, TimeRange range) {
        TimeRange inside = stream.range().intersection(range);
        return (double) (inside.toNanos() - inside.fromNanos())
                / (stream.range().toNanos() - stream.range().fromNanos());
    }

    /// Different streams.
    public int streams() {
        return streams.size();
    }

    /// Streams, each counted as often as there are units that hold some of it.
    public long pieces() {
        return pieces;
    }

    public long entries() {
        return Math.round(entries);
    }

    /// Of lines and structured metadata, uncompressed.
    public long bytes() {
        return Math.round(bytes);
    }
}

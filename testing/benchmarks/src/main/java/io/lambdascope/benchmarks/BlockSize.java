package io.lambdascope.benchmarks;

import io.lambdascope.block.metrics.MetricsBlockSettings;
import io.lambdascope.head.Segment;
import io.lambdascope.head.SegmentFormat;
import io.lambdascope.head.metrics.MetricsSegmentWriter;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.source.Unit;
import io.lambdascope.store.MemoryObjectStore;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Bytes that a sample takes, labels, indexes and all, in a block of 2 h and in segments, on real data: a node exporter
/// and a Prometheus scraped every 15 s. `testing/benchmarks/prometheus-block-size.sh` measures Prometheus on the same.
final class BlockSize implements Measurement {
    private static final int JITTER_MILLIS = 50;
    private static final long SEED = 1;
    private static final long MINUTE = 60_000;

    @Override
    public String name() {
        return "block-size";
    }

    @Override
    public List<Figure> measure() throws IOException {
        Recording real = Recording.real();
        Recording jittered = real.withJitter(JITTER_MILLIS, SEED);
        String of = " (%d series, %d samples)".formatted(real.series().size(), real.samples());
        return List.of(
                figure("level-1 block" + of, blockBytes(real), real, "1.0"),
                figure("level-1 block, times jittered by up to 50 ms", blockBytes(jittered), real, "1.6"),
                figure("segments of a minute", segmentBytes(real), real, ""));
    }

    private static Figure figure(String what, long bytes, Recording recording, String mark) {
        return new Figure(what + ", bytes a sample", "%.3f".formatted((double) bytes / recording.samples()), mark);
    }

    private static long blockBytes(Recording recording) throws IOException {
        Unit unit = RecordingBlock.write(
                recording, MetricsBlockSettings.DEFAULTS, new MemoryObjectStore(InstantSource.system()), "size");
        return unit.bytes();
    }

    /// What a minute's pushes take once the head has merged them.
    private static long segmentBytes(Recording recording) {
        long from = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (Recording.Series series : recording.series()) {
            from = Math.min(from, series.times()[0]);
            last = Math.max(last, series.times()[series.times().length - 1]);
        }
        long bytes = 0;
        int[] next = new int[recording.series().size()];
        for (long minute = from; minute <= last; minute += MINUTE) {
            MetricsBatch batch = new MetricsBatch();
            List<Recording.Series> all = new ArrayList<>(recording.series());
            for (int i = 0; i < all.size(); i++) {
                Recording.Series series = all.get(i);
                boolean begun = false;
                while (next[i] < series.times().length && series.times()[next[i]] < minute + MINUTE) {
                    if (!begun) {
                        batch.startSeries(series.labels());
                        begun = true;
                    }
                    batch.addSample(series.times()[next[i]], series.values()[next[i]]);
                    next[i]++;
                }
            }
            Segment segment = MetricsSegmentWriter.encode(new Tenant("bench"), batch, minute, SegmentFormat.LEVEL_FAST);
            bytes += segment.bytes().length;
        }
        return bytes;
    }
}

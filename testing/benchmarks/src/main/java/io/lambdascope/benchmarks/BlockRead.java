package io.lambdascope.benchmarks;

import io.lambdascope.block.BlockCache;
import io.lambdascope.block.metrics.MetricsBlockSettings;
import io.lambdascope.block.metrics.MetricsBlockSource;
import io.lambdascope.labels.Labels;
import io.lambdascope.source.Unit;
import io.lambdascope.source.metrics.MetricsCursor;
import io.lambdascope.source.metrics.MetricsScan;
import io.lambdascope.store.MemoryObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// How many samples of real data one core reads from a block, from stored bytes to arrays of times and values.
final class BlockRead implements Measurement {
    private static final int HOSTS = 10;

    @Override
    public String name() {
        return "block-read";
    }

    @Override
    public List<Figure> measure() throws IOException {
        Recording recording = hosts(Recording.real().withJitter(50, 1));
        MemoryObjectStore store = new MemoryObjectStore(InstantSource.system());
        double writes = CpuRate.of(() -> {
            write(recording, store);
            return recording.samples();
        });
        Unit unit = write(recording, store);
        BlockCache cache = new BlockCache(64 << 20);
        double reads = CpuRate.of(() -> read(new MetricsBlockSource(store, unit, cache)));
        return List.of(
                new Figure(
                        "samples read a second by one core, %d hosts, 2 h".formatted(HOSTS),
                        "%.0f M".formatted(reads / 1e6),
                        "100 M"),
                new Figure("samples written a second by one core", "%.1f M".formatted(writes / 1e6), ""));
    }

    private static Unit write(Recording recording, MemoryObjectStore store) {
        try {
            return RecordingBlock.write(recording, MetricsBlockSettings.DEFAULTS, store, "read");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long read(MetricsBlockSource source) {
        long samples = 0;
        try (MetricsCursor cursor = source.scan(MetricsScan.everything())) {
            while (cursor.next()) {
                samples += cursor.samples().size();
            }
        }
        return samples;
    }

    private static Recording hosts(Recording one) {
        List<Recording.Series> all = new ArrayList<>();
        for (int host = 0; host < HOSTS; host++) {
            for (Recording.Series series : one.series()) {
                Labels labels = series.labels().with("host", "host-" + host);
                all.add(new Recording.Series(labels, series.times(), series.values()));
            }
        }
        all.sort(Comparator.comparing(Recording.Series::labels));
        return new Recording(all);
    }
}

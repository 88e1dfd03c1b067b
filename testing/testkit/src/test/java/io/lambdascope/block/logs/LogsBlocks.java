package io.lambdascope.block.logs;

import io.lambdascope.block.BlockInfo;
import io.lambdascope.head.Segment;
import io.lambdascope.head.SegmentFormat;
import io.lambdascope.head.logs.LogsSegmentMerger;
import io.lambdascope.head.logs.LogsSegmentSource;
import io.lambdascope.head.logs.LogsSegmentWriter;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.source.Shard;
import io.lambdascope.source.Unit;
import io.lambdascope.source.logs.Horizon;
import io.lambdascope.source.logs.LogsCursor;
import io.lambdascope.source.logs.LogsScan;
import io.lambdascope.source.logs.LogsSource;
import io.lambdascope.source.logs.LogsStats;
import io.lambdascope.store.ObjectStore;
import io.lambdascope.testkit.logs.LogItem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Blocks of logs for tests.
final class LogsBlocks {
    private static final Tenant TENANT = new Tenant("shop");

    private LogsBlocks() {}

    /// Pages and row groups so small that a few entries fill several, and few columns.
    static LogsBlockSettings tiny(SplittableRandom random) {
        return new LogsBlockSettings(
                64 << random.nextInt(6),
                1 << random.nextInt(5, 15),
                1,
                random.nextInt(4),
                random.nextInt(4),
                1 + random.nextInt(30),
                1024,
                16 << random.nextInt(6));
    }

    /// `batches`, which arrived in this order, as one segment.
    static LogsSource segment(List<List<LogItem>> batches) {
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < batches.size(); i++) {
            segments.add(LogsSegmentWriter.encode(TENANT, LogItem.batch(batches.get(i)), i, SegmentFormat.LEVEL_FAST));
        }
        return new LogsSegmentSource(new LogsSegmentMerger().merge(segments));
    }

    /// Writes all of `source` as a block.
    static Unit write(LogsSource source, LogsBlockSettings settings, ObjectStore store, String id, Path scratch) {
        LogsColumns.Survey survey = new LogsColumns.Survey();
        try (LogsCursor cursor = everything(source)) {
            while (cursor.next()) {
                survey.add(cursor.stream(), cursor.entries());
            }
        }
        String prefix = "blocks/" + id + "/";
        try (LogsBlockWriter writer = new LogsBlockWriter(settings, survey.columns(settings), store, prefix, scratch);
                LogsCursor cursor = everything(source)) {
            writer.addAll(cursor);
            return unit(id, writer.finish());
        }
    }

    static Unit unit(String id, BlockInfo info) {
        return new Unit(
                id,
                TENANT,
                Signal.LOGS,
                0,
                info.range(),
                Shard.ALL,
                info.rows(),
                info.bytes(),
                info.facts(),
                new Unit.Place.Prefix("blocks/" + id + "/", info.tables()));
    }

    private static LogsCursor everything(LogsSource source) {
        return source.scan(LogsScan.everything(), new Horizon(), new LogsStats());
    }
}

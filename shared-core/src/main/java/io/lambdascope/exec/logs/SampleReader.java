package io.lambdascope.exec.logs;

import io.lambdascope.exec.logs.pipeline.LinePipeline;
import io.lambdascope.exec.logs.pipeline.PushDown;
import io.lambdascope.exec.logs.pipeline.Reduction;
import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.labels.Labels;
import io.lambdascope.model.logs.LogEntries;
import io.lambdascope.plan.logs.RangeLeaf;
import io.lambdascope.plan.logs.StepWindows;
import io.lambdascope.ql.logql.LogExpr.LogRange;
import io.lambdascope.ql.logql.LogExpr.RangeOp;
import io.lambdascope.source.Shard;
import io.lambdascope.source.logs.LogsScan;
import io.lambdascope.time.TimeRange;
import java.util.BitSet;

/// Reads the samples of a range aggregation.
final class SampleReader {
    private final RangeLeaf leaf;
    private final StepWindows windows;
    private final SampleSink sink;
    private final LinePipeline pipeline;
    private long kept;

    /// @param windows those that `sink` sorts samples into
    SampleReader(RangeLeaf leaf, StepWindows windows, SampleSink sink) {
        this.leaf = leaf;
        this.windows = windows;
        this.sink = sink;
        this.pipeline = LinePipeline.ofSamples(leaf.range().range(), Reduction.of(leaf.grouping()));
    }

    /// Reads what lies inside `range`.
    ///
    /// @throws Fault EXECUTION if a line that could not be worked on is among the samples
    void read(UnitReads reads, TimeRange range, Shard shard) {
        LogRange from = leaf.range().range();
        LogsScan scan = new LogsScan(
                from.query().matchers(),
                range,
                shard,
                PushDown.hints(from.query(), _ -> true),
                columns(),
                LogsScan.Order.BY_STREAM);
        reads.forEachRun(scan, (labels, run) -> read(labels, run, reads));
        reads.stats().addKeptLines(kept);
        kept = 0;
    }

    private LogsScan.Columns columns() {
        boolean bytes =
                leaf.range().op() == RangeOp.BYTES_OVER_TIME || leaf.range().op() == RangeOp.BYTES_RATE;
        LogRange from = leaf.range().range();
        return PushDown.columns(from.query(), from.unwrap(), Reduction.of(leaf.grouping()), bytes);
    }

    private void read(Labels stream, LogEntries run, UnitReads reads) {
        long number = stream.stableHash();
        BitSet candidates = pipeline.startRun(stream, run);
        for (int entry = candidates.nextSetBit(0); entry >= 0; entry = candidates.nextSetBit(entry + 1)) {
            reads.budget().checkDeadline();
            long time = run.times()[entry];
            // what lies between windows is not looked at, and may be as bad as it likes
            if (windows.locate(time) && pipeline.process(entry)) {
                refuseErrors();
                kept++;
                sink.add(pipeline.labels(), number, time, value());
            }
        }
    }

    private void refuseErrors() {
        String error = pipeline.error();
        if (error != null) {
            throw new Fault(
                    FaultKind.EXECUTION,
                    ("pipeline error: '%s' for series: '%s'. Use a label filter to intentionally skip this error, as in"
                                    + " | __error__=\"\"")
                            .formatted(error, pipeline.labels()));
        }
    }

    private double value() {
        if (leaf.range().range().unwrap() != null) {
            return pipeline.value();
        }
        return switch (leaf.range().op()) {
            case BYTES_OVER_TIME, BYTES_RATE -> pipeline.lineLength();
            default -> 1;
        };
    }
}

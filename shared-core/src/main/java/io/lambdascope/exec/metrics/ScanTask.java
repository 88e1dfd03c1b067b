package io.lambdascope.exec.metrics;

import io.lambdascope.exec.UnitCodec;
import io.lambdascope.fault.Fault;
import io.lambdascope.limits.QueryBudget;
import io.lambdascope.model.Signal;
import io.lambdascope.plan.metrics.MetricsPlan.LeafKind;
import io.lambdascope.source.Shard;
import io.lambdascope.source.metrics.MetricsUnits;
import io.lambdascope.time.StepGrid;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// One piece of a plan as it is sent: the whole query, and which part of it to work out at which steps over which
/// series. The scan reads the query for itself, so that positions in it and `start()` and the like mean the same.
///
/// @param query the grid of the whole query
/// @param leaf the number of the part, as [io.lambdascope.plan.metrics.MetricsPlan.Leaf] counts
/// @param grid the steps of the piece
/// @param deadlineMillis when the query ends, milliseconds since the Unix epoch
record ScanTask(
        String text,
        StepGrid query,
        int leaf,
        LeafKind kind,
        StepGrid grid,
        Shard shard,
        EngineSettings settings,
        long deadlineMillis,
        MetricsUnits units) {
    private static final int VERSION = 4;

    byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(Signal.METRICS.code());
            out.writeByte(VERSION);
            UnitCodec.writeBytes(text.getBytes(StandardCharsets.UTF_8), out);
            grid(query, out);
            out.writeInt(leaf);
            out.writeByte(kind.ordinal());
            grid(grid, out);
            UnitCodec.writeShard(shard, out);
            out.writeLong(settings.lookbackMillis());
            out.writeLong(settings.subqueryStepMillis());
            out.writeBoolean(settings.delayedNameRemoval());
            out.writeBoolean(settings.useStartTimestamps());
            out.writeLong(settings.limits().maxSamples());
            out.writeLong(settings.limits().maxSeries());
            out.writeLong(settings.limits().maxBytes());
            out.writeLong(settings.limits().earliestMillis());
            out.writeLong(deadlineMillis);
            out.writeBoolean(units.labelled());
            UnitCodec.write(units.units(), out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void grid(StepGrid grid, DataOutputStream out) throws IOException {
        out.writeLong(grid.startMillis());
        out.writeLong(grid.endMillis());
        out.writeLong(grid.stepMillis());
    }

    /// @throws Fault CORRUPT_DATA if `bytes` are no task
    static ScanTask decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int signal = in.readUnsignedByte();
            int version = in.readUnsignedByte();
            if (signal != Signal.METRICS.code() || version != VERSION) {
                throw Fault.corrupt(
                        "scan task of signal %d, version %d, known is %d, %d",
                        signal, version, Signal.METRICS.code(), VERSION);
            }
            String text = new String(UnitCodec.readBytes(in), StandardCharsets.UTF_8);
            StepGrid query = grid(in);
            int leaf = in.readInt();
            LeafKind kind = LeafKind.values()[in.readUnsignedByte()];
            StepGrid grid = grid(in);
            Shard shard = UnitCodec.readShard(in);
            EngineSettings settings = new EngineSettings(
                    in.readLong(),
                    in.readLong(),
                    in.readBoolean(),
                    in.readBoolean(),
                    new QueryBudget.Limits(in.readLong(), in.readLong(), in.readLong(), in.readLong()));
            long deadline = in.readLong();
            boolean labelled = in.readBoolean();
            MetricsUnits units = new MetricsUnits(UnitCodec.read(in), labelled);
            return new ScanTask(text, query, leaf, kind, grid, shard, settings, deadline, units);
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw Fault.corrupt("scan task does not read: %s", e.getMessage());
        }
    }

    private static StepGrid grid(DataInputStream in) throws IOException {
        return new StepGrid(in.readLong(), in.readLong(), in.readLong());
    }
}

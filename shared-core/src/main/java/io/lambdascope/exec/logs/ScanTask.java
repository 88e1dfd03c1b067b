package io.lambdascope.exec.logs;

import io.lambdascope.exec.UnitCodec;
import io.lambdascope.fault.Fault;
import io.lambdascope.limits.QueryBudget;
import io.lambdascope.model.Signal;
import io.lambdascope.plan.logs.LineSearch;
import io.lambdascope.source.Shard;
import io.lambdascope.source.logs.Direction;
import io.lambdascope.source.logs.LogsUnits;
import io.lambdascope.time.NanoGrid;
import io.lambdascope.time.TimeRange;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// One piece of a plan as it is sent: the whole query, and which part of it to work out over what. The scan reads the
/// query for itself.
///
/// @param deadlineMillis when the query ends, milliseconds since the Unix epoch
record ScanTask(String text, Work work, Shard shard, QueryBudget.Limits limits, long deadlineMillis, LogsUnits units) {
    private static final int VERSION = 1;
    private static final int SEARCH = 1;
    private static final int LEAF = 2;

    /// What to do.
    sealed interface Work {
        /// Search lines.
        record Search(LineSearch search) implements Work {}

        /// Work out a leaf of a metric query.
        ///
        /// @param number of the leaf, as `RangeLeaf` counts
        /// @param grid the steps of the piece
        /// @param firstStep the number of its first step within the query's grid
        /// @param slice only entries inside
        record Leaf(int number, NanoGrid grid, int firstStep, TimeRange slice) implements Work {}
    }

    byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(Signal.LOGS.code());
            out.writeByte(VERSION);
            UnitCodec.writeBytes(text.getBytes(StandardCharsets.UTF_8), out);
            switch (work) {
                case Work.Search(LineSearch search) -> {
                    out.writeByte(SEARCH);
                    range(search.range(), out);
                    out.writeByte(search.direction().ordinal());
                    out.writeInt(search.limit());
                    out.writeLong(search.intervalNanos());
                }
                case Work.Leaf(int number, NanoGrid grid, int firstStep, TimeRange slice) -> {
                    out.writeByte(LEAF);
                    out.writeInt(number);
                    out.writeLong(grid.startNanos());
                    out.writeLong(grid.endNanos());
                    out.writeLong(grid.stepNanos());
                    out.writeInt(firstStep);
                    range(slice, out);
                }
            }
            UnitCodec.writeShard(shard, out);
            out.writeLong(limits.maxSamples());
            out.writeLong(limits.maxSeries());
            out.writeLong(limits.maxBytes());
            out.writeLong(limits.earliestMillis());
            out.writeLong(deadlineMillis);
            out.writeBoolean(units.labelled());
            UnitCodec.write(units.units(), out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void range(TimeRange range, DataOutputStream out) throws IOException {
        out.writeLong(range.fromNanos());
        out.writeLong(range.toNanos());
    }

    /// @throws Fault CORRUPT_DATA if `bytes` are no task
    static ScanTask decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int signal = in.readUnsignedByte();
            int version = in.readUnsignedByte();
            if (signal != Signal.LOGS.code() || version != VERSION) {
                throw Fault.corrupt(
                        "scan task of signal %d, version %d, known is %d, %d",
                        signal, version, Signal.LOGS.code(), VERSION);
            }
            String text = new String(UnitCodec.readBytes(in), StandardCharsets.UTF_8);
            Work work = switch (in.readUnsignedByte()) {
                case SEARCH ->
                    new Work.Search(new LineSearch(
                            range(in), Direction.values()[in.readUnsignedByte()], in.readInt(), in.readLong()));
                case LEAF ->
                    new Work.Leaf(
                            in.readInt(),
                            new NanoGrid(in.readLong(), in.readLong(), in.readLong()),
                            in.readInt(),
                            range(in));
                default -> throw new IOException("work of no known kind");
            };
            Shard shard = UnitCodec.readShard(in);
            QueryBudget.Limits limits =
                    new QueryBudget.Limits(in.readLong(), in.readLong(), in.readLong(), in.readLong());
            long deadline = in.readLong();
            boolean labelled = in.readBoolean();
            return new ScanTask(text, work, shard, limits, deadline, new LogsUnits(UnitCodec.read(in), labelled));
        } catch (IOException | ArithmeticException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw Fault.corrupt("scan task does not read: %s", e.getMessage());
        }
    }

    private static TimeRange range(DataInputStream in) throws IOException {
        return new TimeRange(in.readLong(), in.readLong());
    }
}

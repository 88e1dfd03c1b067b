package io.lambdascope.head;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdException;
import io.lambdascope.fault.Fault;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.store.Ids;
import io.lambdascope.time.TimeRange;
import java.nio.charset.StandardCharsets;

/// The envelope of every segment, whatever its signal. Layout: `docs/formats/segment.md`.
public final class SegmentFormat {
    /// The version that is written; all up to it are read.
    public static final int VERSION = 1;

    /// Decompressed columns larger than this are not believed: a push is at most 32 MiB, and its columns are smaller.
    public static final int MAX_PAYLOAD_BYTES = 128 << 20;

    /// Fast, for what a client waits for.
    public static final int LEVEL_FAST = 1;

    /// Smaller, for what stays in the head.
    public static final int LEVEL_SMALL = 3;

    private static final byte[] MAGIC = {'L', 'S', 'G'};
    private static final int MAX_FACTS_BYTES = 64 * 1024;

    private SegmentFormat() {}

    /// Puts columns into an envelope.
    ///
    /// @param firstNanos time of the earliest row, `lastNanos` that of the latest
    /// @param payload columns in `[0, payloadBytes)`
    /// @param level of zstd
    public static Segment encode(
            Tenant tenant,
            Signal signal,
            long firstNanos,
            long lastNanos,
            int rows,
            byte[] facts,
            byte[] payload,
            int payloadBytes,
            int level) {
        byte[] name = tenant.id().getBytes(StandardCharsets.US_ASCII);
        int headRoom = 40 + name.length + facts.length;
        int bound = Math.toIntExact(Zstd.compressBound(payloadBytes));
        ColumnWriter out = new ColumnWriter(headRoom + bound);
        out.bytes(MAGIC, 0, MAGIC.length);
        out.octet(VERSION);
        out.octet(signal.code());
        out.octet(name.length);
        out.bytes(name, 0, name.length);
        out.fixedLong(firstNanos);
        out.fixedLong(lastNanos);
        out.varint(rows);
        out.varint(facts.length);
        out.bytes(facts, 0, facts.length);
        out.varint(payloadBytes);
        int offset = out.size();
        try (ZstdCompressCtx zstd = new ZstdCompressCtx()) {
            zstd.setLevel(level).setChecksum(true).setContentSize(false);
            out.advance(zstd.compressByteArray(out.array(), offset, bound, payload, 0, payloadBytes));
        }
        byte[] bytes = out.toByteArray();
        SegmentHeader header = new SegmentHeader(
                idOf(bytes), tenant, signal, rangeOf(firstNanos, lastNanos), rows, facts, offset, payloadBytes);
        return new Segment(header, bytes);
    }

    static SegmentHeader readHeader(byte[] bytes) {
        ColumnReader in = new ColumnReader(bytes, 0, bytes.length);
        for (byte expected : MAGIC) {
            if (in.remaining() == 0 || in.octet() != expected) {
                throw Fault.corrupt("not a segment: it does not begin with \"LSG\"");
            }
        }
        int version = in.octet();
        if (version < 1 || version > VERSION) {
            throw Fault.corrupt("segment version %d is not known here; this build reads 1 to %d", version, VERSION);
        }
        Signal signal = signalOf(in.octet());
        Tenant tenant = tenantOf(in.text(in.octet()));
        long first = in.fixedLong();
        long last = in.fixedLong();
        if (first > last) {
            throw Fault.corrupt("segment ends before it starts: %d > %d", first, last);
        }
        int rows = in.count(Integer.MAX_VALUE);
        byte[] facts = in.bytes(in.count(MAX_FACTS_BYTES));
        int payloadBytes = in.count(MAX_PAYLOAD_BYTES);
        return new SegmentHeader(
                idOf(bytes), tenant, signal, rangeOf(first, last), rows, facts, in.position(), payloadBytes);
    }

    static byte[] payload(SegmentHeader header, byte[] bytes) {
        byte[] payload = new byte[header.payloadBytes()];
        int from = header.payloadOffset();
        try {
            long size = Zstd.decompressByteArray(payload, 0, payload.length, bytes, from, bytes.length - from);
            if (size == payload.length) {
                return payload;
            }
            throw Fault.corrupt("segment %s holds %d bytes where %d should be", header.id(), size, payload.length);
        } catch (ZstdException e) {
            throw Fault.corrupt("segment %s does not decompress: %s", header.id(), e.getMessage());
        }
    }

    private static String idOf(byte[] bytes) {
        return Ids.ofContent("segment", bytes);
    }

    private static TimeRange rangeOf(long firstNanos, long lastNanos) {
        return new TimeRange(firstNanos, lastNanos == Long.MAX_VALUE ? lastNanos : lastNanos + 1);
    }

    private static Signal signalOf(int code) {
        try {
            return Signal.ofCode(code);
        } catch (IllegalArgumentException e) {
            throw Fault.corrupt("segment of no known signal: code %d", code);
        }
    }

    private static Tenant tenantOf(String id) {
        try {
            return new Tenant(id);
        } catch (Fault e) {
            throw Fault.corrupt("segment of no valid tenant: %s", e.getMessage());
        }
    }
}

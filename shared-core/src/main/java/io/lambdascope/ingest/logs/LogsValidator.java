package io.lambdascope.ingest.logs;

import io.lambdascope.fault.Rejections;
import io.lambdascope.limits.LogsLimits;
import io.lambdascope.limits.TenantLimits;
import io.lambdascope.model.LabelSets;
import io.lambdascope.model.SymbolTable;
import io.lambdascope.model.logs.LogsBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;

/// Decides what of a batch is stored: what breaks a rule or a limit is dropped, a line that is too long may be cut,
/// the rest is kept. Ids and texts are Loki's.
public final class LogsValidator {
    /// @param batch what is stored: the batch that came in, if nothing was refused and nothing cut
    /// @param refused how many entries are not
    public record Validated(LogsBatch batch, int refused, Rejections rejections) {}

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final LogsBatch batch;
    private final SymbolTable symbols;
    private final Rejections rejections = new Rejections("");
    private final BitSet refused = new BitSet();
    private final StreamRules streamRules;

    private final long earliestNanos;
    private final long latestNanos;
    private final int maxLine;
    private final boolean cuts;
    private final boolean allowsMetadata;
    private final long maxMetadataBytes;
    private final long maxMetadataCount;
    private boolean cut;

    private LogsValidator(LogsBatch batch, TenantLimits limits, Instant now) {
        this.batch = batch;
        this.symbols = batch.symbols();
        this.streamRules = new StreamRules(batch, limits, rejections);
        this.earliestNanos = limits.get(LogsLimits.REJECT_OLD_SAMPLES)
                ? nanos(now) - nanos(limits.get(LogsLimits.REJECT_OLD_SAMPLES_MAX_AGE))
                : Long.MIN_VALUE;
        this.latestNanos = nanos(now) + nanos(limits.get(LogsLimits.CREATION_GRACE_PERIOD));
        this.maxLine = limited(limits.get(LogsLimits.MAX_LINE_SIZE));
        this.cuts = limits.get(LogsLimits.MAX_LINE_SIZE_TRUNCATE);
        this.allowsMetadata = limits.get(LogsLimits.ALLOW_STRUCTURED_METADATA);
        this.maxMetadataBytes = limited(limits.get(LogsLimits.MAX_STRUCTURED_METADATA_SIZE));
        this.maxMetadataCount = limited(limits.get(LogsLimits.MAX_STRUCTURED_METADATA_ENTRIES_COUNT));
    }

    /// Nanoseconds since the Unix epoch.
    static long nanos(Instant time) {
        return time.getEpochSecond() * NANOS_PER_SECOND + time.getNano();
    }

    /// A length of time that fits in beside a moment of today.
    private static long nanos(Duration length) {
        return Math.min(length.toMillis(), Long.MAX_VALUE / 4_000_000) * 1_000_000;
    }

    private static int limited(long limit) {
        return limit == 0 ? Integer.MAX_VALUE : (int) Math.min(limit, Integer.MAX_VALUE);
    }

    /// @param now when the batch arrived
    public static Validated validate(LogsBatch batch, TenantLimits limits, Instant now) {
        return new LogsValidator(batch, limits, now).run();
    }

    private Validated run() {
        for (int stream = 0; stream < batch.streamCount(); stream++) {
            int from = batch.entryStart(stream);
            int to = batch.entryEnd(stream);
            if (!streamRules.accepts(stream, to - from)) {
                refused.set(from, to);
                continue;
            }
            for (int entry = from; entry < to; entry++) {
                if (!accepts(entry, stream)) {
                    refused.set(entry);
                }
            }
        }
        boolean whole = refused.isEmpty() && !cut && rejections.isEmpty();
        return new Validated(whole ? batch : copy(), refused.cardinality(), rejections);
    }

    private boolean accepts(int entry, int stream) {
        long time = batch.times()[entry];
        if (time < earliestNanos) {
            rejections.add(
                    "greater_than_max_sample_age",
                    () -> "entry for stream '%s' has timestamp too old: %s, oldest acceptable timestamp is: %s"
                            .formatted(quote(stream), text(time), text(earliestNanos)));
            return false;
        }
        if (time > latestNanos) {
            rejections.add(
                    "too_far_in_future",
                    () -> "entry for stream '%s' has timestamp too new: %s".formatted(quote(stream), text(time)));
            return false;
        }
        int length = batch.lineEnd(entry) - batch.lineStart(entry);
        if (length > maxLine) {
            if (!cuts) {
                rejections.add(
                        "line_too_long",
                        () ->
                                "max entry size '%d' bytes exceeded for stream '%s' while adding an entry with length '%d' bytes"
                                        .formatted(maxLine, quote(stream), length));
                return false;
            }
            cut = true;
        }
        LabelSets metadata = batch.metadata();
        return metadata.start(entry) == metadata.end(entry) || acceptsMetadata(entry, stream);
    }

    private boolean acceptsMetadata(int entry, int stream) {
        if (!allowsMetadata) {
            rejections.add(
                    "disallowed_structured_metadata",
                    () ->
                            "stream '%s' includes structured metadata, but this feature is disallowed; see allow_structured_metadata"
                                    .formatted(quote(stream)));
            return false;
        }
        LabelSets metadata = batch.metadata();
        int count = (metadata.end(entry) - metadata.start(entry)) / 2;
        long bytes = bytesOf(batch, entry);
        if (bytes > maxMetadataBytes) {
            rejections.add(
                    "structured_metadata_too_large",
                    () ->
                            "stream '%s' has structured metadata too large: '%d' bytes, limit: '%d' bytes; see max_structured_metadata_size"
                                    .formatted(quote(stream), bytes, maxMetadataBytes));
            return false;
        }
        if (count > maxMetadataCount) {
            rejections.add(
                    "structured_metadata_too_many",
                    () ->
                            "stream '%s' has too many structured metadata labels: '%d', limit: '%d'; see max_structured_metadata_entries_count"
                                    .formatted(quote(stream), count, maxMetadataCount));
            return false;
        }
        return true;
    }

    /// Bytes of the names and values of the structured metadata of `entry`.
    static long bytesOf(LogsBatch batch, int entry) {
        LabelSets metadata = batch.metadata();
        long bytes = 0;
        for (int at = metadata.start(entry); at < metadata.end(entry); at++) {
            bytes += batch.symbols().length(metadata.pairs()[at]);
        }
        return bytes;
    }

    private String quote(int stream) {
        return batch.streams().quote(stream);
    }

    private static String text(long nanos) {
        return Instant.ofEpochSecond(0, nanos).toString();
    }

    private LogsBatch copy() {
        LogsBatch kept = new LogsBatch();
        int[] known = new int[symbols.size()];
        Arrays.fill(known, -1);
        for (int stream = 0; stream < batch.streamCount(); stream++) {
            int entry = refused.nextClearBit(batch.entryStart(stream));
            if (entry >= batch.entryEnd(stream)) {
                continue;
            }
            kept.startStream();
            copy(batch.streams(), stream, kept.streams(), known);
            for (; entry < batch.entryEnd(stream); entry = refused.nextClearBit(entry + 1)) {
                int start = batch.lineStart(entry);
                kept.addEntry(batch.times()[entry], batch.lines(), start, keptLength(start, batch.lineEnd(entry)));
                copy(batch.metadata(), entry, kept.metadata(), known);
            }
        }
        return kept;
    }

    /// A line that is too long ends with the last whole character that fits.
    private int keptLength(int start, int end) {
        if (end - start <= maxLine) {
            return end - start;
        }
        int to = start + maxLine;
        while (to > start && (batch.lines()[to] & 0xc0) == 0x80) {
            to--;
        }
        return to - start;
    }

    private void copy(LabelSets from, int set, LabelSets to, int[] known) {
        for (int at = from.start(set); at < from.end(set); at++) {
            int symbol = from.pairs()[at];
            if (known[symbol] < 0) {
                known[symbol] = to.table().intern(symbols.bytes(), symbols.start(symbol), symbols.length(symbol));
            }
        }
        for (int at = from.start(set); at < from.end(set); at += 2) {
            to.add(known[from.pairs()[at]], known[from.pairs()[at + 1]]);
        }
    }
}

package io.lambdascope.model.logs;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.LabelSets;
import io.lambdascope.model.SymbolTable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Streams with log lines on their way in, as columns: what decoders fill, validation trims and segments store. Labels
/// and structured metadata are numbers in a [SymbolTable]; lines are bytes, one behind the other; streams may repeat;
/// entries of a stream come in any order.
///
/// A decoder calls [#startStream], adds labels to [#streams], then entries, each with [#addEntry] and its [#metadata];
/// the stream is finished by the next one or by the end. Labels and entries of a stream may come in any order.
public final class LogsBatch {
    private final SymbolTable symbols = new SymbolTable();

    private final LabelSets streams = new LabelSets(symbols);
    private int[] entryEnds = new int[16];

    private int entries;
    private long[] times = new long[256];
    private int[] lineEnds = new int[256];
    private byte[] lines = new byte[16 << 10];
    private final LabelSets metadata = new LabelSets(symbols);

    public SymbolTable symbols() {
        return symbols;
    }

    /// The labels of the streams, by number; sorted by name in every batch that is stored.
    public LabelSets streams() {
        return streams;
    }

    /// The structured metadata of the entries, by number; sorted by name in every batch that is stored.
    public LabelSets metadata() {
        return metadata;
    }

    /// Begins the next stream and gives its number.
    public int startStream() {
        int number = streams.begin();
        if (number == entryEnds.length) {
            entryEnds = Arrays.copyOf(entryEnds, 2 * number);
        }
        entryEnds[number] = entries;
        return number;
    }

    /// Begins the next stream with `labels`.
    public int startStream(Labels labels) {
        int number = startStream();
        streams.add(labels);
        return number;
    }

    /// Adds an entry to the stream begun last; its line is `source[from, from + length)`, UTF-8.
    ///
    /// @param timeNanos nanoseconds since the Unix epoch
    public void addEntry(long timeNanos, byte[] source, int from, int length) {
        if (entries == times.length) {
            times = Arrays.copyOf(times, 2 * entries);
            lineEnds = Arrays.copyOf(lineEnds, 2 * entries);
        }
        int start = lineStart(entries);
        if (start + length > lines.length) {
            lines = Arrays.copyOf(lines, Math.max(start + length, 2 * lines.length));
        }
        System.arraycopy(source, from, lines, start, length);
        times[entries] = timeNanos;
        lineEnds[entries] = start + length;
        metadata.begin();
        entries++;
        entryEnds[streams.size() - 1] = entries;
    }

    public void addEntry(long timeNanos, String line) {
        byte[] utf8 = line.getBytes(StandardCharsets.UTF_8);
        addEntry(timeNanos, utf8, 0, utf8.length);
    }

    public int streamCount() {
        return streams.size();
    }

    /// Entries of all streams.
    public int entryCount() {
        return entries;
    }

    public boolean isEmpty() {
        return entries == 0;
    }

    /// Where the entries of stream number `number` begin.
    public int entryStart(int number) {
        return number == 0 ? 0 : entryEnds[number - 1];
    }

    /// Where they end.
    public int entryEnd(int number) {
        return entryEnds[number];
    }

    /// Nanoseconds since the Unix epoch, of all entries of all streams. Not a copy.
    public long[] times() {
        return times;
    }

    /// The lines of all entries, one behind the other. Not a copy.
    public byte[] lines() {
        return lines;
    }

    /// Where the line of `entry` begins in [#lines].
    public int lineStart(int entry) {
        return entry == 0 ? 0 : lineEnds[entry - 1];
    }

    /// Where it ends.
    public int lineEnd(int entry) {
        return lineEnds[entry];
    }
}

package io.lambdascope.model.logs;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.SymbolTable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Streams with log lines on their way in, as columns: what decoders fill, validation trims and segments store. Labels
/// and structured metadata are numbers in a [SymbolTable]; lines are bytes, one behind the other; streams may repeat;
/// entries of a stream come in any order.
///
/// A decoder calls [#startStream], adds labels, then entries, each with [#addEntry] and its metadata; the stream is
/// finished by the next one or by the end.
public final class LogsBatch {
    private final SymbolTable symbols = new SymbolTable();

    private int streams;
    /// name, value, name, value … of all streams, one behind the other
    private int[] labelSymbols = new int[256];
    private int[] labelEnds = new int[16];
    private int[] entryEnds = new int[16];

    private int entries;
    private long[] times = new long[256];
    private int[] lineEnds = new int[256];
    private byte[] lines = new byte[16 << 10];
    /// name, value … of the structured metadata of all entries, one behind the other
    private int[] metadataSymbols = new int[256];
    private int[] metadataEnds = new int[256];

    public SymbolTable symbols() {
        return symbols;
    }

    /// Begins the next stream and gives its number.
    public int startStream() {
        if (streams == labelEnds.length) {
            labelEnds = Arrays.copyOf(labelEnds, 2 * streams);
            entryEnds = Arrays.copyOf(entryEnds, 2 * streams);
        }
        labelEnds[streams] = labelStart(streams);
        entryEnds[streams] = entries;
        return streams++;
    }

    /// Adds a label to the stream begun last. Names come sorted and once in every batch that is stored.
    public void addLabel(int nameSymbol, int valueSymbol) {
        int end = labelEnds[streams - 1];
        if (end + 2 > labelSymbols.length) {
            labelSymbols = Arrays.copyOf(labelSymbols, 2 * labelSymbols.length);
        }
        labelSymbols[end] = nameSymbol;
        labelSymbols[end + 1] = valueSymbol;
        labelEnds[streams - 1] = end + 2;
    }

    /// Begins the next stream with `labels`.
    public int startStream(Labels labels) {
        int number = startStream();
        for (int i = 0; i < labels.size(); i++) {
            addLabel(symbols.intern(labels.name(i)), symbols.intern(labels.value(i)));
        }
        return number;
    }

    /// Adds an entry to the stream begun last; its line is `source[from, from + length)`, UTF-8.
    ///
    /// @param timeNanos nanoseconds since the Unix epoch
    public void addEntry(long timeNanos, byte[] source, int from, int length) {
        if (entries == times.length) {
            times = Arrays.copyOf(times, 2 * entries);
            lineEnds = Arrays.copyOf(lineEnds, 2 * entries);
            metadataEnds = Arrays.copyOf(metadataEnds, 2 * entries);
        }
        int start = lineStart(entries);
        if (start + length > lines.length) {
            lines = Arrays.copyOf(lines, Math.max(start + length, 2 * lines.length));
        }
        System.arraycopy(source, from, lines, start, length);
        times[entries] = timeNanos;
        lineEnds[entries] = start + length;
        metadataEnds[entries] = metadataStart(entries);
        entries++;
        entryEnds[streams - 1] = entries;
    }

    public void addEntry(long timeNanos, String line) {
        byte[] utf8 = line.getBytes(StandardCharsets.UTF_8);
        addEntry(timeNanos, utf8, 0, utf8.length);
    }

    /// Adds structured metadata to the entry added last. Names come sorted and once in every batch that is stored.
    public void addMetadata(int nameSymbol, int valueSymbol) {
        int end = metadataEnds[entries - 1];
        if (end + 2 > metadataSymbols.length) {
            metadataSymbols = Arrays.copyOf(metadataSymbols, 2 * metadataSymbols.length);
        }
        metadataSymbols[end] = nameSymbol;
        metadataSymbols[end + 1] = valueSymbol;
        metadataEnds[entries - 1] = end + 2;
    }

    /// Brings the structured metadata of the entry added last into order; of a name that stands twice the first counts.
    public void sortMetadata() {
        int from = metadataStart(entries - 1);
        int to = metadataEnds[entries - 1];
        for (int i = from + 2; i < to; i += 2) {
            int name = metadataSymbols[i];
            int value = metadataSymbols[i + 1];
            int at = i;
            while (at > from && symbols.compare(metadataSymbols[at - 2], name) > 0) {
                metadataSymbols[at] = metadataSymbols[at - 2];
                metadataSymbols[at + 1] = metadataSymbols[at - 1];
                at -= 2;
            }
            metadataSymbols[at] = name;
            metadataSymbols[at + 1] = value;
        }
        int kept = from;
        for (int i = from; i < to; i += 2) {
            if (i == from || metadataSymbols[i] != metadataSymbols[kept - 2]) {
                metadataSymbols[kept++] = metadataSymbols[i];
                metadataSymbols[kept++] = metadataSymbols[i + 1];
            }
        }
        metadataEnds[entries - 1] = kept;
    }

    public int streamCount() {
        return streams;
    }

    /// Entries of all streams.
    public int entryCount() {
        return entries;
    }

    public boolean isEmpty() {
        return entries == 0;
    }

    /// Where the labels of stream number `number` begin in [#labelSymbols].
    public int labelStart(int number) {
        return number == 0 ? 0 : labelEnds[number - 1];
    }

    /// Where they end.
    public int labelEnd(int number) {
        return labelEnds[number];
    }

    /// Symbols of name, value, name, value … of all streams. Not a copy.
    public int[] labelSymbols() {
        return labelSymbols;
    }

    /// The labels of stream number `number` as an object.
    public Labels labels(int number) {
        return labelsOf(labelSymbols, labelStart(number), labelEnds[number]);
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

    /// Where the structured metadata of `entry` begins in [#metadataSymbols].
    public int metadataStart(int entry) {
        return entry == 0 ? 0 : metadataEnds[entry - 1];
    }

    /// Where it ends.
    public int metadataEnd(int entry) {
        return metadataEnds[entry];
    }

    /// Symbols of name, value … of the structured metadata of all entries. Not a copy.
    public int[] metadataSymbols() {
        return metadataSymbols;
    }

    /// The structured metadata of `entry` as an object.
    public Labels metadata(int entry) {
        return labelsOf(metadataSymbols, metadataStart(entry), metadataEnds[entry]);
    }

    private Labels labelsOf(int[] pairSymbols, int from, int to) {
        String[] pairs = new String[to - from];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = symbols.text(pairSymbols[from + i]);
        }
        return Labels.ofSorted(pairs);
    }
}

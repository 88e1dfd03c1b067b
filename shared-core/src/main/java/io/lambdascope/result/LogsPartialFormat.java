package io.lambdascope.result;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.lambdascope.fault.Fault;
import io.lambdascope.labels.Labels;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The bytes of a [LogsPartial]; laid out in `docs/formats/logs-partial.md`.
public final class LogsPartialFormat {
    private static final int VERSION = 1;
    private static final int LINES = 1;
    private static final int STEPS = 2;
    private static final int LEVEL = 1;

    private LogsPartialFormat() {}

    public static byte[] write(LogsPartial partial) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeByte(partial.counts().length);
            for (long count : partial.counts()) {
                out.writeLong(count);
            }
            switch (partial) {
                case LogsPartial.Lines(long[] _, List<LogsPartial.Found> lines) -> {
                    out.writeByte(LINES);
                    byte[] plain = linesOf(lines);
                    out.writeInt(plain.length);
                    out.write(Zstd.compress(plain, LEVEL));
                }
                case LogsPartial.Steps(long[] _, int firstStep, Partial steps) -> {
                    out.writeByte(STEPS);
                    out.writeInt(firstStep);
                    out.write(PartialFormat.write(steps));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] linesOf(List<LogsPartial.Found> lines) throws IOException {
        Map<Labels, Integer> numbers = new HashMap<>();
        List<Labels> sets = new ArrayList<>();
        for (LogsPartial.Found found : lines) {
            for (Labels labels : setsOf(found)) {
                if (numbers.putIfAbsent(labels, sets.size()) == null) {
                    sets.add(labels);
                }
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(sets.size());
        for (Labels labels : sets) {
            out.writeInt(labels.size());
            for (int i = 0; i < labels.size(); i++) {
                text(labels.name(i), out);
                text(labels.value(i), out);
            }
        }
        out.writeInt(lines.size());
        for (LogsPartial.Found found : lines) {
            out.writeLong(found.line().timeNanos());
            for (Labels labels : setsOf(found)) {
                out.writeInt(numbers.getOrDefault(labels, 0));
            }
            text(found.line().text(), out);
        }
        return bytes.toByteArray();
    }

    private static List<Labels> setsOf(LogsPartial.Found found) {
        LogsResult.LineLabels labels = found.line().labels();
        return List.of(found.source(), labels.stream(), labels.metadata(), labels.parsed());
    }

    private static void text(String text, DataOutputStream out) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    /// @throws Fault CORRUPT_DATA if `bytes` are no partial
    public static LogsPartial read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readUnsignedByte();
            if (version != VERSION) {
                throw Fault.corrupt("partial of logs of version %d, known is %d", version, VERSION);
            }
            long[] counts = new long[in.readUnsignedByte()];
            for (int i = 0; i < counts.length; i++) {
                counts[i] = in.readLong();
            }
            return switch (in.readUnsignedByte()) {
                case LINES -> new LogsPartial.Lines(counts, readLines(in));
                case STEPS -> new LogsPartial.Steps(counts, in.readInt(), PartialFormat.read(in.readAllBytes()));
                default -> throw Fault.corrupt("partial of logs of no known kind");
            };
        } catch (ZstdException | IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw Fault.corrupt("partial of logs does not read: %s", e.getMessage());
        }
    }

    private static List<LogsPartial.Found> readLines(DataInputStream packed) throws IOException {
        int length = packed.readInt();
        if (length < 0 || length > PartialFormat.MAX_BYTES) {
            throw Fault.corrupt("partial unpacks to %d bytes, at most %d are read", length, PartialFormat.MAX_BYTES);
        }
        byte[] plain = Zstd.decompress(packed.readAllBytes(), length);
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(plain));
        int setCount = count(in, Integer.BYTES);
        List<Labels> sets = new ArrayList<>(setCount);
        for (int i = 0; i < setCount; i++) {
            String[] pairs = new String[2 * count(in, 2 * Integer.BYTES)];
            for (int j = 0; j < pairs.length; j++) {
                pairs[j] = text(in);
            }
            sets.add(Labels.ofSorted(pairs));
        }
        int lineCount = count(in, Long.BYTES + 5 * Integer.BYTES);
        List<LogsPartial.Found> lines = new ArrayList<>(lineCount);
        for (int i = 0; i < lineCount; i++) {
            long time = in.readLong();
            Labels source = sets.get(in.readInt());
            LogsResult.LineLabels labels =
                    new LogsResult.LineLabels(sets.get(in.readInt()), sets.get(in.readInt()), sets.get(in.readInt()));
            lines.add(new LogsPartial.Found(source, new LogsResult.Line(time, text(in), labels)));
        }
        return lines;
    }

    /// A number of things that take at least `bytesEach`.
    private static int count(DataInputStream in, int bytesEach) throws IOException {
        int count = in.readInt();
        if (count < 0 || (long) count * bytesEach > in.available()) {
            throw new IOException(count + " things in " + in.available() + " bytes");
        }
        return count;
    }

    private static String text(DataInputStream in) throws IOException {
        byte[] utf8 = new byte[count(in, 1)];
        in.readFully(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }
}

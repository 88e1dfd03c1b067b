package io.lambdascope.result;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.lambdascope.fault.Fault;
import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.ql.SourceRange;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The bytes of a [Partial]; laid out in `docs/formats/partial.md`.
public final class PartialFormat {
    private static final int VERSION = 2;
    private static final int HEADER_BYTES = 5;
    private static final int LEVEL = 1;

    /// The most bytes that a partial may unpack to.
    public static final int MAX_BYTES = 512 << 20;

    private PartialFormat() {}

    public static byte[] write(Partial partial) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            new Writer(out).partial(partial);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] plain = bytes.toByteArray();
        byte[] packed = Zstd.compress(plain, LEVEL);
        return ByteBuffer.allocate(HEADER_BYTES + packed.length)
                .put((byte) VERSION)
                .putInt(plain.length)
                .put(packed)
                .array();
    }

    /// @throws Fault CORRUPT_DATA if `bytes` are no partial
    public static Partial read(byte[] bytes) {
        if (bytes.length < HEADER_BYTES || bytes[0] != VERSION) {
            throw Fault.corrupt("no partial of version %d: %d bytes", VERSION, bytes.length);
        }
        ByteBuffer header = ByteBuffer.wrap(bytes);
        int length = header.getInt(1);
        if (length < 0 || length > MAX_BYTES) {
            throw Fault.corrupt("partial unpacks to %d bytes, at most %d are read", length, MAX_BYTES);
        }
        try {
            byte[] plain = Zstd.decompress(Arrays.copyOfRange(bytes, HEADER_BYTES, bytes.length), length);
            return new Reader(new DataInputStream(new ByteArrayInputStream(plain)), plain.length).partial();
        } catch (ZstdException | IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw Fault.corrupt("partial does not read: %s", e.getMessage());
        }
    }

    private static final class Writer {
        private final DataOutputStream out;
        private final Map<String, Integer> texts = new LinkedHashMap<>();

        private Writer(DataOutputStream out) {
            this.out = out;
        }

        private void partial(Partial partial) throws IOException {
            for (Partial.Row row : partial.rows()) {
                row.labels().forEach((name, value) -> {
                    texts.putIfAbsent(name, texts.size());
                    texts.putIfAbsent(value, texts.size());
                });
            }
            out.writeInt(texts.size());
            for (String text : texts.keySet()) {
                text(text);
            }
            out.writeInt(partial.steps());
            out.writeInt(partial.rows().size());
            for (Partial.Row row : partial.rows()) {
                row(row);
            }
            out.writeInt(partial.annotations().size());
            for (Annotation annotation : partial.annotations()) {
                out.writeByte(annotation.level().ordinal());
                text(annotation.message());
                out.writeInt(annotation.at().start());
                out.writeInt(annotation.at().end());
            }
            out.writeLong(partial.seriesRead());
            out.writeLong(partial.peakSamples());
            out.writeInt(partial.samplesByStep().length);
            for (long samples : partial.samplesByStep()) {
                out.writeLong(samples);
            }
        }

        private void text(String text) throws IOException {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            out.writeInt(utf8.length);
            out.write(utf8);
        }

        private void row(Partial.Row row) throws IOException {
            Labels labels = row.labels();
            out.writeInt(labels.size());
            for (int i = 0; i < labels.size(); i++) {
                out.writeInt(texts.getOrDefault(labels.name(i), 0));
                out.writeInt(texts.getOrDefault(labels.value(i), 0));
            }
            out.writeBoolean(row.dropName());
            text(row.metricName());
            out.writeByte(row.columns().length);
            for (double[] column : row.columns()) {
                ByteBuffer bits = ByteBuffer.allocate(Double.BYTES * column.length);
                for (double value : column) {
                    bits.putLong(Double.doubleToRawLongBits(value));
                }
                out.write(bits.array());
            }
            out.writeByte(row.histograms().length);
            for (@Nullable NativeHistogram[] column : row.histograms()) {
                for (NativeHistogram histogram : column) {
                    out.writeBoolean(histogram != null);
                    if (histogram != null) {
                        histogram(histogram);
                    }
                }
            }
        }

        private void histogram(NativeHistogram histogram) throws IOException {
            out.writeByte(histogram.schema());
            out.writeByte(histogram.resetHint().code());
            floats(histogram.zeroThreshold(), histogram.zeroCount(), histogram.count(), histogram.sum());
            integers(histogram.positiveSpans());
            floatArray(histogram.positiveBuckets());
            integers(histogram.negativeSpans());
            floatArray(histogram.negativeBuckets());
            floatArray(histogram.customValues());
        }

        private void floats(double... values) throws IOException {
            for (double value : values) {
                out.writeLong(Double.doubleToRawLongBits(value));
            }
        }

        private void floatArray(double[] values) throws IOException {
            out.writeInt(values.length);
            floats(values);
        }

        private void integers(int[] values) throws IOException {
            out.writeInt(values.length);
            for (int value : values) {
                out.writeInt(value);
            }
        }
    }

    private static final class Reader {
        private final DataInputStream in;
        private final int size;
        private List<String> texts = List.of();

        /// @param size how many bytes there are, which bounds every count
        private Reader(DataInputStream in, int size) {
            this.in = in;
            this.size = size;
        }

        private Partial partial() throws IOException {
            int count = count(Integer.BYTES);
            List<String> read = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                read.add(text());
            }
            texts = read;
            int steps = in.readInt();
            if (steps < 0) {
                throw new IOException(steps + " steps");
            }
            int rowCount = count(2 * Integer.BYTES + 3);
            List<Partial.Row> rows = new ArrayList<>(rowCount);
            for (int i = 0; i < rowCount; i++) {
                rows.add(row(steps));
            }
            int noteCount = count(1 + 3 * Integer.BYTES);
            List<Annotation> annotations = new ArrayList<>(noteCount);
            for (int i = 0; i < noteCount; i++) {
                Annotation.Level level = Annotation.Level.values()[in.readUnsignedByte()];
                annotations.add(new Annotation(level, text(), new SourceRange(in.readInt(), in.readInt())));
            }
            return new Partial(steps, rows, annotations, in.readLong(), in.readLong(), longs());
        }

        private long[] longs() throws IOException {
            long[] longs = new long[count(Long.BYTES)];
            for (int i = 0; i < longs.length; i++) {
                longs[i] = in.readLong();
            }
            return longs;
        }

        /// A number of things that take at least `bytesEach`.
        private int count(int bytesEach) throws IOException {
            int count = in.readInt();
            if (count < 0 || (long) count * bytesEach > size) {
                throw new IOException(count + " things in " + size + " bytes");
            }
            return count;
        }

        private String text() throws IOException {
            return new String(bytes(count(1)), StandardCharsets.UTF_8);
        }

        private byte[] bytes(int length) throws IOException {
            byte[] bytes = new byte[length];
            in.readFully(bytes);
            return bytes;
        }

        private Partial.Row row(int steps) throws IOException {
            String[] pairs = new String[2 * count(2 * Integer.BYTES)];
            for (int i = 0; i < pairs.length; i++) {
                pairs[i] = texts.get(in.readInt());
            }
            boolean dropName = in.readBoolean();
            String metricName = text();
            double[][] columns = new double[in.readUnsignedByte()][];
            for (int i = 0; i < columns.length; i++) {
                columns[i] = floats(steps);
            }
            @Nullable NativeHistogram[][] histograms = new NativeHistogram[in.readUnsignedByte()][];
            for (int i = 0; i < histograms.length; i++) {
                @Nullable NativeHistogram[] column = new NativeHistogram[Math.min(steps, in.available())];
                for (int step = 0; step < steps; step++) {
                    column[step] = in.readBoolean() ? histogram() : null;
                }
                histograms[i] = column;
            }
            return new Partial.Row(Labels.ofSorted(pairs), dropName, metricName, columns, histograms);
        }

        private double[] floats(int count) throws IOException {
            if ((long) count * Double.BYTES > in.available()) {
                throw new IOException(count + " floats");
            }
            ByteBuffer bits = ByteBuffer.wrap(bytes(count * Double.BYTES));
            double[] values = new double[count];
            for (int i = 0; i < count; i++) {
                values[i] = Double.longBitsToDouble(bits.getLong());
            }
            return values;
        }

        private int[] integers() throws IOException {
            int[] values = new int[count(Integer.BYTES)];
            for (int i = 0; i < values.length; i++) {
                values[i] = in.readInt();
            }
            return values;
        }

        private NativeHistogram histogram() throws IOException {
            int schema = in.readByte();
            NativeHistogram.ResetHint hint = NativeHistogram.ResetHint.ofCode(in.readUnsignedByte());
            double[] head = floats(4);
            return new NativeHistogram(
                    schema,
                    head[0],
                    head[1],
                    head[2],
                    head[3],
                    integers(),
                    floats(count(Double.BYTES)),
                    integers(),
                    floats(count(Double.BYTES)),
                    floats(count(Double.BYTES)),
                    hint);
        }
    }
}

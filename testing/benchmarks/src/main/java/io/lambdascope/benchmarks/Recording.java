package io.lambdascope.benchmarks;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import io.lambdascope.labels.Labels;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// Series as a Prometheus scraped them, the input of what is measured on real data.
///
/// The file is one zstd frame over big-endian data: `LSR1`; how many vectors of times (int), of each its length (int)
/// and times in milliseconds (long each); how many series (int), of each how many labels (int) with name and value
/// (each as Java's `writeUTF`), the number of its vector of times (int), and its values. These are differences of
/// the bits of one double and the one before, all first bytes, then all second bytes … eight planes.
public record Recording(List<Series> series) {
    private static final byte[] MAGIC = {'L', 'S', 'R', '1'};
    private static final String REAL = "/node-exporter-15s.lsr";
    private static final int LEVEL = 19;

    /// @param times milliseconds; series of one scrape share the array
    public record Series(Labels labels, long[] times, double[] values) {}

    /// How many samples there are.
    public long samples() {
        return series.stream().mapToLong(one -> one.values.length).sum();
    }

    /// A node exporter and a Prometheus, scraped every 15 s by Prometheus 2.42; made by [RecordPrometheus].
    public static Recording real() throws IOException {
        try (InputStream in = Recording.class.getResourceAsStream(REAL)) {
            if (in == null) {
                throw new IOException("no resource " + REAL);
            }
            return read(in);
        }
    }

    /// The same values with jitter: each scrape of a target is late by up to `maxMillis`, for all its series alike, as
    /// scrapes are.
    public Recording withJitter(int maxMillis, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<Long, Long> late = new LinkedHashMap<>();
        List<Series> jittered = new ArrayList<>();
        Map<List<Long>, long[]> shared = new LinkedHashMap<>();
        for (Series one : series) {
            long[] times = one.times.clone();
            for (int i = 0; i < times.length; i++) {
                times[i] += late.computeIfAbsent(times[i], _ -> (long) random.nextInt(maxMillis + 1));
            }
            long[] vector = shared.computeIfAbsent(Arrays.stream(times).boxed().toList(), _ -> times);
            jittered.add(new Series(one.labels, vector, one.values));
        }
        return new Recording(jittered);
    }

    /// The samples from `fromMillis` on, before `toMillis`.
    public Recording between(long fromMillis, long toMillis) {
        List<Series> some = new ArrayList<>();
        Map<long[], long[]> cut = new IdentityHashMap<>();
        for (Series one : series) {
            int from = firstAtOrAfter(one.times, fromMillis);
            int to = firstAtOrAfter(one.times, toMillis);
            if (from < to) {
                long[] times = cut.computeIfAbsent(one.times, all -> Arrays.copyOfRange(all, from, to));
                some.add(new Series(one.labels, times, Arrays.copyOfRange(one.values, from, to)));
            }
        }
        return new Recording(some);
    }

    private static int firstAtOrAfter(long[] times, long millis) {
        int found = Arrays.binarySearch(times, millis);
        return found >= 0 ? found : -found - 1;
    }

    public void write(OutputStream to) throws IOException {
        Map<List<Long>, Integer> numbers = new LinkedHashMap<>();
        for (Series one : series) {
            numbers.putIfAbsent(Arrays.stream(one.times).boxed().toList(), numbers.size());
        }
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(new ZstdOutputStream(to, LEVEL)))) {
            out.write(MAGIC);
            out.writeInt(numbers.size());
            for (List<Long> times : numbers.keySet()) {
                out.writeInt(times.size());
                for (long time : times) {
                    out.writeLong(time);
                }
            }
            out.writeInt(series.size());
            for (Series one : series) {
                out.writeInt(one.labels.size());
                for (int i = 0; i < one.labels.size(); i++) {
                    out.writeUTF(one.labels.name(i));
                    out.writeUTF(one.labels.value(i));
                }
                out.writeInt(
                        numbers.getOrDefault(Arrays.stream(one.times).boxed().toList(), -1));
                out.write(planes(one.values));
            }
        }
    }

    private static byte[] planes(double[] values) {
        byte[] planes = new byte[8 * values.length];
        long before = 0;
        for (int i = 0; i < values.length; i++) {
            long bits = Double.doubleToRawLongBits(values[i]);
            long difference = bits - before;
            before = bits;
            for (int plane = 0; plane < 8; plane++) {
                planes[plane * values.length + i] = (byte) (difference >>> 56 - 8 * plane);
            }
        }
        return planes;
    }

    public static Recording read(InputStream from) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(new ZstdInputStream(from)))) {
            if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
                throw new IOException("no recording");
            }
            long[][] vectors = new long[in.readInt()][];
            for (int i = 0; i < vectors.length; i++) {
                vectors[i] = new long[in.readInt()];
                for (int k = 0; k < vectors[i].length; k++) {
                    vectors[i][k] = in.readLong();
                }
            }
            List<Series> series = new ArrayList<>();
            for (int i = in.readInt(); i > 0; i--) {
                Labels.Builder labels = new Labels.Builder();
                for (int k = in.readInt(); k > 0; k--) {
                    String name = in.readUTF();
                    labels.set(name, in.readUTF());
                }
                long[] times = vectors[in.readInt()];
                series.add(new Series(labels.build(), times, values(in.readNBytes(8 * times.length))));
            }
            return new Recording(series);
        }
    }

    private static double[] values(byte[] planes) {
        double[] values = new double[planes.length / 8];
        long bits = 0;
        for (int i = 0; i < values.length; i++) {
            long difference = 0;
            for (int plane = 0; plane < 8; plane++) {
                difference = difference << 8 | planes[plane * values.length + i] & 0xff;
            }
            bits += difference;
            values[i] = Double.longBitsToDouble(bits);
        }
        return values;
    }
}

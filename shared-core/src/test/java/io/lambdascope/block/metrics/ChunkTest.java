package io.lambdascope.block.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.StaleMarker;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChunkTest {
    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 42), new SplittableRandom(5).longs(150));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void floatsComeBackBitByBit(long seed) {
        double[] values = values(new SplittableRandom(seed));
        double[] decoded = new double[values.length + 3];
        ChunkInput in = input(encoded(values));

        FloatChunk.decode(in, values.length, decoded, 3, new long[values.length]);
        in.requireEnd();

        assertThat(bits(Arrays.copyOfRange(decoded, 3, decoded.length))).containsExactly(bits(values));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void integersComeBackWhateverTheOrder(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long[] values = new long[random.nextInt(1, 300)];
        int width = random.nextInt(1, 65);
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextLong() >> 64 - width;
        }
        for (int order = 0; order <= 2; order++) {
            ChunkOutput out = new ChunkOutput();
            new LongChunk().encode(values, values.length, order, random.nextInt(), out);
            long[] decoded = new long[values.length];
            ChunkInput in = input(out.toByteArray());
            LongChunk.decode(in, values.length, decoded);
            in.requireEnd();
            assertThat(decoded).as("order %d", order).containsExactly(values);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void timesComeBack(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long[] times = new long[random.nextInt(1, 500)];
        long time = random.nextInt(10) == 0 ? Long.MIN_VALUE : random.nextLong(-1_000_000, 2_000_000_000_000L);
        int jitter = random.nextBoolean() ? 1 : random.nextInt(1, 100);
        for (int i = 0; i < times.length; i++) {
            times[i] = time + random.nextInt(jitter);
            time += random.nextInt(40) == 0 ? 15_000L * random.nextInt(2, 1000) : 15_000;
        }
        byte[] bytes = new TimesChunk().encode(times, times.length);
        long[] decoded = new long[times.length];
        TimesChunk.decode(input(bytes), times.length, decoded);
        assertThat(decoded).containsExactly(times);
    }

    @Test
    void aRegularGridTakesAFewBytesWhateverItsLength() {
        long[] times = LongStream.range(0, 8192)
                .map(i -> 1_760_000_000_000L + 15_000 * i)
                .toArray();
        assertThat(new TimesChunk().encode(times, times.length)).hasSizeLessThan(16);
    }

    @Test
    void aStaleMarkerDoesNotSpoilTheChunk() {
        SplittableRandom random = new SplittableRandom(8);
        double[] values = new double[480];
        for (int i = 0; i < values.length; i++) {
            values[i] = (100_000 + random.nextInt(100)) / 100.0;
        }
        int without = encoded(values).length;
        values[479] = StaleMarker.VALUE;
        assertThat(encoded(values)).hasSizeLessThan(without + 12);
        assertThat(without).as("two decimals, a byte each").isLessThan(500);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void damagedChunksAreFaults(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = values(random);
        byte[] bytes = encoded(values);
        byte[] damaged = random.nextBoolean() ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes.clone();
        for (int i = random.nextInt(4); i > 0 && damaged.length > 0; i--) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
        assertFaultOrDone(() -> {
            ChunkInput in = input(damaged);
            FloatChunk.decode(in, values.length, new double[values.length], 0, new long[values.length]);
            in.requireEnd();
        });
        assertFaultOrDone(() -> {
            ChunkInput in = input(damaged);
            HistogramChunk.decode(in, values.length, new NativeHistogram[values.length], new long[values.length]);
            in.requireEnd();
        });
    }

    @Test
    void aBombOfHistogramsIsAFault() {
        ChunkOutput out = new ChunkOutput();
        int count = 60_000;
        for (int i = 0; i < count; i++) {
            out.writeByte(0);
        }
        out.writeUnsigned(count);
        out.writeSigned(0);
        out.writeLong(0);
        out.writeUnsigned(0);
        out.writeUnsigned(0);
        out.writeUnsigned(0);
        out.writeUnsigned(1000);
        out.writeUnsigned(0);
        for (int bucket = 0; bucket < 1003; bucket++) {
            out.writeByte(FloatChunk.CONSTANT);
            out.writeLong(0);
        }
        assertThatThrownBy(() -> HistogramChunk.decode(
                        input(out.toByteArray()), count, new NativeHistogram[count], new long[count]))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.kind()).isEqualTo(FaultKind.CORRUPT_DATA))
                .hasMessageContaining("too large");
    }

    private static void assertFaultOrDone(Runnable decode) {
        @Nullable Throwable thrown = null;
        try {
            decode.run();
        } catch (Fault fault) {
            thrown = fault;
            assertThat(fault.kind()).isEqualTo(FaultKind.CORRUPT_DATA);
        }
        assertThat(thrown == null || thrown instanceof Fault).isTrue();
    }

    private static ChunkInput input(byte[] bytes) {
        ChunkInput in = new ChunkInput();
        in.reset(bytes, 0, bytes.length);
        return in;
    }

    private static byte[] encoded(double[] values) {
        ChunkOutput out = new ChunkOutput();
        new FloatChunk().encode(values, 0, values.length, out);
        return out.toByteArray();
    }

    private static long[] bits(double[] values) {
        return Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray();
    }

    /// Series as people have them, with more or fewer oddities in them.
    private static double[] values(SplittableRandom random) {
        double[] values = new double[random.nextInt(1, 600)];
        double scale = Math.pow(10, random.nextInt(19));
        long[] walk = {random.nextLong(1L << random.nextInt(1, 54))};
        int step = random.nextInt(1, 100_000);
        DoubleSupplier usual = switch (random.nextInt(6)) {
            case 0 -> () -> 42.5;
            case 1 -> random::nextDouble;
            case 2 -> () -> Double.longBitsToDouble(random.nextLong());
            case 3 -> () -> (walk[0] += random.nextInt(step)) / scale;
            case 4 -> () -> (walk[0] += 4096L * random.nextInt(-9, 10));
            default -> () -> 1.7e9 + random.nextInt(1000) / 1000.0;
        };
        int oddity = random.nextInt(1, 60);
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(60) < oddity ? usual.getAsDouble() : odd(random);
        }
        return values;
    }

    private static double odd(SplittableRandom random) {
        double[] odd = {
            Double.NaN,
            Double.longBitsToDouble(0x7ff8dead_beef0001L),
            StaleMarker.VALUE,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            -0.0,
            0.0,
            Double.MIN_VALUE,
            -Double.MAX_VALUE,
            0x1p53,
            0x1p53 + 2,
            -0x1p53,
            0.1 + 0.2,
            1e22,
            1e23,
            123456789.12345679
        };
        return odd[random.nextInt(odd.length)];
    }
}

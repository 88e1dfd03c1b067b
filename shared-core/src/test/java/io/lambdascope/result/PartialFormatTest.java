package io.lambdascope.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.StaleMarker;
import io.lambdascope.ql.SourceRange;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PartialFormatTest {
    private static final NativeHistogram HISTOGRAM = new NativeHistogram(
            3,
            0.001,
            2,
            9,
            Double.NaN,
            new int[] {-2, 2, 3, 1},
            new double[] {1, 2, 0.5},
            new int[] {0, 1},
            new double[] {3.5},
            new double[0],
            NativeHistogram.ResetHint.GAUGE);

    private static final Partial PARTIAL = new Partial(
            2,
            List.of(
                    new Partial.Row(
                            Labels.of("__name__", "up", "job", "ü"),
                            true,
                            "",
                            new double[][] {{1.5, StaleMarker.VALUE}, {Double.NaN, -0.0}},
                            new NativeHistogram[][] {{null, HISTOGRAM}}),
                    new Partial.Row(Labels.EMPTY, false, "x", new double[][] {{1, 2}}, new NativeHistogram[0][])),
            List.of(new Annotation(Annotation.Level.INFO, "something", new SourceRange(3, 9))),
            7,
            1234,
            new long[] {40, 41});

    @Test
    void manyStepsWithoutRows() {
        Partial nothing = new Partial(10_000, List.of(), List.of(), 0, 0, new long[0]);
        assertThat(PartialFormat.read(PartialFormat.write(nothing)))
                .usingRecursiveComparison()
                .isEqualTo(nothing);
    }

    @Test
    void whatIsWrittenIsReadToTheLastBit() {
        Partial read = PartialFormat.read(PartialFormat.write(PARTIAL));
        assertThat(read.steps()).isEqualTo(2);
        assertThat(read.annotations()).isEqualTo(PARTIAL.annotations());
        assertThat(read.seriesRead()).isEqualTo(7);
        assertThat(read.peakSamples()).isEqualTo(1234);
        assertThat(read.samplesByStep()).containsExactly(40, 41);
        for (int i = 0; i < PARTIAL.rows().size(); i++) {
            Partial.Row expected = PARTIAL.rows().get(i);
            Partial.Row row = read.rows().get(i);
            assertThat(row.labels()).isEqualTo(expected.labels());
            assertThat(row.dropName()).isEqualTo(expected.dropName());
            assertThat(row.metricName()).isEqualTo(expected.metricName());
            assertThat(bits(row.columns())).isEqualTo(bits(expected.columns()));
            assertThat(row.histograms()).isDeepEqualTo(expected.histograms());
        }
    }

    private static List<List<Long>> bits(double[][] columns) {
        return Arrays.stream(columns)
                .map(column -> Arrays.stream(column)
                        .mapToObj(Double::doubleToRawLongBits)
                        .toList())
                .toList();
    }

    @Test
    void damageIsCorruptDataAndNothingElse() {
        byte[] good = PartialFormat.write(PARTIAL);
        SplittableRandom random = new SplittableRandom(3);
        for (int length = 0; length < good.length; length++) {
            assertCorrupt(Arrays.copyOf(good, length));
        }
        for (int i = 0; i < 2000; i++) {
            byte[] bad = good.clone();
            bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                PartialFormat.read(bad);
            } catch (Fault fault) {
                assertThat(fault.kind()).isEqualTo(FaultKind.CORRUPT_DATA);
            }
        }
    }

    @Test
    void aHugeSizeIsRefusedBeforeItIsTaken() {
        byte[] bomb = PartialFormat.write(PARTIAL);
        bomb[1] = 0x7f;
        assertCorrupt(bomb);
    }

    private static void assertCorrupt(byte[] bytes) {
        assertThatExceptionOfType(Fault.class)
                .isThrownBy(() -> PartialFormat.read(bytes))
                .extracting(Fault::kind)
                .isEqualTo(FaultKind.CORRUPT_DATA);
    }
}

package io.lambdascope.wire.otlp.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.limits.OtlpSettings;
import io.lambdascope.limits.OtlpSettings.TranslationStrategy;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.testkit.metrics.BatchText;
import io.lambdascope.wire.otlp.JsonTranscoder;
import io.lambdascope.wire.otlp.MessageEncoder;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Random requests, written by the classes that are generated from OTLP's own definition.
class OtlpMetricsPropertyTest {
    private static final int MAX_BYTES = 1 << 20;

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 42), new SplittableRandom(42).longs(150));
    }

    private static OtlpSettings settings(Random random) {
        boolean all = random.nextBoolean();
        return new OtlpSettings(
                TranslationStrategy.values()[random.nextInt(4)],
                all ? Set.of() : Set.of("host.name", "le"),
                all,
                all ? Set.of("service.name") : Set.of(),
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextInt(4) > 0);
    }

    /// Everything, to the last bit.
    private static List<String> text(OtlpMetrics metrics) {
        MetricsBatch batch = metrics.batch();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < batch.seriesCount(); i++) {
            lines.add("point %d: %s %s"
                    .formatted(metrics.pointOfSeries()[i], batch.labels(i), BatchText.samples(batch, i)));
        }
        batch.exemplars().forEach(exemplar -> lines.add(exemplar.toString()));
        batch.metadata().forEach(item -> lines.add(item.toString()));
        lines.add(metrics.refused() + " " + metrics.rejections().text());
        return lines;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void protobufInAnyOrderAndJsonReadTheSame(long seed) {
        Random random = new Random(seed);
        ExportMetricsServiceRequest request = new RandomOtlpMetrics(random).request();
        OtlpSettings settings = settings(random);
        MessageEncoder encoder = new MessageEncoder(random);

        List<String> expected = text(OtlpMetricsDecoder.decode(request.toByteArray(), settings));
        assertThat(text(OtlpMetricsDecoder.decode(encoder.protobuf(request), settings)))
                .isEqualTo(expected);
        byte[] json = encoder.json(request).getBytes(StandardCharsets.UTF_8);
        byte[] transcoded = JsonTranscoder.toProtobuf(json, MetricsShapes.REQUEST, MAX_BYTES);
        assertThat(text(OtlpMetricsDecoder.decode(transcoded, settings))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyPointIsStoredOrRefusedAndLabelsAreInOrder(long seed) {
        Random random = new Random(seed);
        ExportMetricsServiceRequest request = new RandomOtlpMetrics(random).request();
        OtlpMetrics metrics = OtlpMetricsDecoder.decode(request.toByteArray(), settings(random));

        long points = request.getResourceMetricsList().stream()
                .flatMap(resource -> resource.getScopeMetricsList().stream())
                .flatMap(scope -> scope.getMetricsList().stream())
                .mapToLong(metric -> metric.getGauge().getDataPointsCount()
                        + metric.getSum().getDataPointsCount()
                        + metric.getHistogram().getDataPointsCount()
                        + metric.getExponentialHistogram().getDataPointsCount()
                        + metric.getSummary().getDataPointsCount())
                .sum();
        long stored = Arrays.stream(metrics.pointOfSeries())
                .filter(point -> point > 0)
                .distinct()
                .count();
        assertThat(stored + metrics.refused()).isEqualTo(points);

        MetricsBatch batch = metrics.batch();
        for (int i = 0; i < batch.seriesCount(); i++) {
            for (int at = batch.labelStart(i) + 2; at < batch.labelEnd(i); at += 2) {
                assertThat(batch.symbols().compare(batch.labelSymbols()[at - 2], batch.labelSymbols()[at]))
                        .as("%s", batch.labels(i))
                        .isNegative();
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void damagedProtobufIsRefusedOrReadAsSomethingBounded(long seed) {
        Random random = new Random(seed);
        byte[] message = new RandomOtlpMetrics(random).request().toByteArray();
        decodes(damaged(message, random), settings(random));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void damagedJsonIsRefusedOrReadAsSomethingBounded(long seed) {
        Random random = new Random(seed);
        String json = new MessageEncoder(random).json(new RandomOtlpMetrics(random).request());
        byte[] damaged = damaged(json.getBytes(StandardCharsets.UTF_8), random);
        try {
            byte[] transcoded = JsonTranscoder.toProtobuf(damaged, MetricsShapes.REQUEST, MAX_BYTES);
            decodes(transcoded, settings(random));
        } catch (Fault fault) {
            assertThat(fault.kind()).isIn(FaultKind.BAD_REQUEST, FaultKind.TOO_LARGE);
            assertThat(fault.text().length()).isLessThan(2000);
        }
    }

    private static void decodes(byte[] message, OtlpSettings settings) {
        try {
            OtlpMetrics metrics = OtlpMetricsDecoder.decode(message, settings);
            assertThat(metrics.rejections().text().length()).isLessThan(5000);
        } catch (Fault fault) {
            assertThat(fault.kind()).isIn(FaultKind.BAD_REQUEST, FaultKind.TOO_LARGE);
        }
    }

    private static byte[] damaged(byte[] message, Random random) {
        byte[] damaged =
                random.nextBoolean() ? message.clone() : Arrays.copyOf(message, random.nextInt(message.length + 1));
        for (int i = random.nextInt(6); i > 0 && damaged.length > 0; i--) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
        return damaged;
    }
}

package io.lambdascope.wire.otlp.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.wire.otlp.JsonTranscoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OtlpTranslationTest {
    static Stream<OtlpCase> cases() throws IOException {
        Stream<OtlpCase> all = Stream.of();
        for (String file : List.of("points.txt", "histograms.txt", "labels.txt")) {
            all = Stream.concat(all, OtlpCase.load(file).stream());
        }
        return all;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void requestsBecomeSeries(OtlpCase example) {
        byte[] protobuf = JsonTranscoder.toProtobuf(
                example.request().getBytes(StandardCharsets.UTF_8), MetricsShapes.REQUEST, 1 << 20);
        OtlpMetrics metrics = OtlpMetricsDecoder.decode(protobuf, example.settings());
        assertThat(OtlpText.of(metrics, example.showMetadata())).isEqualTo(example.expected());
    }
}

package io.lambdascope.wire.otlp.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.limits.OtlpSettings;
import io.lambdascope.wire.otlp.JsonTranscoder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests that SDKs of OpenTelemetry sent, recorded once: instruments of every kind, with exemplars.
class GoldenOtlpTest {
    private static byte[] resource(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(GoldenOtlpTest.class.getResourceAsStream("/otlp/golden/" + name))) {
            return in.readAllBytes();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"java-sdk-1.65.0.bin", "java-sdk-1.65.0-delta.bin", "javascript-sdk-0.223.0.json"})
    void whatSdksSendIsRead(String file) throws IOException {
        byte[] body = resource(file);
        if (file.endsWith(".json")) {
            body = JsonTranscoder.toProtobuf(body, MetricsShapes.REQUEST, 1 << 20);
        }
        OtlpMetrics metrics = OtlpMetricsDecoder.decode(body, OtlpSettings.DEFAULTS);
        String expected = new String(resource(file.replaceFirst("\\.[a-z]+$", ".txt")), StandardCharsets.UTF_8);
        assertThat(OtlpText.of(metrics, true)).isEqualTo(expected.lines().toList());
    }
}

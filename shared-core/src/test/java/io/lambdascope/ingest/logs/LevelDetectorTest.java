package io.lambdascope.ingest.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.labels.Labels;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LevelDetectorTest {
    private static final byte[] NO_LINE = new byte[0];
    private final LevelDetector detector = new LevelDetector();

    private String ofLine(String line) {
        byte[] bytes = ("warn " + line + " fatal").getBytes(StandardCharsets.UTF_8);
        return detector.ofLine(bytes, 5, bytes.length - 6);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"level\":\"WARNING\",\"msg\":\"error\"} | warn",
                "{\"a\":{\"lvl\":\"dbg\"},\"msg\":\"x\"} | debug",
                "{\"a\":{\"b\":{\"lvl\":\"dbg\"}}} | unknown",
                "{\"lvl\":\"dbg\",\"severity\":\"trc\"} | trace",
                "{\"level\":\"strange\",\"msg\":\"an error\"} | error",
                "{\"level\":5} | unknown",
                "{\"level\":\"info\" | info",
                "ts=1 Level=dbg msg=\"an error\" | debug",
                "severity=inf lvl=dbg | info",
                "a=\"x level=dbg | unknown",
                "a=1 msg=\"it is fatal\" | fatal",
                "2024-01-01 ERROR failed | error",
                "terror errors trace_id warned | unknown",
                "a Warning, then an error | warn",
                "Err: it | error",
                "[dbg] it | unknown",
                "e | unknown"
            })
    void theLineTellsIts(String line, String level) {
        assertThat(ofLine(line)).isEqualTo(level);
    }

    @Test
    void labelsAreTrustedBeforeMetadataAndMetadataBeforeTheLine() {
        byte[] line = "level=error".getBytes(StandardCharsets.UTF_8);
        Labels stream = Labels.of("severity", "Warning");
        Map<String, String> metadata = Map.of("level", "dbg");
        assertThat(detector.detect(stream, metadata::get, line, 0, line.length)).isEqualTo("warn");
        assertThat(detector.detect(Labels.EMPTY, metadata::get, line, 0, line.length))
                .isEqualTo("debug");
        assertThat(detector.detect(Labels.EMPTY, Map.of("level", "")::get, line, 0, line.length))
                .isEqualTo("error");
        assertThat(detector.detect(stream, Map.of("detected_level", "INFO")::get, line, 0, line.length))
                .isEqualTo("info");
        assertThat(detector.detect(Labels.of("level", "verbose"), metadata::get, line, 0, line.length))
                .isEqualTo("verbose");
    }

    @ParameterizedTest
    @CsvSource({
        "1,trace",
        "4,trace",
        "5,debug",
        "9,info",
        "13,warn",
        "17,error",
        "21,fatal",
        "24,fatal",
        "25,unknown",
        "0,unknown",
        "-1,trace",
        "x,info"
    })
    void severityNumbersAreOpenTelemetrys(String number, String level) {
        assertThat(detector.detect(Labels.EMPTY, Map.of("severity_number", number)::get, NO_LINE, 0, 0))
                .isEqualTo(level);
    }
}

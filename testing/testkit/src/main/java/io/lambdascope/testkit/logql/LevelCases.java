package io.lambdascope.testkit.logql;

import io.lambdascope.ingest.logs.LevelDetector;
import io.lambdascope.labels.Labels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Cases of the level of one entry, one JSON object a line of the file:
/// `{id, line, labels, structured_metadata, expect: {detected_level}}`.
public final class LevelCases {
    private LevelCases() {}

    public static CaseOutcome run(Path file) {
        List<String> failures = new ArrayList<>();
        List<Map<String, @Nullable Object>> cases = JsonLines.read(file);
        LevelDetector detector = new LevelDetector();
        for (Map<String, @Nullable Object> one : cases) {
            byte[] line = JsonLines.text(one, "line").getBytes(StandardCharsets.UTF_8);
            Map<String, String> metadata = JsonLines.texts(one, "structured_metadata");
            Labels stream = Labels.of(JsonLines.texts(one, "labels"));
            String actual = detector.detect(stream, metadata::get, line, 0, line.length);
            String expected = JsonLines.text(JsonLines.object(one, "expect"), LevelDetector.LABEL);
            if (!actual.equals(expected)) {
                failures.add("%s: %s: expected %s but got %s"
                        .formatted(JsonLines.text(one, "id"), JsonLines.text(one, "line"), expected, actual));
            }
        }
        return new CaseOutcome(cases.size(), failures);
    }
}

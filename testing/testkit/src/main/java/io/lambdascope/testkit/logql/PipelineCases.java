package io.lambdascope.testkit.logql;

import io.lambdascope.exec.logs.pipeline.LabelCategory;
import io.lambdascope.exec.logs.pipeline.LinePipeline;
import io.lambdascope.fault.Fault;
import io.lambdascope.labels.Labels;
import io.lambdascope.model.logs.LogEntries;
import io.lambdascope.model.logs.LogEntries.MetadataColumn;
import io.lambdascope.model.logs.LogEntries.Texts;
import io.lambdascope.ql.logql.CheckedLogQuery;
import io.lambdascope.ql.logql.LogExpr.LogQuery;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Cases of one line through one pipeline, one JSON object a line of the file:
/// `{id, pipeline, labels, structured_metadata, timestamp, line, expect: {kept, line, categories}}`.
public final class PipelineCases {
    private PipelineCases() {}

    public static CaseOutcome run(Path file) {
        List<String> failures = new ArrayList<>();
        List<Map<String, @Nullable Object>> cases = JsonLines.read(file);
        for (Map<String, @Nullable Object> one : cases) {
            String expected = expected(one);
            String actual = actual(one);
            if (!expected.equals(actual)) {
                failures.add("%s: %s on %s\n  expected %s\n  but got  %s"
                        .formatted(
                                JsonLines.text(one, "id"),
                                JsonLines.text(one, "pipeline"),
                                JsonLines.text(one, "line"),
                                expected,
                                actual));
            }
        }
        return new CaseOutcome(cases.size(), failures);
    }

    private static String expected(Map<String, @Nullable Object> one) {
        Map<String, @Nullable Object> expect = JsonLines.object(one, "expect");
        if (!JsonLines.flag(expect, "kept")) {
            return "dropped";
        }
        Map<String, @Nullable Object> categories = JsonLines.object(expect, "categories");
        // a stream has no empty labels here: a push does not let them in
        Map<String, String> stream = new TreeMap<>(JsonLines.texts(categories, "stream"));
        stream.values().removeIf(String::isEmpty);
        return described(
                JsonLines.text(expect, "line"),
                stream,
                new TreeMap<>(JsonLines.texts(categories, "structured_metadata")),
                new TreeMap<>(JsonLines.texts(categories, "parsed")));
    }

    private static String described(
            String line, Map<String, String> stream, Map<String, String> metadata, Map<String, String> parsed) {
        return "\"%s\" stream %s metadata %s parsed %s".formatted(line, stream, metadata, parsed);
    }

    private static String actual(Map<String, @Nullable Object> one) {
        LinePipeline pipeline;
        try {
            String query = "{selected=\"yes\"} " + JsonLines.text(one, "pipeline");
            pipeline = LinePipeline.ofLines((LogQuery) CheckedLogQuery.of(query).expr());
        } catch (Fault e) {
            return "refused: " + e.text();
        }
        Labels stream = Labels.of(JsonLines.texts(one, "labels"));
        pipeline.startRun(stream, entry(one));
        if (!pipeline.process(0)) {
            return "dropped";
        }
        Map<String, String> parsed = pairs(pipeline.labels(LabelCategory.PARSED));
        parsed.remove("__error_details__");
        return described(
                pipeline.line(),
                pairs(pipeline.labels(LabelCategory.STREAM)),
                pairs(pipeline.labels(LabelCategory.STRUCTURED_METADATA)),
                parsed);
    }

    private static Map<String, String> pairs(Labels labels) {
        Map<String, String> pairs = new TreeMap<>();
        labels.forEach(pairs::put);
        return pairs;
    }

    private static LogEntries entry(Map<String, @Nullable Object> one) {
        byte[] line = JsonLines.text(one, "line").getBytes(StandardCharsets.UTF_8);
        List<MetadataColumn> columns = new ArrayList<>();
        new TreeMap<>(JsonLines.texts(one, "structured_metadata"))
                .forEach((name, value) -> columns.add(new MetadataColumn(name, new int[1], new OneText(value))));
        long[] times = {Long.parseLong(JsonLines.text(one, "timestamp"))};
        return new LogEntries(1, times, line, new int[] {0, line.length}, columns);
    }

    private record OneText(String text) implements Texts {
        @Override
        public String get(int number) {
            return text;
        }

        @Override
        public int size() {
            return 1;
        }
    }
}

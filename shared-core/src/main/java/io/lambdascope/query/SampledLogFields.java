package io.lambdascope.query;

import io.lambdascope.exec.logs.pipeline.LabelCategory;
import io.lambdascope.exec.logs.pipeline.LinePipeline;
import io.lambdascope.fault.Fault;
import io.lambdascope.labels.Labels;
import io.lambdascope.model.logs.LogEntries;
import io.lambdascope.model.logs.LogEntries.MetadataColumn;
import io.lambdascope.model.logs.LogEntries.Texts;
import io.lambdascope.ql.SourceRange;
import io.lambdascope.ql.logql.CheckedLogQuery;
import io.lambdascope.ql.logql.LogExpr.LogQuery;
import io.lambdascope.ql.logql.LogExpr.Stage;
import io.lambdascope.result.LogsResult;
import io.lambdascope.result.LogsResult.Line;
import io.lambdascope.source.logs.Direction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Fields of the newest lines of a query: structured metadata, and what its parsers find. Where it has none, a line
/// that
/// looks like JSON is read as such, any other as logfmt.
public final class SampledLogFields implements LogFields {
    private static final String JSON = "json";
    private static final String LOGFMT = "logfmt";
    private static final String INTERNAL = "__";
    private static final String EXTRACTED = "_extracted";

    /// Of a query for lines it does not matter.
    private static final long ANY_STEP_NANOS = 1_000_000_000;

    private final LokiQueries queries;

    public SampledLogFields(LokiQueries queries) {
        this.queries = queries;
    }

    @Override
    public List<DetectedField> fields(FieldsRequest request) {
        List<String> parsers = parsersOf(CheckedLogQuery.of(request.text()));
        Map<String, FieldTally> fields = new TreeMap<>();
        LineParsers guessed = new LineParsers(fields);
        for (Line line : sample(request)) {
            line.labels()
                    .metadata()
                    .forEach((name, value) -> tally(fields, name).add(value));
            line.labels().parsed().forEach((name, value) -> {
                if (!name.startsWith(INTERNAL)) {
                    tally(fields, name).add(value);
                    parsers.forEach(tally(fields, name)::foundBy);
                }
            });
            if (parsers.isEmpty()) {
                guessed.parse(line);
            } else if (parsers.contains(JSON)) {
                addJsonPaths(line, fields);
            }
        }
        return fields.entrySet().stream()
                .limit(request.limit())
                .map(field -> field.getValue().field(field.getKey()))
                .toList();
    }

    private static FieldTally tally(Map<String, FieldTally> fields, String name) {
        return fields.computeIfAbsent(name, _ -> new FieldTally());
    }

    /// A field whose label another one has already goes by another name.
    private static void addJsonPaths(Line line, Map<String, FieldTally> fields) {
        JsonPaths.forEach(
                line.text(),
                (label, path) -> Stream.of(label, label + EXTRACTED)
                        .flatMap(name -> Optional.ofNullable(fields.get(name)).stream())
                        .filter(field -> field.isFoundBy(JSON))
                        .findFirst()
                        .ifPresent(field -> field.setJsonPath(path)));
    }

    private static List<String> parsersOf(CheckedLogQuery query) {
        if (!(query.expr() instanceof LogQuery lines)) {
            throw Fault.badRequest("only a query for lines has fields, not %s", query.text());
        }
        return lines.stages().stream()
                .flatMap(SampledLogFields::parserOf)
                .distinct()
                .toList();
    }

    private static Stream<String> parserOf(Stage stage) {
        return switch (stage) {
            case Stage.Json _ -> Stream.of(JSON);
            case Stage.Logfmt _ -> Stream.of(LOGFMT);
            case Stage.Regexp _ -> Stream.of("regexp");
            case Stage.Pattern _ -> Stream.of("pattern");
            case Stage.Unpack _ -> Stream.of("unpack");
            case Stage.LineFilter _,
                    Stage.LabelFilter _,
                    Stage.LineFormat _,
                    Stage.LabelFormat _,
                    Stage.Decolorize _,
                    Stage.Drop _,
                    Stage.Keep _ -> Stream.empty();
        };
    }

    private List<Line> sample(FieldsRequest request) {
        if (request.range().isEmpty()) {
            return List.of();
        }
        LogsResult result = queries.answer(new LokiQueryRequest(
                        request.tenants(),
                        request.text(),
                        request.range().fromNanos(),
                        request.range().toNanos(),
                        ANY_STEP_NANOS,
                        0,
                        request.lines(),
                        Direction.BACKWARD,
                        request.deadline()))
                .result();
        return result instanceof LogsResult.Lines(List<Line> lines) ? lines : List.of();
    }

    /// Reads lines that nobody has said how to read.
    private static final class LineParsers {
        private final Map<String, FieldTally> fields;
        private final LinePipeline json = pipeline(new Stage.Json(List.of(), SourceRange.NOWHERE));
        private final LinePipeline logfmt = pipeline(new Stage.Logfmt(false, false, List.of(), SourceRange.NOWHERE));

        LineParsers(Map<String, FieldTally> fields) {
            this.fields = fields;
        }

        private static LinePipeline pipeline(Stage parser) {
            return LinePipeline.ofLines(new LogQuery(List.of(), List.of(parser), SourceRange.NOWHERE));
        }

        void parse(Line line) {
            if (line.text().stripLeading().startsWith("{")) {
                run(json, JSON, line);
                addJsonPaths(line, fields);
            } else if (line.text().indexOf('=') > 0) {
                run(logfmt, LOGFMT, line);
            }
        }

        private void run(LinePipeline pipeline, String parser, Line line) {
            pipeline.startRun(line.labels().stream(), entryOf(line));
            if (pipeline.process(0)) {
                pipeline.labels(LabelCategory.PARSED).forEach((name, value) -> {
                    if (!name.startsWith(INTERNAL)) {
                        tally(fields, name).add(value);
                        tally(fields, name).foundBy(parser);
                    }
                });
            }
        }

        private static LogEntries entryOf(Line line) {
            byte[] text = line.text().getBytes(StandardCharsets.UTF_8);
            Labels metadata = line.labels().metadata();
            List<MetadataColumn> columns = new ArrayList<>();
            metadata.forEach((name, value) -> columns.add(new MetadataColumn(name, new int[1], new OneText(value))));
            return new LogEntries(1, new long[] {line.timeNanos()}, text, new int[] {0, text.length}, columns);
        }
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

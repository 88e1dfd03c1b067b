package io.lambdascope.exec.logs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.labels.LabelText;
import io.lambdascope.labels.Labels;
import io.lambdascope.labels.Matcher;
import io.lambdascope.model.logs.LogEntries;
import io.lambdascope.model.logs.LogEntries.MetadataColumn;
import io.lambdascope.model.logs.LogEntries.Texts;
import io.lambdascope.ql.QuotedText;
import io.lambdascope.ql.logql.CheckedLogQuery;
import io.lambdascope.ql.logql.LogExpr.LogQuery;
import io.lambdascope.ql.logql.LogExpr.RangeAggregation;
import io.lambdascope.source.logs.LogsScan.Columns;
import io.lambdascope.source.logs.LogsScan.Hints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LinePipelineTest {
    private static final Pattern LABEL = Pattern.compile("(\\w+)=(\"(?:[^\"\\\\]|\\\\.)*\")");

    static Stream<String> cases() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(LinePipelineTest.class.getResourceAsStream("/logql/pipelines.txt"))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split("\n\n+")).filter(block -> block.startsWith("{"));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void doesWithALineWhatItsStagesSay(String block) throws Exception {
        String query = "";
        String line = "";
        Labels metadata = Labels.EMPTY;
        String formatted = null;
        String expected = "";
        for (String part : block.split("\n")) {
            if (part.startsWith("{")) {
                query = part;
            } else if (part.startsWith("<< ")) {
                metadata = Labels.of(labels(part));
            } else if (part.startsWith("< ")) {
                line = part.substring(2).replace("\\e", "\u001b").replace("\\a", "\u0007");
            } else if (part.startsWith("> ")) {
                formatted = part.substring(2);
            } else {
                expected = part;
            }
        }
        LogQuery parsed = lines(query);
        LinePipeline pipeline = LinePipeline.ofLines(parsed);
        pipeline.startRun(stream(parsed), run(List.of(line), metadata));
        if (!pipeline.process(0)) {
            assertThat("dropped").isEqualTo(expected);
            return;
        }
        Map<String, String> found = new TreeMap<>();
        pipeline.labels(LabelCategory.STRUCTURED_METADATA).forEach(found::put);
        pipeline.labels(LabelCategory.PARSED).forEach(found::put);
        found.remove("__error_details__");
        StringJoiner actual = new StringJoiner(" ");
        found.forEach((name, value) -> actual.add(name + "=" + LabelText.quote(value)));
        assertThat(actual.toString()).isEqualTo(expected);
        assertThat(pipeline.line()).isEqualTo(formatted == null ? line : formatted);
        assertThat(pipeline.lineLength()).isEqualTo(pipeline.line().getBytes(StandardCharsets.UTF_8).length);
        assertThat(pipeline.labels().get("__error__")).isEqualTo(found.getOrDefault("__error__", ""));
    }

    private static Map<String, String> labels(String text) throws QuotedText.BadEscapeException {
        Map<String, String> labels = new TreeMap<>();
        java.util.regex.Matcher found = LABEL.matcher(text);
        while (found.find()) {
            labels.put(found.group(1), QuotedText.unquote(found.group(2)));
        }
        return labels;
    }

    private static LogQuery lines(String query) {
        return (LogQuery) CheckedLogQuery.of(query).expr();
    }

    private static Labels stream(LogQuery query) {
        Labels.Builder labels = new Labels.Builder();
        for (Matcher matcher : query.matchers()) {
            labels.set(matcher.name(), matcher.value());
        }
        return labels.build();
    }

    private static LinePipeline samples(String query, Reduction reduction) {
        return LinePipeline.ofSamples(
                ((RangeAggregation) CheckedLogQuery.of(query).expr()).range(), reduction);
    }

    /// A run in which every line has the same structured metadata.
    private static LogEntries run(List<String> lines, Labels metadata) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int[] starts = new int[lines.size() + 1];
        for (int i = 0; i < lines.size(); i++) {
            bytes.writeBytes(lines.get(i).getBytes(StandardCharsets.UTF_8));
            starts[i + 1] = bytes.size();
        }
        List<MetadataColumn> columns = new ArrayList<>();
        metadata.forEach((name, value) -> columns.add(new MetadataColumn(name, new int[lines.size()], new One(value))));
        return new LogEntries(lines.size(), new long[lines.size()], bytes.toByteArray(), starts, columns);
    }

    private record One(String value) implements Texts {
        @Override
        public String get(int number) {
            return value;
        }

        @Override
        public int size() {
            return 1;
        }
    }

    private static final Labels WEB = Labels.of("app", "web");

    @Test
    void linesWithTheSameLabelsShareOneObject() {
        LinePipeline pipeline = LinePipeline.ofLines(lines("{app=\"web\"} | json | drop n"));
        pipeline.startRun(
                WEB, run(List.of("{\"a\":1,\"b\":2}", "{\"b\":2,\"n\":7,\"a\":1}", "{\"a\":2}", "{}"), Labels.EMPTY));
        List<Labels> found = IntStream.range(0, 4)
                .mapToObj(i -> {
                    assertThat(pipeline.process(i)).isTrue();
                    return pipeline.labels();
                })
                .toList();
        assertThat(found.get(0)).isSameAs(found.get(1)).isEqualTo(Labels.of("a", "1", "app", "web", "b", "2"));
        assertThat(found.get(2)).isEqualTo(Labels.of("a", "2", "app", "web"));
        assertThat(found.get(3)).isSameAs(WEB);
    }

    @Test
    void aSampleKeepsWhatItsReductionSays() {
        LogEntries run = run(List.of("{\"level\":\"info\",\"n\":3,\"pod\":\"p\"}"), Labels.of("trace", "t"));
        LinePipeline by =
                samples("sum_over_time({app=\"web\"} | json | unwrap n [1m])", Reduction.by(List.of("level")));
        by.startRun(WEB, run);
        assertThat(by.process(0)).isTrue();
        assertThat(by.labels()).isEqualTo(Labels.of("level", "info"));
        assertThat(by.value()).isEqualTo(3);
        LinePipeline all = samples("sum_over_time({app=\"web\"} | json | unwrap n [1m])", Reduction.NOTHING_LEFT_OUT);
        all.startRun(WEB, run);
        assertThat(all.process(0)).isTrue();
        assertThat(all.labels()).isEqualTo(Labels.of("app", "web", "level", "info", "pod", "p", "trace", "t"));
        LinePipeline none = samples("count_over_time({app=\"web\"} | json [1m])", Reduction.by(List.of()));
        none.startRun(WEB, run);
        assertThat(none.process(0)).isTrue();
        assertThat(none.labels()).isSameAs(Labels.EMPTY);
    }

    @Test
    void whatNobodyNeedsIsNotParsedAndNoError() {
        LogEntries run = run(List.of("not json"), Labels.EMPTY);
        String query = "count_over_time({app=\"web\"} | json [1m])";
        for (Map.Entry<Reduction, String> one : Map.of(
                        Reduction.by(List.of()),
                        "",
                        Reduction.by(List.of("level")),
                        "JSONParserErr",
                        Reduction.by(List.of("__error__")),
                        "",
                        Reduction.NOTHING_LEFT_OUT,
                        "JSONParserErr")
                .entrySet()) {
            LinePipeline pipeline = samples(query, one.getKey());
            pipeline.startRun(WEB, run);
            assertThat(pipeline.process(0)).isTrue();
            assertThat(Objects.requireNonNullElse(pipeline.error(), ""))
                    .as(one.getKey().toString())
                    .isEqualTo(one.getValue());
        }
        LinePipeline asked = samples(query, Reduction.by(List.of("__error__")));
        asked.startRun(WEB, run);
        assertThat(asked.process(0)).isTrue();
        assertThat(asked.labels()).isEqualTo(Labels.of("__error__", "JSONParserErr"));
    }

    @Test
    void aValueThatIsNoNumberIsMarkedAndAMissingOneDropped() {
        LinePipeline pipeline =
                samples("sum_over_time({app=\"web\"} | logfmt | unwrap duration(d) [1m])", Reduction.NOTHING_LEFT_OUT);
        pipeline.startRun(WEB, run(List.of("d=1m", "d=x", "e=1"), Labels.EMPTY));
        assertThat(pipeline.process(0)).isTrue();
        assertThat(pipeline.value()).isEqualTo(60);
        assertThat(pipeline.error()).isNull();
        assertThat(pipeline.process(1)).isTrue();
        assertThat(pipeline.error()).isEqualTo("SampleExtractionErr");
        assertThat(pipeline.labels().get("__error__")).isEqualTo("SampleExtractionErr");
        assertThat(pipeline.process(2)).isFalse();
    }

    @Test
    void pushesDownWhatALineMustContain() {
        LogQuery query = lines(
                "{app=\"web\"} |= \"abc\" |~ \"user \\\\d+ failed\" |= \"x\" or \"y\" |> \"<_>GET <_>\""
                        + " != \"no\" |~ \"(?i)abc\" | level=\"warn\" and zone!=\"\" | json | a=\"1\" | line_format \"x\" |= \"z\"");
        Hints hints = PushDown.hints(query, name -> name.equals("zone"));
        assertThat(hints.literals())
                .containsExactly(Set.of("abc"), Set.of("user "), Set.of(" failed"), Set.of("x", "y"), Set.of("GET "));
        assertThat(hints.metadata()).containsExactly(Matcher.equal("level", "warn"));
    }

    @Test
    void readsOnlyTheColumnsThatStagesLookAt() {
        LogQuery plain = lines("{app=\"web\"} | level=\"warn\"");
        assertThat(PushDown.columns(plain, null, Reduction.by(List.of("pod_extracted")), false))
                .isEqualTo(new Columns(false, Set.of("level", "pod", "pod_extracted")));
        assertThat(PushDown.columns(plain, null, Reduction.NOTHING_LEFT_OUT, true))
                .isEqualTo(Columns.ALL);
        LogQuery parsed = lines("{app=\"web\"} | json");
        assertThat(PushDown.columns(parsed, null, Reduction.by(List.of()), false))
                .isEqualTo(Columns.TIMES);
        assertThat(PushDown.columns(parsed, null, Reduction.by(List.of("a")), false))
                .isEqualTo(new Columns(true, Set.of("a")));
    }

    @Test
    void hostileLinesCostNoMoreThanTheirLength() {
        String deep = "{\"a\":".repeat(50_000) + "1" + "}".repeat(50_000);
        String wide =
                IntStream.range(0, 5_000).mapToObj("\"k%d\":1"::formatted).collect(Collectors.joining(",", "{", "}"));
        String huge = "{\"n\":" + "9".repeat(1_000_000) + ",\"s\":\"" + "x".repeat(9_000_000) + "\"}";
        List<String> lines = List.of(deep, wide, huge, "{\"a\":\"" + "\\u0041".repeat(100_000), "=".repeat(100_000));
        for (String stages : List.of(
                "| json",
                "| json x=\"a.a.a\", y=\"n\"",
                "| logfmt",
                "| unpack",
                "| json | n > 5",
                "|~ \"(x+x+)+y\"",
                "|= ip(\"10.0.0.1\")",
                "| pattern \"<a>\\\":<b>\"")) {
            LinePipeline pipeline = LinePipeline.ofLines(lines("{app=\"web\"} " + stages));
            pipeline.startRun(WEB, run(lines, Labels.EMPTY));
            for (int i = 0; i < lines.size(); i++) {
                if (pipeline.process(i)) {
                    assertThat(pipeline.labels().has("app")).isTrue();
                }
            }
        }
    }

    @Test
    void aLineGetsSoManyLabelsAndNoMore() {
        String line = IntStream.range(0, 20_000).mapToObj("k%d=1"::formatted).collect(Collectors.joining(" "));
        LinePipeline all = LinePipeline.ofLines(lines("{app=\"web\"} | logfmt"));
        all.startRun(WEB, run(List.of(line), Labels.EMPTY));
        assertThat(all.process(0)).isTrue();
        assertThat(all.labels().size()).isEqualTo(10_001);
        LinePipeline one = samples("count_over_time({app=\"web\"} | logfmt [1m])", Reduction.by(List.of("k19999")));
        one.startRun(WEB, run(List.of(line), Labels.EMPTY));
        assertThat(one.process(0)).isTrue();
        assertThat(one.labels()).isEqualTo(Labels.of("k19999", "1"));
    }

    @Test
    void namesThatNeverComeAgainAreForgotten() {
        LinePipeline pipeline = LinePipeline.ofLines(lines("{app=\"web\"} | logfmt | last=\"yes\""));
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            StringJoiner line = new StringJoiner(" ");
            for (int j = 0; j < 2_000; j++) {
                line.add("k%d_%d=1".formatted(i, j));
            }
            lines.add(line + " last=yes app=inner");
        }
        pipeline.startRun(WEB, run(lines, Labels.of("meta", "m")));
        for (int i = 0; i < lines.size(); i++) {
            assertThat(pipeline.process(i)).as("line %d", i).isTrue();
            Labels labels = pipeline.labels();
            assertThat(labels.size()).isEqualTo(2_004);
            assertThat(labels.get("app_extracted")).isEqualTo("inner");
            assertThat(labels.get("meta")).isEqualTo("m");
        }
    }
}

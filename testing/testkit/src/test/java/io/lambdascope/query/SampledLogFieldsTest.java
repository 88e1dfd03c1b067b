package io.lambdascope.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lambdascope.fault.Fault;
import io.lambdascope.labels.Labels;
import io.lambdascope.limits.Tenant;
import io.lambdascope.result.LogsResult;
import io.lambdascope.result.LogsResult.Line;
import io.lambdascope.source.logs.LogsStats;
import io.lambdascope.time.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampledLogFieldsTest {
    private static List<String> found(String query, Line... lines) {
        LokiQueries queries = request -> new LokiAnswer(
                new LogsResult.Lines(List.of(lines)), new LokiStats(Duration.ZERO, new LogsStats(), 0, 0), List.of());
        FieldsRequest request =
                new FieldsRequest(List.of(new Tenant("demo")), query, new TimeRange(0, 10), 100, 1000, Instant.MAX);
        return new SampledLogFields(queries)
                .fields(request).stream()
                        .map(field -> "%s %s %s %s %s"
                                .formatted(
                                        field.name(),
                                        field.type().text(),
                                        field.values(),
                                        field.parsers(),
                                        field.jsonPath()))
                        .toList();
    }

    private static Line line(String text) {
        return line(text, Labels.EMPTY, Labels.EMPTY);
    }

    private static Line line(String text, Labels metadata, Labels parsed) {
        return new Line(1, text, new LogsResult.LineLabels(Labels.of("app", "a"), metadata, parsed));
    }

    @Test
    void readsLinesAsTheyLook() {
        assertThat(found(
                        "{app=\"a\"}",
                        line("{\"user\":{\"id\":7,\"na.me\":\"x\"},\"tags\":[1],\"gone\":null,\"app\":\"b\"}"),
                        line("{\"user\":{\"id\":7.5}}"),
                        line("took=12ms size=3KB ok=true msg=\"a b\""),
                        line("plain words")))
                .containsExactly(
                        "app_extracted string [b] [json] [app]",
                        "msg string [a b] [logfmt] []",
                        "ok boolean [true] [logfmt] []",
                        "size bytes [3KB] [logfmt] []",
                        "took duration [12ms] [logfmt] []",
                        "user_id float [7, 7.5] [json] [user, id]",
                        "user_na_me string [x] [json] [user, na.me]");
    }

    @Test
    void tellsStructuredMetadataFromWhatTheQueryFinds() {
        Labels metadata = Labels.of("trace_id", "4bf9", "status", "200");
        Labels parsed = Labels.of("status_extracted", "500", "__error__", "JSONParserErr");
        assertThat(found("{app=\"a\"} | json", line("{\"status\":500}", metadata, parsed)))
                .containsExactly(
                        "status int [200] [] []",
                        "status_extracted int [500] [json] [status]",
                        "trace_id string [4bf9] [] []");
        assertThat(found("{app=\"a\"} | logfmt", line("a=b")))
                .as("only the query's own parser is used")
                .isEmpty();
    }

    @Test
    void brokenLinesGiveWhatStandsBeforeTheDefect() {
        assertThat(found("{app=\"a\"}", line("{\"a\":1,\"b\":"))).containsExactly("a int [1] [json] [a]");
    }

    @Test
    void refusesQueriesForNumbers() {
        assertThatThrownBy(() -> found("rate({app=\"a\"}[1m])"))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("only a query for lines has fields");
    }
}

package io.lambdascope.wire.lokipush;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.labels.Labels;
import io.lambdascope.testkit.logs.LogItem;
import io.lambdascope.testkit.logs.LokiPushBody;
import io.lambdascope.testkit.logs.RandomLogs;
import io.lambdascope.testkit.wire.DamagedBytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LokiPushDecoderTest {
    private static final int MAX_BYTES = 1 << 20;

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 42), new SplittableRandom(9).longs(20));
    }

    private static List<LogItem> json(String body) {
        return LogItem.of(
                LokiJsonDecoder.decode(body.getBytes(StandardCharsets.UTF_8)).batch());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void bothFormsSayTheSame(long seed) {
        List<LogItem> items =
                RandomLogs.items(new SplittableRandom(seed), 60, 1_700_000_000_000_000_000L, 3_600_000_000_000L);
        assertThat(json(LokiPushBody.json(items))).isEqualTo(items);
        assertThat(LogItem.of(LokiProtobufDecoder.decode(LokiPushBody.protobuf(items), MAX_BYTES)
                        .batch()))
                .isEqualTo(items);
    }

    @Test
    void takesWhatSendersSend() {
        String body = """
                {"streams": [
                  {"values": [["1700000000000000001", "first", {"trace_id": "7", "empty": "", "a": "1"}]],
                   "stream": {"b": "2", "app": "shop", "none": ""}, "other": [1, {"x": null}]},
                  {"stream": {}, "values": []}
                ], "more": 1}
                """;
        assertThat(json(body))
                .containsExactly(new LogItem(
                        Labels.of("app", "shop", "b", "2"),
                        1_700_000_000_000_000_001L,
                        "first",
                        Labels.of("a", "1", "trace_id", "7")));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[] | the body must be an object",
                "{\"streams\": {}} | \"streams\" must be an array",
                "{\"streams\": [{\"stream\": {\"a\": 1}}]} | the value of label \"a\" must be a string",
                "{\"streams\": [{\"values\": [[1700000000000000000, \"x\"]]}]} | the time of an entry must be a string",
                "{\"streams\": [{\"values\": [[\"soon\", \"x\"]]}]} | the time of an entry must be nanoseconds",
                "{\"streams\": [{\"values\": [[\"99999999999999999999\", \"x\"]]}]} | must be nanoseconds",
                "{\"streams\": [{\"values\": [[\"1\", {}]]}]} | the line of an entry must be a string",
                "{\"streams\": [{\"values\": [[\"1\", \"x\", {\"a\": {}}]]}]} | structured metadata \"a\" must be a string",
                "{\"streams\": [{\"values\": [[\"1\", \"x\", {}, 1]]}]} | the end of an entry must be a bracket",
                "{\"streams\": [ | body is not JSON",
                "{} {} | something stands behind its end",
                "{\"a\": [[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]} | nested too deeply",
            })
    void saysWhatIsWrongWithJson(String body, String problem) {
        assertThatThrownBy(() -> json(body))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.kind()).isEqualTo(FaultKind.BAD_REQUEST))
                .hasMessageContaining(problem);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "app=\"x\" | '{' is missing",
                "{app} | '=' is missing",
                "{app=x} | a quoted value is missing",
                "{app=\"x | no closing quote",
                "{app=\"\\q\"} | unknown escape sequence",
                "{app=\"x\" b=\"y\"} | ',' is missing",
                "{app=\"x\", app=\"y\"} | stands twice",
                "{1a=\"x\"} | is no label name",
                "{app=\"x\"} y | text behind the last brace",
            })
    void saysWhatIsWrongWithLabels(String labels, String problem) {
        assertThatThrownBy(() -> StreamLabels.parse(labels))
                .isInstanceOf(Fault.class)
                .hasMessageContaining(problem);
    }

    @Test
    void readsLabelsAsTheyAreWritten() {
        assertThat(StreamLabels.parse(" { app = \"sh\\\"op\" , env=`a\\b`,empty=\"\", } "))
                .isEqualTo(Labels.of("app", "sh\"op", "env", "a\\b"));
        assertThat(StreamLabels.parse("{}")).isEqualTo(Labels.EMPTY);
    }

    /// Whatever bytes come, a fault that says so is the worst that happens.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void damagedBodiesAreRefused(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<LogItem> items = RandomLogs.items(random, 20, 1_700_000_000_000_000_000L, 3_600_000_000_000L);
        byte[] message = LokiPushBody.message(items);
        byte[] text = LokiPushBody.json(items).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 100; i++) {
            expectFaultOrNothing(
                    () -> LokiProtobufDecoder.decode(LokiPushBody.snappy(DamagedBytes.of(message, random)), MAX_BYTES));
            expectFaultOrNothing(() -> LokiJsonDecoder.decode(DamagedBytes.of(text, random)));
        }
    }

    private static void expectFaultOrNothing(Runnable decode) {
        try {
            decode.run();
        } catch (Fault fault) {
            assertThat(fault.kind()).isIn(FaultKind.BAD_REQUEST, FaultKind.TOO_LARGE);
        }
    }
}

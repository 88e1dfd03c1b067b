package io.lambdascope.testkit.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.NativeHistogram.ResetHint;
import io.lambdascope.testkit.promql.SeriesNotation.SeriesLine;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesNotationTest {
    private static String shown(String values) {
        SeriesLine line = SeriesNotation.parse("m " + values);
        return line.values().stream().map(value -> ResultText.of(value, true)).collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    5 -2.5 1e3 .5        | 5 -2.5 1000 0.5
                    nan Inf +inf -INF    | NaN Inf Inf -Inf
                    _ 1 _x3 2            | _ 1 _ _ _ 2
                    _x0 1                | 1
                    7x2                  | 7 7 7
                    0x10                 | 0 0 0 0 0 0 0 0 0 0 0
                    1+2x3                | 1 3 5 7
                    1-2x2 stale          | 1 -1 -3 stale
                    -1e1+5x1             | -10 -5
                    """)
    void numbersExpand(String values, String expanded) {
        assertThat(shown(values)).isEqualTo(expanded);
    }

    @Test
    void additionIsRepeatedSoThatRoundingAccumulates() {
        assertThat(SeriesNotation.parse("m 0+0.1x3").values().getLast())
                .isEqualTo(new ScriptValue.Number(0.1 + 0.1 + 0.1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {{}}                                            | {{schema:0 count:0 sum:0}}
                    {{ schema:1  count:4 sum:NaN buckets:[1 2 1] }} | {{schema:1 count:4 sum:NaN offset:0 buckets:[1 2 1]}}
                    {{n_offset:-2 n_buckets:[0 3] z_bucket:1 z_bucket_w:0.5}} | {{schema:0 count:0 sum:0 z_bucket:1 z_bucket_w:0.5 n_offset:-1 n_buckets:[3]}}
                    {{schema:-53 custom_values:[1 2.5] buckets:[1 0 2]}} | {{schema:-53 count:0 sum:0 offset:0 buckets:[1 0 2] custom_values:[1 2.5]}}
                    {{sum:1}}x1                                     | {{schema:0 count:0 sum:1}} {{schema:0 count:0 sum:1}}
                    {{count:1 buckets:[1]}}+{{count:2 buckets:[1 1]}}x1 | {{schema:0 count:1 sum:0 offset:0 buckets:[1]}} {{schema:0 count:3 sum:0 offset:0 buckets:[2 1]}}
                    {{count:5 buckets:[5]}}-{{count:2 buckets:[2]}}x2 | {{schema:0 count:5 sum:0 offset:0 buckets:[5]}} {{schema:0 count:3 sum:0 offset:0 buckets:[3]}} {{schema:0 count:1 sum:0 offset:0 buckets:[1]}}
                    {{schema:-1 offset:1 buckets:[1]}}+{{schema:0 offset:1 buckets:[2 3 4]}}x1 | {{schema:-1 count:0 sum:0 offset:1 buckets:[1]}} {{schema:-1 count:0 sum:0 offset:1 buckets:[6 4]}}
                    {{counter_reset_hint:gauge}} _                  | {{schema:0 count:0 sum:0 counter_reset_hint:gauge}} _
                    """)
    void histogramsExpand(String values, String expanded) {
        assertThat(shown(values)).isEqualTo(expanded);
    }

    @Test
    void theSecondLiteralDecidesWhetherTheHintCounts() {
        assertThat(SeriesNotation.parse("m {{counter_reset_hint:gauge}}+{{}}x1").values())
                .allSatisfy(value ->
                        assertThat(((ScriptValue.Histogram) value).hintGiven()).isFalse());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    up                                       | up
                    up{job="a",}                             | up{job="a"}
                    up {job='a', b=`c"d`}                    | up{b="c\\"d", job="a"}
                    {__name__="up"}                          | up
                    {job="a"}                                | {job="a"}
                    {"with.dot", "label.dot"="x\\ty\\u00e9"} | {"with.dot", "label.dot"="x\\tyé"}
                    {}                                       | {}
                    expect{}                                 | expect
                    """)
    void seriesRead(String text, String printed) {
        SeriesLine line = SeriesNotation.parse(text + " 1");
        assertThat(line.labels()).hasToString(printed);
        assertThat(line.values()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "m 1+2",
                "m 1x",
                "m 5y",
                "m _+1x3",
                "m stalex3",
                "m{a=\"1\",a=\"2\"} 1",
                "m{a} 1",
                "m{a=\"1\" 1",
                "m{a=\"1} 1",
                "1 2",
                "m {{sum:1 sum:2}}",
                "m {{total:1}}",
                "m {{schema:9}}",
                "m {{sum:1",
                "m {{schema:1}}+{{schema:0}}x3",
                "m {{}}+{{}}"
            })
    void nonsenseIsRefused(String line) {
        assertThatThrownBy(() -> SeriesNotation.parse(line)).isInstanceOf(ScriptException.class);
    }

    @Test
    void storageKeepsGaugesAndMarksCountersByChunk() {
        List<ScriptValue> values = SeriesNotation.parse(
                        "m {{count:1 buckets:[1]}} {{count:2 buckets:[2]}} {{count:2 buckets:[1 1]}}"
                                + " {{count:3 buckets:[1 2] counter_reset_hint:reset}}"
                                + " {{count:3 counter_reset_hint:gauge}} {{count:3}} stale {{count:3}} 1 {{count:4}}")
                .values();
        PromScript.Load load = new PromScript.Load(
                1,
                1000,
                false,
                List.of(new PromScript.LoadedSeries(new SeriesLine(Labels.of(Labels.NAME, "m"), values), List.of())));
        ScriptStore store = new ScriptStore();
        store.load(load);
        var samples = store.samples().get(Labels.of(Labels.NAME, "m"));
        List<ResetHint> hints = new java.util.ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            NativeHistogram histogram = samples.histogram(i);
            if (histogram != null) {
                hints.add(histogram.resetHint());
            }
        }
        assertThat(hints)
                .containsExactly(
                        ResetHint.UNKNOWN,
                        ResetHint.NOT_RESET,
                        ResetHint.UNKNOWN,
                        ResetHint.UNKNOWN,
                        ResetHint.GAUGE,
                        ResetHint.UNKNOWN,
                        ResetHint.UNKNOWN,
                        ResetHint.UNKNOWN);
    }
}

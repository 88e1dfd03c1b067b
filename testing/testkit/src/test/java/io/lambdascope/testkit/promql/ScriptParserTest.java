package io.lambdascope.testkit.promql;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.SeriesSamples;
import io.lambdascope.time.StepGrid;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptParserTest {
    private static PromScript parse(String text) {
        return ScriptParser.parse("own", text);
    }

    private static PromScript.Eval eval(String text) {
        return (PromScript.Eval) parse(text).commands().getFirst();
    }

    @Test
    void commandsAndTheirBlocks() {
        PromScript script = parse("""
                # a comment
                CLEAR
                load 1m
                  up{job="a"}  1 2
                # ends the block
                eval instant at 1m30s up{job="a"} # not ours
                  up{job="a"} 2

                eval range from 0 to 2m step 1m up
                  up{job="a"} 1 2 _

                nonsense here
                  more of it
                eval whatever
                """);
        assertThat(script.commands()).extracting(PromScript.Command::line).containsExactly(2, 3, 6, 9, 12);
        assertThat(script.evals()).isEqualTo(2);
        PromScript.Eval instant = (PromScript.Eval) script.commands().get(2);
        assertThat(instant.text()).isEqualTo("up{job=\"a\"} # not ours");
        assertThat(instant.grid()).isEqualTo(StepGrid.instant(90_000));
        PromScript.Eval range = (PromScript.Eval) script.commands().get(3);
        assertThat(range.grid()).isEqualTo(new StepGrid(0, 120_000, 60_000));
        assertThat(range.expected().series()).hasSize(1);
        assertThat(script.commands().get(4)).isInstanceOf(PromScript.Broken.class);
    }

    @Test
    void expectations() {
        Expectation expected = eval("""
                        eval instant at 0 sort(m)
                          expect warn msg: PromQL warning: "a"
                          expect warn regex: b+
                          expect no_info
                          expect ordered
                          expect{} 1
                          m 2
                        """).expected();
        assertThat(expected.warnings())
                .extracting(TextMatch::source)
                .containsExactly("msg: PromQL warning: \"a\"", "regex: b+");
        assertThat(expected.noInfo()).isTrue();
        assertThat(expected.ordered()).isTrue();
        assertThat(expected.series())
                .extracting(line -> line.labels().toString())
                .containsExactly("expect", "m");
    }

    @Test
    void scalarsStringsAndRangeVectors() {
        PromScript script = parse("eval instant at 0 pi()\n3.14\neval instant at 0 \"a\"\nexpect string \"a\\n\"\n\n"
                + "eval instant at 1m m[1m]\nexpect range vector from 10s to 60s step 10s\nm 1 2 3\n");
        assertThat(script.evals()).isEqualTo(3);
        assertThat(((PromScript.Eval) script.commands().get(0)).expected().scalar())
                .isEqualTo(3.14);
        assertThat(((PromScript.Eval) script.commands().get(1)).expected().string())
                .isEqualTo("a\n");
        assertThat(((PromScript.Eval) script.commands().get(2)).expected().matrixGrid())
                .isEqualTo(new StepGrid(10_000, 60_000, 10_000));
    }

    @Test
    void oldSpellings() {
        PromScript script = parse("eval_fail instant at 0 m\nexpected_fail_message no such thing\n"
                + "eval_warn range from 0 to 1m step 1m m\n\neval_ordered instant at 0 m\n\neval_fail instant at 0 x");
        assertThat(script.evals()).isEqualTo(4);
        TextMatch fail = ((PromScript.Eval) script.commands().get(0)).expected().fail();
        assertThat(fail).isNotNull();
        assertThat(fail.exact()).isEqualTo("no such thing");
        assertThat(((PromScript.Eval) script.commands().get(1)).expected().warnings())
                .containsExactly(TextMatch.ANY);
        assertThat(((PromScript.Eval) script.commands().get(2)).expected().ordered())
                .isTrue();
        assertThat(((PromScript.Eval) script.commands().get(3)).expected().fail())
                .isEqualTo(TextMatch.ANY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eval instant at 0 m\n m 1 2",
                "eval instant at 0 m\n m 1\n m 2",
                "eval instant at 0 m\n expect warn\n expect no_warn",
                "eval instant at 0 m\n expect fail\n expect fail",
                "eval instant at 0 m\n expect peace",
                "eval range from 0 to 1m step 1m m\n m 1 2 3",
                "eval range from 1m to 0 step 1m m",
                "eval range from 0 to 1m step 0 m",
                "eval range from 0 to 1m step 1m m\n expect ordered",
                "eval instant at 1s1m m",
                "eval instant at -1m m",
                "eval instant m",
                "eval_maybe instant at 0 m"
            })
    void aBrokenEvalIsOneCase(String text) {
        PromScript script = parse(text);
        assertThat(script.commands()).singleElement().isInstanceOf(PromScript.Broken.class);
        assertThat(script.evals()).isEqualTo(1);
    }

    @Test
    void startTimestamps() {
        PromScript.Load load =
                (PromScript.Load) parse("load 1m\n m{a=\"b\"}@st _ -30s-1mx1 +1ms _x2\n m{a=\"b\"} 0+1x5")
                        .commands()
                        .getFirst();
        assertThat(load.series().getFirst().startOffsets())
                .containsExactly(
                        OptionalLong.empty(),
                        OptionalLong.of(-30_000),
                        OptionalLong.of(-90_000),
                        OptionalLong.of(1),
                        OptionalLong.empty(),
                        OptionalLong.empty());
        ScriptStore store = new ScriptStore();
        store.load(load);
        SeriesSamples samples = store.samples().firstEntry().getValue();
        assertThat(new long[] {samples.startMillis(0), samples.startMillis(1), samples.startMillis(2)})
                .containsExactly(0, 30_000, 30_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "load 1m\n m@st 1s\n n 1",
                "load 1m\n m@st 1s\n m 1 2",
                "load 1m\n m@st 1s",
                "load 1m\n m@st 1s+1s\n m 1",
                "load\n m 1",
                "load 0\n m 1"
            })
    void aBrokenLoadIsNoCase(String text) {
        PromScript script = parse(text);
        assertThat(script.commands()).singleElement().isInstanceOf(PromScript.Broken.class);
        assertThat(script.evals()).isZero();
    }

    @Test
    void classicHistogramsBecomeNativeOnes() {
        PromScript.Load load = (PromScript.Load) parse("""
                        load_with_nhcb 1m
                          h_bucket{le="1", job="a"}    1 2
                          h_bucket{le="2.5", job="a"}  3 _
                          h_bucket{le="+Inf", job="a"} 4 5
                          h_bucket{le="odd", job="a"}  9 9
                          h_count{job="a"}             4 5
                          h_sum{job="a"}               8 _
                        """).commands().getFirst();
        ScriptStore store = new ScriptStore();
        store.load(load);
        SeriesSamples samples = store.samples().get(Labels.of(Labels.NAME, "h", "job", "a"));
        assertThat(samples).isNotNull();
        assertThat(samples.size()).isEqualTo(2);
        NativeHistogram first = samples.histogram(0);
        NativeHistogram second = samples.histogram(1);
        assertThat(first).isNotNull();
        assertThat(first.customValues()).containsExactly(1, 2.5);
        assertThat(first.positiveBuckets()).containsExactly(1, 2, 1);
        assertThat(first.sum()).isEqualTo(8);
        assertThat(second).isNotNull();
        assertThat(second.customValues()).containsExactly(1);
        assertThat(second.positiveBuckets()).containsExactly(2, 3);
        assertThat(second.sum()).isZero();
    }
}

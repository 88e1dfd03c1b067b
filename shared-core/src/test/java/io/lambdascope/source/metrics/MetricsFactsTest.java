package io.lambdascope.source.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lambdascope.fault.Fault;
import io.lambdascope.labels.Matcher;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsFactsTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 30, 300, 900})
    void holdsEveryNameAndFewOthers(int count) {
        List<String> names = IntStream.range(0, count)
                .mapToObj(i -> "metric_number_" + i + "_total")
                .toList();
        MetricsFacts facts = MetricsFacts.decode(MetricsFacts.of(names, 1024).encode());
        assertThat(names).allMatch(name -> facts.mayMatch(List.of(Matcher.equal("__name__", name))));
        long foreign = IntStream.range(0, 1000)
                .filter(i -> facts.mayMatch(List.of(Matcher.equal("__name__", "other_number_" + i + "_total"))))
                .count();
        assertThat(foreign).isLessThan(60);
        assertThat(facts.encode()).hasSizeLessThanOrEqualTo(1024);
    }

    @Test
    void fewNamesAnswerRegexesToo() {
        MetricsFacts facts = MetricsFacts.of(List.of("up", "up", "scrape_duration_seconds"), 1024);
        assertThat(facts.mayMatch(List.of(Matcher.of("__name__", Matcher.Op.REGEX, "scrape_.*"))))
                .isTrue();
        assertThat(facts.mayMatch(List.of(Matcher.of("__name__", Matcher.Op.REGEX, "node_.*"))))
                .isFalse();
        assertThat(facts.mayMatch(List.of(Matcher.equal("job", "node")))).isTrue();
        assertThat(MetricsFacts.of(List.of(), 1024).mayMatch(List.of())).isFalse();
    }

    @Test
    void aFilterAnswersRegexesThatListNames() {
        List<String> names =
                IntStream.range(0, 300).mapToObj(i -> "metric_number_" + i).toList();
        MetricsFacts facts = MetricsFacts.of(names, 1024);
        assertThat(facts.mayMatch(List.of(Matcher.of("__name__", Matcher.Op.REGEX, "metric_number_7|none_such"))))
                .isTrue();
        assertThat(facts.mayMatch(List.of(Matcher.of("__name__", Matcher.Op.REGEX, "none_such|nor_this"))))
                .isFalse();
        assertThat(facts.mayMatch(List.of(Matcher.of("__name__", Matcher.Op.REGEX, "none_.*"))))
                .isTrue();
        assertThat(facts.mayMatch(List.of(Matcher.of("__name__", Matcher.Op.NOT_REGEX, "metric_.*"))))
                .isTrue();
    }

    @Test
    void tooManyNamesAreNotDescribed() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            names.add("a_metric_name_of_usual_length_" + i);
        }
        assertThat(MetricsFacts.of(names, 1024)).isEqualTo(MetricsFacts.UNKNOWN);
        assertThat(MetricsFacts.UNKNOWN.mayMatch(List.of(Matcher.equal("__name__", "x"))))
                .isTrue();
    }

    @Test
    void foreignBytesAreRefused() {
        assertThatThrownBy(() -> MetricsFacts.decode(new byte[] {9})).isInstanceOf(Fault.class);
        assertThatThrownBy(() -> MetricsFacts.decode(new byte[] {1, 0, 5, 'a'})).isInstanceOf(Fault.class);
        assertThatThrownBy(() -> MetricsFacts.decode(new byte[] {1, 0})).isInstanceOf(Fault.class);
    }
}

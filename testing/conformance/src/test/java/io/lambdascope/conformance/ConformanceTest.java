package io.lambdascope.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConformanceTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        return Conformance.run(
                arguments,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void oneLinePerFailureAndTheTotalsLast() throws IOException {
        Files.writeString(
                folder.resolve("a.test"),
                "load 1m\n  m 1\n\neval instant at 0 m\n  m 1\n\neval instant at 0 m\n  m 2\n\neval instant\n");
        assertThat(run("promql", folder.toString())).isEqualTo(1);
        assertThat(out().lines())
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("a.test:7: m: expected m 2 got 1"),
                        line -> assertThat(line).startsWith("a.test:10: ").contains("expected", "got"),
                        line -> assertThat(line).isEqualTo("1 passed, 2 failed, 0 skipped"));
    }

    @Test
    void everythingPasses() throws IOException {
        Files.writeString(folder.resolve("a.test"), "eval instant at 0 1 + 1\n2\n");
        assertThat(run("promql", folder.toString())).isZero();
        assertThat(out()).isEqualTo("1 passed, 0 failed, 0 skipped\n");
    }

    @Test
    void saysWhatIsMissing() {
        assertThat(run("smalltalk", folder.toString())).isEqualTo(2);
        assertThat(err()).contains("no suite \"smalltalk\"", "promql", "dashboards");
        err.reset();
        assertThat(run("promql")).isEqualTo(2);
        assertThat(err()).contains("which folder?");
        err.reset();
        assertThat(run("promql", folder.resolve("nothing").toString())).isEqualTo(2);
        assertThat(err()).contains("there is no folder");
        err.reset();
        assertThat(run("promql", folder.toString())).isEqualTo(2);
        assertThat(err()).contains("holds no scripts");
        assertThat(out()).isEmpty();
    }

    @Test
    void dashboardsAreFilledInAndAnswered() throws IOException {
        Files.writeString(folder.resolve("promql.txt"), """
                sum by (${groupby}) (rate(http_total{job=~"$job/(a|b)", code!~"5.."}[$__rate_interval])) / $__range
                # requests per second sum(rate(http_total[$__interval]))
                label_replace(up{instance="$instance"}, "host", "$1", "instance", "(.*):.*")
                sum(
                """);
        assertThat(run("dashboards", folder.toString())).isEqualTo(1);
        assertThat(out()).startsWith("promql.txt:4: sum(: expected a query got ");
        assertThat(out()).endsWith("3 passed, 1 failed, 0 skipped\n");
    }

    @Test
    void logqlIsReadLaidOutAndRun() throws IOException {
        Files.writeString(folder.resolve("syntax.jsonl"), """
                {"id":"s1","query":"{a=\\"1\\"}","valid":true}
                {"id":"s2","query":"{a=\\"1\\"","valid":false}
                {"id":"s3","query":"{a=","valid":true}
                """);
        Files.writeString(folder.resolve("format.jsonl"), """
                {"id":"f1","query":"{a=\\"1\\"} | json","formatted":"{a=\\"1\\"}\\n  | json"}
                {"id":"f2","query":"vector(0)","formatted":"vector(0.000000)"}
                """);
        Files.writeString(folder.resolve("pipeline.jsonl"), """
                {"id":"p1","pipeline":"|= \\"x\\"","labels":{"a":"1"},"structured_metadata":{},"timestamp":"1","line":"y","expect":{"kept":false}}
                {"id":"p2","pipeline":"|= \\"x\\"","labels":{"a":"1"},"structured_metadata":{},"timestamp":"1","line":"x","expect":{"kept":false}}
                """);
        assertThat(run("logql", folder.toString())).isEqualTo(1);
        assertThat(out().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("syntax.jsonl: s3: {a=: expected a query got parse error"),
                        line -> assertThat(line).startsWith("skipped: format.jsonl: f2: vector(0): expected"),
                        line -> assertThat(line).startsWith("pipeline.jsonl: p2: |= \"x\" on x"),
                        line -> assertThat(line).isEqualTo("4 passed, 2 failed, 1 skipped"));
    }

    @Test
    void dashboardsOfLogsAreFilledInAndRead() throws IOException {
        Files.writeString(folder.resolve("logql.txt"), """
                sum by (${labelBy}) (count_over_time({${filters}} ${lineFilters} | logfmt ${fields} [$__auto]))
                {job="$job"} |
                """);
        assertThat(run("dashboards", folder.toString())).isEqualTo(1);
        assertThat(out()).startsWith("logql.txt:2: {job=\"$job\"} |: expected a query got ");
        assertThat(out()).endsWith("1 passed, 1 failed, 0 skipped\n");
    }
}

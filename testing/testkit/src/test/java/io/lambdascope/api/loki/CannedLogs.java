package io.lambdascope.api.loki;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.labels.Labels;
import io.lambdascope.query.DetectedField;
import io.lambdascope.query.FieldsRequest;
import io.lambdascope.query.LogFields;
import io.lambdascope.query.LokiAnswer;
import io.lambdascope.query.LokiQueries;
import io.lambdascope.query.LokiQueryRequest;
import io.lambdascope.query.LokiStats;
import io.lambdascope.result.LogsResult;
import io.lambdascope.source.logs.LogsStats;
import java.time.Duration;
import java.util.List;

/// Answers that do not depend on data: what JSON they become, and what a request is read as.
final class CannedLogs implements LokiQueries, LogFields {
    @Override
    public LokiAnswer answer(LokiQueryRequest request) {
        if (request.text().startsWith("fault:")) {
            throw new Fault(FaultKind.valueOf(request.text().substring(6)), "it went wrong");
        }
        long at = request.endNanos() / 1_000_000;
        LogsResult result = switch (request.text()) {
            case "scalar" -> new LogsResult.Scalar(at, 2.5);
            case "vector" ->
                new LogsResult.Vector(List.of(
                        new LogsResult.Sample(Labels.of("app", "a<b"), at, 1e21),
                        new LogsResult.Sample(Labels.EMPTY, at, Double.NaN)));
            case "matrix" ->
                new LogsResult.Matrix(List.of(new LogsResult.Series(
                        Labels.of("app", "a"),
                        new long[] {1_700_000_000_000L, 1_700_000_000_120L},
                        new double[] {1, Double.POSITIVE_INFINITY})));
            case "request" -> echo(request);
            default -> lines();
        };
        LogsStats read = new LogsStats();
        read.addEntries(100, 5000, 700);
        read.addStoredBytes(900);
        read.addGroups(2, 5);
        List<String> warnings = request.text().equals("gap") ? List.of("the answer is incomplete") : List.of();
        return new LokiAnswer(result, new LokiStats(Duration.ofMillis(250), read, 3, 4), warnings);
    }

    private static LogsResult lines() {
        Labels stream = Labels.of("app", "a");
        Labels metadata = Labels.of("trace_id", "4bf92f");
        Labels parsed = Labels.of("status", "500");
        return new LogsResult.Lines(List.of(
                line(3, "third", stream, metadata, parsed),
                line(2, "second \"line\"\n✓", Labels.of("app", "b"), Labels.EMPTY, Labels.EMPTY),
                line(1, "first", stream, metadata, parsed),
                line(0, "", stream, Labels.EMPTY, Labels.EMPTY)));
    }

    private static LogsResult.Line line(long nanos, String text, Labels stream, Labels metadata, Labels parsed) {
        return new LogsResult.Line(
                1_700_000_000_000_000_000L + nanos, text, new LogsResult.LineLabels(stream, metadata, parsed));
    }

    /// What the request was read as, as a line.
    private static LogsResult echo(LokiQueryRequest request) {
        String line = "%s %d..%d step %d interval %d limit %d %s"
                .formatted(
                        request.tenants(),
                        request.startNanos(),
                        request.endNanos(),
                        request.stepNanos(),
                        request.intervalNanos(),
                        request.limit(),
                        request.direction());
        return new LogsResult.Lines(List.of(line(0, line, Labels.EMPTY, Labels.EMPTY, Labels.EMPTY)));
    }

    @Override
    public List<DetectedField> fields(FieldsRequest request) {
        List<String> values = List.of("a", "b", "lines %d of %s".formatted(request.lines(), request.text()));
        return List.of(
                new DetectedField("trace_id", DetectedField.Type.STRING, values, List.of(), List.of()),
                new DetectedField("user/id", DetectedField.Type.INT, values, List.of("json"), List.of("user", "id")),
                new DetectedField("took", DetectedField.Type.DURATION, List.of("1s"), List.of("logfmt"), List.of()));
    }
}

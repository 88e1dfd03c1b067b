package io.lambdascope.testkit.logql;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.labels.Labels;
import io.lambdascope.plan.logs.LineSearch;
import io.lambdascope.ql.logql.CheckedLogQuery;
import io.lambdascope.result.LogsResult;
import io.lambdascope.source.logs.Direction;
import io.lambdascope.testkit.logs.LogItem;
import io.lambdascope.testkit.logs.LogsPlacement;
import io.lambdascope.testkit.logs.PlacedLogs;
import io.lambdascope.time.NanoGrid;
import io.lambdascope.time.TimeRange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Runs scenarios of LogQL: streams with entries, and queries with their answers, one scenario a line.
///
/// A scenario is `{id, streams:[{labels, entries:[[nanos, line, metadata?]]}], cases}`; a case `{id, query, type,
/// expect}` with `time` if its type is `instant`, and `start`, `end` and either `step_ms`, or `direction`, `limit`,
/// `interval_ms?` and `categorize_labels?` if it is `range`. `expect` is an answer in the shape of Loki's API, or
/// `{error:{category, error_label?}}`.
public final class EngineCases {
    private static final double TOLERANCE = 1e-9;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private EngineCases() {}

    /// What came of a file.
    ///
    /// @param failures each with the case's name, its query, what was expected and what came
    public record Outcome(int cases, List<String> failures) {}

    /// Runs every case of `file` over data that is placed by `placement`.
    public static Outcome run(Path file, LogsPlacement placement) {
        List<String> failures = new ArrayList<>();
        int cases = 0;
        for (Map<String, @Nullable Object> scenario : JsonLines.read(file)) {
            PlacedLogs placed = placement.place(items(scenario));
            for (Map<String, @Nullable Object> one : objects(scenario, "cases")) {
                cases++;
                failureOf(one, placed)
                        .ifPresent(failure -> failures.add("%s %s: %s"
                                .formatted(JsonLines.text(one, "id"), JsonLines.text(one, "query"), failure)));
            }
        }
        return new Outcome(cases, failures);
    }

    private static List<LogItem> items(Map<String, @Nullable Object> scenario) {
        List<LogItem> items = new ArrayList<>();
        for (Map<String, @Nullable Object> stream : objects(scenario, "streams")) {
            Labels labels = Labels.of(JsonLines.texts(stream, "labels"));
            for (Object entry : list(stream, "entries")) {
                List<?> fields = (List<?>) entry;
                items.add(new LogItem(
                        labels,
                        Long.parseLong(String.valueOf(fields.get(0))),
                        String.valueOf(fields.get(1)),
                        fields.size() > 2 ? labels(fields.get(2)) : Labels.EMPTY));
            }
        }
        return items;
    }

    private static Optional<String> failureOf(Map<String, @Nullable Object> one, PlacedLogs placed) {
        Map<String, @Nullable Object> expect = JsonLines.object(one, "expect");
        LogsResult answer;
        try {
            answer = answer(one, placed);
        } catch (Fault fault) {
            return faultDiffers(expect, fault);
        }
        if (expect.containsKey("error")) {
            return Optional.of("expected " + expect + " got " + answer);
        }
        Object expected = expected(expect);
        Object got = got(answer, JsonLines.flag(one, "categorize_labels"));
        boolean anyOfEqual = JsonLines.text(one, "query").matches(".*(topk|bottomk).*");
        boolean same = same(expected, got) || anyOfEqual && same(values(expected), values(got));
        return same ? Optional.empty() : Optional.of("expected %s got %s".formatted(expected, got));
    }

    private static LogsResult answer(Map<String, @Nullable Object> one, PlacedLogs placed) {
        CheckedLogQuery query = CheckedLogQuery.of(JsonLines.text(one, "query"));
        if (JsonLines.text(one, "type").equals("instant")) {
            return placed.evaluate(query, NanoGrid.instant(number(one, "time")));
        }
        long start = number(one, "start");
        long end = number(one, "end");
        if (!query.isLogQuery()) {
            return placed.evaluate(query, new NanoGrid(start, end, number(one, "step_ms") * NANOS_PER_MILLI));
        }
        long interval = one.containsKey("interval_ms") ? number(one, "interval_ms") * NANOS_PER_MILLI : 0;
        Direction direction =
                JsonLines.text(one, "direction").equals("forward") ? Direction.FORWARD : Direction.BACKWARD;
        return placed.search(
                query, new LineSearch(new TimeRange(start, end), direction, (int) number(one, "limit"), interval));
    }

    private static Optional<String> faultDiffers(Map<String, @Nullable Object> expect, Fault fault) {
        Map<String, @Nullable Object> error = JsonLines.object(expect, "error");
        // what failed in a line may have been put into the category of what its message says
        String category = error.isEmpty()
                ? ""
                : error.containsKey("error_label") ? "pipeline_error" : JsonLines.text(error, "category");
        boolean same = switch (category) {
            case "" -> false;
            case "pipeline_error" ->
                fault.text().startsWith("pipeline error: '" + JsonLines.text(error, "error_label") + "'");
            case "vector_matching" ->
                fault.kind() == FaultKind.EXECUTION && !fault.text().startsWith("pipeline error");
            case "approx_topk_needs_instant_query" ->
                fault.kind() == FaultKind.BAD_QUERY && fault.text().contains("approx_topk");
            default -> fault.kind() == FaultKind.BAD_QUERY;
        };
        return same
                ? Optional.empty()
                : Optional.of("expected %s got %s: %s".formatted(expect, fault.kind(), fault.text()));
    }

    /// An answer by what tells its parts apart, so that order counts only where it is asked for.
    private static Object expected(Map<String, @Nullable Object> expect) {
        return switch (JsonLines.text(expect, "resultType")) {
            case "streams" -> {
                Map<Labels, List<List<Object>>> streams = new HashMap<>();
                for (Map<String, @Nullable Object> stream : objects(expect, "result")) {
                    List<List<Object>> entries = new ArrayList<>();
                    for (Object value : list(stream, "values")) {
                        List<?> fields = (List<?>) value;
                        Object more = fields.size() > 2 ? fields.get(2) : Map.of();
                        entries.add(entry(
                                fields.get(0), fields.get(1), part(more, "structuredMetadata"), part(more, "parsed")));
                    }
                    streams.put(labels(stream.get("stream")), entries);
                }
                yield streams;
            }
            case "scalar" -> List.of(point((List<?>) list(expect, "result")));
            case "vector" -> {
                List<Object> samples = new ArrayList<>();
                for (Map<String, @Nullable Object> sample : objects(expect, "result")) {
                    samples.add(List.of(labels(sample.get("metric")), point(list(sample, "value"))));
                }
                yield JsonLines.flag(expect, "ordered") ? samples : unordered(samples);
            }
            default -> {
                List<Object> series = new ArrayList<>();
                for (Map<String, @Nullable Object> one : objects(expect, "result")) {
                    List<Object> points = new ArrayList<>();
                    list(one, "values").forEach(value -> points.add(point((List<?>) value)));
                    series.add(List.of(labels(one.get("metric")), points));
                }
                yield unordered(series);
            }
        };
    }

    private static Object got(LogsResult answer, boolean categorize) {
        return switch (answer) {
            case LogsResult.Lines(List<LogsResult.Line> lines) -> {
                Map<Labels, List<List<Object>>> streams = new HashMap<>();
                for (LogsResult.Line line : lines) {
                    LogsResult.LineLabels labels = line.labels();
                    Labels parsed = labels.parsed().without("__error_details__");
                    streams.computeIfAbsent(
                                    categorize ? labels.stream() : labels.all().without("__error_details__"),
                                    _ -> new ArrayList<>())
                            .add(entry(
                                    line.timeNanos(),
                                    line.text(),
                                    categorize ? labels.metadata() : Labels.EMPTY,
                                    categorize ? parsed : Labels.EMPTY));
                }
                yield streams;
            }
            case LogsResult.Scalar(long at, double value) -> List.of(List.of(at / 1000.0, value));
            case LogsResult.Vector(List<LogsResult.Sample> samples) -> {
                List<Object> all = new ArrayList<>();
                samples.forEach(sample ->
                        all.add(List.of(sample.labels(), List.of(sample.timestampMillis() / 1000.0, sample.value()))));
                yield all;
            }
            case LogsResult.Matrix(List<LogsResult.Series> series) -> {
                List<Object> all = new ArrayList<>();
                for (LogsResult.Series one : series) {
                    List<Object> points = new ArrayList<>();
                    for (int i = 0; i < one.values().length; i++) {
                        points.add(List.of(one.timestampsMillis()[i] / 1000.0, one.values()[i]));
                    }
                    all.add(List.of(one.labels(), points));
                }
                yield all;
            }
        };
    }

    /// By labels, as our answers are.
    private static List<Object> unordered(List<Object> series) {
        Map<Labels, Object> byLabels = new TreeMap<>();
        series.forEach(one -> byLabels.put((Labels) ((List<?>) one).getFirst(), one));
        return List.copyOf(byLabels.values());
    }

    /// The numbers of each moment, without their labels: which of equal elements `topk` takes, Loki leaves to chance.
    private static Object values(Object series) {
        List<List<Object>> points = new ArrayList<>();
        for (Object one : (List<?>) series) {
            List<?> of = (List<?>) ((List<?>) one).get(1);
            (of.getFirst() instanceof List<?> ? of : List.of(of))
                    .forEach(point -> points.add(List.copyOf((List<?>) point)));
        }
        points.sort(Comparator.comparing((List<Object> point) -> (Double) point.getFirst())
                .thenComparing(point -> (Double) point.getLast()));
        return points;
    }

    private static boolean same(Object expected, Object got) {
        if (expected instanceof List<?> a && got instanceof List<?> b) {
            if (a.size() != b.size()) {
                return false;
            }
            for (int i = 0; i < a.size(); i++) {
                if (!same(a.get(i), b.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return expected instanceof Double a && got instanceof Double b ? close(a, b) : expected.equals(got);
    }

    private static boolean close(double a, double b) {
        return Double.compare(a, b) == 0 || a == b || Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
    }

    private static List<Object> entry(Object nanos, Object line, Labels metadata, Labels parsed) {
        return List.of(Long.parseLong(String.valueOf(nanos)), String.valueOf(line), metadata, parsed);
    }

    private static List<Object> point(List<?> value) {
        String number = String.valueOf(value.get(1));
        return List.of(
                Double.parseDouble(String.valueOf(value.get(0))),
                switch (number) {
                    case "+Inf" -> Double.POSITIVE_INFINITY;
                    case "-Inf" -> Double.NEGATIVE_INFINITY;
                    default -> Double.parseDouble(number);
                });
    }

    private static Labels part(@Nullable Object more, String name) {
        return more instanceof Map<?, ?> map && map.get(name) instanceof Object labels ? labels(labels) : Labels.EMPTY;
    }

    /// Labels, of which some may be empty.
    private static Labels labels(@Nullable Object object) {
        Map<String, String> sorted = new TreeMap<>();
        if (object instanceof Map<?, ?> map) {
            map.forEach((name, value) -> sorted.put(String.valueOf(name), String.valueOf(value)));
        }
        List<String> pairs = new ArrayList<>();
        sorted.forEach((name, value) -> {
            pairs.add(name);
            pairs.add(value);
        });
        return Labels.ofSorted(pairs.toArray(String[]::new));
    }

    private static long number(Map<String, @Nullable Object> object, String field) {
        return Long.parseLong(JsonLines.text(object, field));
    }

    private static List<?> list(Map<String, @Nullable Object> object, String field) {
        return object.get(field) instanceof List<?> list ? list : List.of();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, @Nullable Object>> objects(Map<String, @Nullable Object> object, String field) {
        return (List<Map<String, @Nullable Object>>) (List<?>) list(object, field);
    }
}

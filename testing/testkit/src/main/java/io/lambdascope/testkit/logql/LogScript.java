package io.lambdascope.testkit.logql;

import io.lambdascope.fault.Fault;
import io.lambdascope.labels.LabelText;
import io.lambdascope.labels.Labels;
import io.lambdascope.labels.Matcher;
import io.lambdascope.plan.logs.LineSearch;
import io.lambdascope.ql.QuotedText;
import io.lambdascope.ql.logql.CheckedLogQuery;
import io.lambdascope.ql.logql.LogParser;
import io.lambdascope.result.LogsResult;
import io.lambdascope.source.logs.Direction;
import io.lambdascope.testkit.logs.LogItem;
import io.lambdascope.testkit.logs.LogsPlacement;
import io.lambdascope.testkit.logs.PlacedLogs;
import io.lambdascope.time.GoDuration;
import io.lambdascope.time.NanoGrid;
import io.lambdascope.time.TimeRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Scenarios of LogQL as text. A `#` begins a comment line; what is indented belongs to the command before it.
///
/// ```
/// clear
/// load
///   {app="shop"} "checkout failed" @ 20s
///   {app="shop"} "checkout done"   @ 25s {trace_id="7"}
/// eval instant at 60s count_over_time({app="shop"} |= "failed" [1m])
///   {app="shop"} 1
/// eval range from 40s to 100s step 20s count_over_time({app="shop"} |= "failed" [1m])
///   {app="shop"} 1 1 _ _
/// eval lines from 0s to 60s backward limit 1 {app="shop"} | drop trace_id
///   {app="shop"} "checkout done" @ 25s
/// eval instant at 60s sum(count_over_time({app="shop"} | json [1m])) by (x)
///   fail pipeline error: 'JSONParserErr'
/// ```
///
/// Times are from [#ZERO_NANOS] on. Lines and the elements of a sort are expected in their order, series by labels.
final class LogScript {
    static final long ZERO_NANOS = 1_700_000_000_000_000_000L;

    private static final Pattern EVAL = Pattern.compile("eval (?:instant at (?<at>\\S+)"
            + "|range from (?<from>\\S+) to (?<to>\\S+) step (?<step>\\S+)"
            + "|lines from (?<since>\\S+) to (?<until>\\S+) (?<direction>backward|forward) limit (?<limit>\\d+)"
            + "(?: interval (?<interval>\\S+))?) (?<query>.+)");
    private static final Pattern ENTRY = Pattern.compile(
            "(?<stream>\\{.*?\\})\\s+(?<line>\"(?:[^\"\\\\]|\\\\.)*\"|`[^`]*`)\\s+@\\s+(?<at>\\S+)(?:\\s+(?<metadata>\\{.*\\}))?");
    private static final double TOLERANCE = 1e-9;

    private final LogsPlacement placement;
    private final List<LogItem> items = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private @Nullable PlacedLogs placed;

    private LogScript(LogsPlacement placement) {
        this.placement = placement;
    }

    /// Runs a script and gives what went otherwise than it says.
    ///
    /// @throws IllegalArgumentException if it does not read, or an eval expects nothing
    static List<String> run(String text, LogsPlacement placement) {
        LogScript script = new LogScript(placement);
        List<String> lines = text.lines()
                .filter(line -> !line.isBlank() && !line.strip().startsWith("#"))
                .toList();
        int at = 0;
        while (at < lines.size()) {
            int end = at + 1;
            while (end < lines.size() && lines.get(end).startsWith(" ")) {
                end++;
            }
            script.command(
                    lines.get(at),
                    lines.subList(at + 1, end).stream().map(String::strip).toList());
            at = end;
        }
        return script.failures;
    }

    private void command(String command, List<String> below) {
        switch (command.strip()) {
            case "clear" -> items.clear();
            case "load" -> below.forEach(line -> items.add(item(line)));
            default -> eval(command, below);
        }
        if (!command.startsWith("eval")) {
            placed = null;
        }
    }

    private static LogItem item(String text) {
        MatchResult entry = match(ENTRY, text);
        String metadata = entry.group("metadata");
        return new LogItem(
                labels(entry.group("stream")),
                ZERO_NANOS + nanos(entry.group("at")),
                unquoted(entry.group("line")),
                metadata == null ? Labels.EMPTY : labels(metadata));
    }

    private static String unquoted(String text) {
        try {
            return QuotedText.unquote(text);
        } catch (QuotedText.BadEscapeException e) {
            throw new IllegalArgumentException("does not read: " + text, e);
        }
    }

    private void eval(String command, List<String> expected) {
        MatchResult eval = match(EVAL, command.strip());
        if (expected.isEmpty()) {
            throw new IllegalArgumentException("nothing is expected of " + command + "; say \"nothing\" if so");
        }
        List<String> got;
        try {
            got = texts(answer(eval));
        } catch (Fault fault) {
            got = List.of("fail " + fault.text());
        }
        boolean fails = expected.getFirst().startsWith("fail ");
        boolean same = fails && !got.isEmpty()
                ? got.getFirst().startsWith(expected.getFirst())
                : same(expected.equals(List.of("nothing")) ? List.of() : expected, got);
        if (!same) {
            failures.add("%s%nexpected %s%ngot      %s".formatted(command, expected, got));
        }
    }

    private LogsResult answer(MatchResult eval) {
        PlacedLogs data = placed == null ? placement.place(items) : placed;
        placed = data;
        CheckedLogQuery query = CheckedLogQuery.of(eval.group("query"));
        if (eval.group("at") != null) {
            return data.evaluate(query, NanoGrid.instant(ZERO_NANOS + nanos(eval.group("at"))));
        }
        if (eval.group("from") != null) {
            return data.evaluate(
                    query,
                    new NanoGrid(
                            ZERO_NANOS + nanos(eval.group("from")),
                            ZERO_NANOS + nanos(eval.group("to")),
                            nanos(eval.group("step"))));
        }
        String interval = eval.group("interval");
        return data.search(
                query,
                new LineSearch(
                        new TimeRange(ZERO_NANOS + nanos(eval.group("since")), ZERO_NANOS + nanos(eval.group("until"))),
                        eval.group("direction").equals("forward") ? Direction.FORWARD : Direction.BACKWARD,
                        Integer.parseInt(eval.group("limit")),
                        interval == null ? 0 : nanos(interval)));
    }

    private static List<String> texts(LogsResult answer) {
        return switch (answer) {
            case LogsResult.Scalar(long _, double value) -> List.of("" + value);
            case LogsResult.Vector(List<LogsResult.Sample> samples) ->
                samples.stream()
                        .map(sample -> sample.labels() + " " + sample.value())
                        .toList();
            case LogsResult.Matrix(List<LogsResult.Series> series) -> matrix(series);
            case LogsResult.Lines(List<LogsResult.Line> lines) ->
                lines.stream()
                        .map(line -> "%s %s @ %s"
                                .formatted(
                                        line.labels().all().without("__error_details__"),
                                        LabelText.quote(line.text()),
                                        GoDuration.print(line.timeNanos() - ZERO_NANOS)))
                        .toList();
        };
    }

    /// All moments that some series has, with `_` where one has none.
    private static List<String> matrix(List<LogsResult.Series> series) {
        long[] moments = series.stream()
                .flatMapToLong(one -> Arrays.stream(one.timestampsMillis()))
                .distinct()
                .sorted()
                .toArray();
        List<String> texts = new ArrayList<>();
        for (LogsResult.Series one : series) {
            StringJoiner text = new StringJoiner(" ", one.labels() + " ", "");
            int at = 0;
            for (long moment : moments) {
                boolean has = at < one.values().length && one.timestampsMillis()[at] == moment;
                text.add(has ? "" + one.values()[at++] : "_");
            }
            texts.add(text.toString());
        }
        return texts;
    }

    private static boolean same(List<String> expected, List<String> got) {
        if (expected.size() != got.size()) {
            return false;
        }
        for (int i = 0; i < got.size(); i++) {
            String[] a = expected.get(i).split("\\s+");
            String[] b = got.get(i).split("\\s+");
            if (a.length != b.length) {
                return false;
            }
            for (int j = 0; j < a.length; j++) {
                if (!a[j].equals(b[j]) && !(isNumber(a[j]) && isNumber(b[j]) && close(a[j], b[j]))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isNumber(String text) {
        return text.matches("NaN|-?Infinity|-?[0-9.]+(E-?[0-9]+)?");
    }

    private static boolean close(String expected, String got) {
        double a = Double.parseDouble(expected);
        double b = Double.parseDouble(got);
        return Double.compare(a, b) == 0 || Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
    }

    private static Labels labels(String text) {
        if (text.equals("{}")) {
            return Labels.EMPTY;
        }
        Labels.Builder labels = new Labels.Builder();
        for (Matcher matcher : LogParser.parseSelector(text)) {
            labels.set(matcher.name(), matcher.value());
        }
        return labels.build();
    }

    private static long nanos(String text) {
        return GoDuration.parseNanos(text)
                .orElseThrow(() -> new IllegalArgumentException("no time, as in 1m30s: " + text));
    }

    private static MatchResult match(Pattern pattern, String text) {
        java.util.regex.Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("does not read: " + text);
        }
        return matcher.toMatchResult();
    }
}

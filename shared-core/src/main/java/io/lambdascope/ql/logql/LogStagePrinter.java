package io.lambdascope.ql.logql;

import static java.util.stream.Collectors.joining;

import io.lambdascope.labels.LabelText;
import io.lambdascope.ql.logql.LogExpr.Assignment;
import io.lambdascope.ql.logql.LogExpr.Conversion;
import io.lambdascope.ql.logql.LogExpr.Extraction;
import io.lambdascope.ql.logql.LogExpr.LabelCondition;
import io.lambdascope.ql.logql.LogExpr.LabelPick;
import io.lambdascope.ql.logql.LogExpr.LineMatch;
import io.lambdascope.ql.logql.LogExpr.Stage;
import io.lambdascope.ql.logql.LogExpr.Unwrap;
import io.lambdascope.time.GoDuration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Writes what is done with a line.
final class LogStagePrinter {
    private LogStagePrinter() {}

    static String print(Stage stage) {
        return switch (stage) {
            case Stage.LineFilter filter ->
                filter.alternatives().stream()
                        .map(LogStagePrinter::print)
                        .collect(joining(" or ", filter.op().text() + " ", ""));
            case Stage.Json json -> "| json" + extractions(json.extractions());
            case Stage.Logfmt logfmt ->
                "| logfmt"
                        + (logfmt.strict() ? " --strict" : "")
                        + (logfmt.keepEmpty() ? " --keep-empty" : "")
                        + extractions(logfmt.extractions());
            case Stage.Regexp regexp -> "| regexp " + LabelText.quote(regexp.regex());
            case Stage.Pattern pattern -> "| pattern " + LabelText.quote(pattern.pattern());
            case Stage.Unpack _ -> "| unpack";
            case Stage.LabelFilter filter -> "| " + print(filter.condition());
            case Stage.LineFormat format -> "| line_format " + LabelText.quote(format.template());
            case Stage.LabelFormat format ->
                format.assignments().stream().map(LogStagePrinter::print).collect(joining(",", "| label_format ", ""));
            case Stage.Decolorize _ -> "| decolorize";
            case Stage.Drop drop -> "| drop " + picks(drop.labels());
            case Stage.Keep keep -> "| keep " + picks(keep.labels());
        };
    }

    /// The unwrapping, then each condition behind it.
    static List<String> print(Unwrap unwrap) {
        List<String> parts = new ArrayList<>();
        parts.add("| unwrap "
                + (unwrap.conversion() == Conversion.NONE
                        ? unwrap.label()
                        : "%s(%s)".formatted(unwrap.conversion().name().toLowerCase(Locale.ROOT), unwrap.label())));
        unwrap.filters().forEach(filter -> parts.add("| " + print(filter)));
        return parts;
    }

    private static String print(LineMatch match) {
        return switch (match) {
            case LineMatch.Text(String text) -> LabelText.quote(text);
            case LineMatch.Ip(String range) -> ip(range);
        };
    }

    private static String print(LabelCondition condition) {
        return switch (condition) {
            case LabelCondition.Text text -> text.matcher().toString();
            case LabelCondition.Number number ->
                number.label() + number.comparison().text() + LogPrinter.number(number.value());
            case LabelCondition.Duration duration ->
                duration.label() + duration.comparison().text() + GoDuration.print(duration.nanos());
            case LabelCondition.Bytes bytes ->
                bytes.label() + bytes.comparison().text() + bytes.bytes() + "B";
            case LabelCondition.Ip ip -> ip.label() + (ip.negative() ? "!=" : "=") + ip(ip.range());
            case LabelCondition.And and -> "( %s , %s )".formatted(print(and.left()), print(and.right()));
            case LabelCondition.Or or -> "( %s or %s )".formatted(print(or.left()), print(or.right()));
        };
    }

    private static String print(Assignment assignment) {
        return switch (assignment) {
            case Assignment.Rename(String target, String source) -> target + "=" + source;
            case Assignment.Template(String target, String template) -> target + "=" + LabelText.quote(template);
        };
    }

    private static String ip(String range) {
        return "ip(" + LabelText.quote(range) + ")";
    }

    private static String extractions(List<Extraction> extractions) {
        return extractions.isEmpty()
                ? ""
                : extractions.stream()
                        .map(extraction -> extraction.label() + "=" + LabelText.quote(extraction.expression()))
                        .collect(joining(",", " ", ""));
    }

    private static String picks(List<LabelPick> picks) {
        return picks.stream()
                .map(pick ->
                        pick.matcher() == null ? pick.name() : pick.matcher().toString())
                .collect(joining(","));
    }
}

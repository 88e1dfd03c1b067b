package io.lambdascope.testkit.promql;

import io.lambdascope.testkit.promql.SeriesNotation.SeriesLine;
import io.lambdascope.time.StepGrid;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the lines below an eval.
final class ExpectationParser {
    private static final Pattern KIND =
            Pattern.compile("expect[ \t]+(fail|warn|no_warn|info|no_info|ordered)(?:[ \t]+(msg|regex):(.*))?");
    private static final Pattern STRING = Pattern.compile("expect[ \t]+string[ \t]+(.+)");
    private static final Pattern RANGE_VECTOR = Pattern.compile(
            "expect[ \t]+range[ \t]+vector[ \t]+from[ \t]+(\\S+)[ \t]+to[ \t]+(\\S+)[ \t]+step[ \t]+(\\S+)");
    private static final Pattern OLD_FAIL = Pattern.compile("expected_fail_(message|regexp)[ \t]+(.+)");

    private final boolean instant;
    private final StepGrid grid;

    private @Nullable TextMatch fail;
    private final List<TextMatch> warnings = new ArrayList<>();
    private boolean noWarning;
    private final List<TextMatch> infos = new ArrayList<>();
    private boolean noInfo;
    private boolean ordered;
    private @Nullable String string;
    private @Nullable Double scalar;
    private @Nullable StepGrid matrixGrid;
    private final List<SeriesLine> series = new ArrayList<>();

    private ExpectationParser(boolean instant, StepGrid grid) {
        this.instant = instant;
        this.grid = grid;
    }

    /// @param suffix what stood behind `eval_`, or null
    static Expectation parse(@Nullable String suffix, boolean instant, StepGrid grid, List<String> lines) {
        ExpectationParser parser = new ExpectationParser(instant, grid);
        if (suffix != null) {
            parser.kind(suffix.toLowerCase(Locale.ROOT), TextMatch.ANY);
        }
        lines.forEach(parser::line);
        return parser.finish();
    }

    private Expectation finish() {
        if (noWarning && !warnings.isEmpty() || noInfo && !infos.isEmpty()) {
            throw new ScriptException("an annotation is both demanded and forbidden");
        }
        if (ordered && !instant) {
            throw new ScriptException("only instant vectors have an order");
        }
        return new Expectation(fail, warnings, noWarning, infos, noInfo, ordered, string, scalar, matrixGrid, series);
    }

    private void line(String line) {
        if (line.startsWith("expect ") || line.startsWith("expect\t")) {
            expect(line);
            return;
        }
        Matcher oldFail = OLD_FAIL.matcher(line);
        if (oldFail.matches() && fail != null) {
            fail = oldFail.group(1).equals("message")
                    ? TextMatch.exactly(oldFail.group(2))
                    : TextMatch.regex(oldFail.group(2));
            return;
        }
        OptionalDouble number = ScriptNumber.parseLine(line);
        if (number.isPresent()) {
            scalar = number.getAsDouble();
            return;
        }
        SeriesLine expected = SeriesNotation.parse(line);
        StepGrid over = matrixGrid == null ? grid : matrixGrid;
        int count = expected.values().size();
        if (instant && matrixGrid == null && count != 1) {
            throw new ScriptException("an instant eval expects one value, not %d: %s".formatted(count, line));
        }
        if (count > over.steps()) {
            throw new ScriptException("%d values are more than the %d steps: %s".formatted(count, over.steps(), line));
        }
        if (series.stream().anyMatch(other -> other.labels().equals(expected.labels()))) {
            throw new ScriptException("series stands twice: " + line);
        }
        series.add(expected);
    }

    private void expect(String line) {
        Matcher kind = KIND.matcher(line);
        Matcher text = STRING.matcher(line);
        Matcher vector = RANGE_VECTOR.matcher(line);
        if (kind.matches()) {
            String demanded = kind.group(3) == null ? "" : kind.group(3).trim();
            kind(
                    kind.group(1),
                    kind.group(2) == null
                            ? TextMatch.ANY
                            : kind.group(2).equals("msg") ? TextMatch.exactly(demanded) : TextMatch.regex(demanded));
        } else if (text.matches() && instant) {
            string = GoString.unquote(text.group(1));
        } else if (vector.matches() && instant) {
            matrixGrid = new StepGrid(
                    ScriptDuration.parse(vector.group(1)),
                    ScriptDuration.parse(vector.group(2)),
                    ScriptDuration.parse(vector.group(3)));
        } else {
            throw new ScriptException("unknown expectation: " + line);
        }
    }

    private void kind(String kind, TextMatch demanded) {
        switch (kind) {
            case "fail" -> {
                if (fail != null) {
                    throw new ScriptException("a failure is expected twice");
                }
                fail = demanded;
            }
            case "warn" -> warnings.add(demanded);
            case "no_warn" -> noWarning = true;
            case "info" -> infos.add(demanded);
            case "no_info" -> noInfo = true;
            case "ordered" -> ordered = true;
            default -> throw new ScriptException("unknown expectation: " + kind);
        }
    }
}

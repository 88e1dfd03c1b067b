package io.lambdascope.testkit.promql;

import io.lambdascope.testkit.promql.PromScript.Command;
import io.lambdascope.testkit.promql.PromScript.LoadedSeries;
import io.lambdascope.time.StepGrid;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads Prometheus' test scripts (prometheus `promql/promqltest/README.md`): `load`, `clear` and `eval` blocks, which
/// an empty line or a comment line ends. A command that cannot be read becomes [PromScript.Broken], so that the
/// others still run.
public final class ScriptParser {
    private static final Pattern LOAD = Pattern.compile("load(_with_nhcb)?[ \t]+(\\S+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern INSTANT = Pattern.compile(
            "eval(?:_(fail|warn|info|ordered))?[ \t]+instant[ \t]+at[ \t]+(\\S+)[ \t]+(.+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern RANGE = Pattern.compile(
            "eval(?:_(fail|warn|info))?[ \t]+range[ \t]+from[ \t]+(\\S+)[ \t]+to[ \t]+(\\S+)[ \t]+step[ \t]+(\\S+)[ \t]+(.+)",
            Pattern.CASE_INSENSITIVE);
    private static final String START_SUFFIX = "@st";

    private final List<String> lines;
    private final List<Command> commands = new ArrayList<>();
    private int at;

    private ScriptParser(String text) {
        lines = text.lines().map(ScriptParser::clean).toList();
    }

    /// @param name what messages call the script
    public static PromScript parse(String name, String text) {
        ScriptParser parser = new ScriptParser(text);
        while (parser.at < parser.lines.size()) {
            if (parser.lines.get(parser.at).isEmpty()) {
                parser.at++;
            } else {
                parser.command();
            }
        }
        return new PromScript(name, parser.commands);
    }

    private static String clean(String line) {
        int from = 0;
        int to = line.length();
        while (from < to && isBlank(line.charAt(from))) {
            from++;
        }
        while (from < to && isBlank(line.charAt(to - 1))) {
            to--;
        }
        return from < to && line.charAt(from) == '#' ? "" : line.substring(from, to);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r';
    }

    /// The lines of the block from the current one to the next empty one, which become read.
    private List<String> restOfBlock() {
        int from = at;
        while (at < lines.size() && !lines.get(at).isEmpty()) {
            at++;
        }
        return lines.subList(from, at);
    }

    private void command() {
        int line = at + 1;
        String head = lines.get(at++);
        String word = head.split("[ \t]", 2)[0].toLowerCase(Locale.ROOT);
        boolean eval = word.startsWith("eval");
        try {
            if (word.equals("clear")) {
                commands.add(new PromScript.Clear(line));
            } else if (word.startsWith("load")) {
                commands.add(load(line, head));
            } else if (eval) {
                commands.add(eval(line, head));
            } else {
                throw new ScriptException("unknown command \"%s\": there are clear, load and eval".formatted(word));
            }
        } catch (ScriptException e) {
            restOfBlock();
            commands.add(new PromScript.Broken(line, e.text(), eval));
        }
    }

    private PromScript.Load load(int line, String head) {
        Matcher load = LOAD.matcher(head);
        if (!load.matches()) {
            throw new ScriptException("a load reads \"load 5m\" or \"load_with_nhcb 5m\", not: " + head);
        }
        List<LoadedSeries> series = new ArrayList<>();
        @Nullable String startsOf = null;
        List<OptionalLong> starts = List.of();
        for (String text : restOfBlock()) {
            String[] words = text.split("[ \t]+", 2);
            if (words[0].endsWith(START_SUFFIX)) {
                startsOf = words[0].substring(0, words[0].length() - START_SUFFIX.length());
                starts = StartNotation.parse(words.length > 1 ? words[1] : "");
                continue;
            }
            SeriesNotation.SeriesLine values = SeriesNotation.parse(text);
            if (startsOf != null
                    && (!SeriesNotation.parseSeries(startsOf).equals(values.labels())
                            || starts.size() != values.values().size())) {
                throw new ScriptException(
                        "%s@st gives %d start timestamps, the next line is not that series with as many values: %s"
                                .formatted(startsOf, starts.size(), text));
            }
            series.add(new LoadedSeries(values, startsOf == null ? List.of() : starts));
            startsOf = null;
        }
        if (startsOf != null) {
            throw new ScriptException("the line with the samples of %s@st is missing".formatted(startsOf));
        }
        return new PromScript.Load(line, positive(load.group(2)), load.group(1) != null, List.copyOf(series));
    }

    private static long positive(String duration) {
        long millis = ScriptDuration.parse(duration);
        if (millis == 0) {
            throw new ScriptException("the step should be longer than 0");
        }
        return millis;
    }

    private PromScript.Eval eval(int line, String head) {
        Matcher instant = INSTANT.matcher(head);
        if (instant.matches()) {
            StepGrid grid = StepGrid.instant(ScriptDuration.parse(instant.group(2)));
            Expectation expected = ExpectationParser.parse(instant.group(1), true, grid, restOfExpectation());
            return new PromScript.Eval(line, instant.group(3), true, grid, expected);
        }
        Matcher range = RANGE.matcher(head);
        if (!range.matches()) {
            throw new ScriptException("an eval reads \"eval instant at 5m <query>\" or"
                    + " \"eval range from 0 to 5m step 1m <query>\", not: " + head);
        }
        long start = ScriptDuration.parse(range.group(2));
        long end = ScriptDuration.parse(range.group(3));
        if (end < start) {
            throw new ScriptException("the range ends before it starts: " + head);
        }
        StepGrid grid = new StepGrid(start, end, positive(range.group(4)));
        Expectation expected = ExpectationParser.parse(range.group(1), false, grid, restOfExpectation());
        return new PromScript.Eval(line, range.group(5), false, grid, expected);
    }

    /// As [#restOfBlock], but a line that is just a number ends it, as does what `expected_fail_message` says.
    private List<String> restOfExpectation() {
        int from = at;
        while (at < lines.size() && !lines.get(at).isEmpty()) {
            String text = lines.get(at++);
            if (ScriptNumber.parseLine(text).isPresent() || text.startsWith("expected_fail_")) {
                break;
            }
        }
        return lines.subList(from, at);
    }
}

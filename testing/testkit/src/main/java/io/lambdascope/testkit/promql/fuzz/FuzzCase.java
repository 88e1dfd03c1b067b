package io.lambdascope.testkit.promql.fuzz;

import io.lambdascope.exec.metrics.EngineSettings;
import io.lambdascope.limits.QueryBudget;
import io.lambdascope.time.StepGrid;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A query over a random data set: all that it takes to ask it again. As a line:
///
///     seed start+span/step flags query
///
/// in milliseconds, an instant query with span and step 0; flags are `-` or some of `names` (delayed removal of names),
/// `starts` (start timestamps count), `lookback=millis`, with commas between them.
///
/// @param seed of the data
/// @param text the query, on one line
public record FuzzCase(long seed, StepGrid grid, EngineSettings settings, String text) {
    /// Few enough that a query which wants too much ends soon.
    private static final QueryBudget.Limits LIMITS =
            new QueryBudget.Limits(2_000_000, 100_000, Long.MAX_VALUE, Long.MIN_VALUE);

    static final EngineSettings DEFAULTS = new EngineSettings(
            EngineSettings.DEFAULTS.lookbackMillis(),
            EngineSettings.DEFAULTS.subqueryStepMillis(),
            false,
            false,
            LIMITS);

    private static final Pattern LINE = Pattern.compile("(-?\\d+) (-?\\d+)\\+(\\d+)/(\\d+) (\\S+) (.*)");

    /// @throws IllegalArgumentException if `line` is no case
    public static FuzzCase parse(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no case, as in \"42 1795341780000+0/0 - up\": " + line);
        }
        long start = Long.parseLong(matcher.group(2));
        StepGrid grid = new StepGrid(start, start + Long.parseLong(matcher.group(3)), Long.parseLong(matcher.group(4)));
        EngineSettings settings = DEFAULTS;
        for (String flag : matcher.group(5).split(",")) {
            if (flag.equals("names")) {
                settings = settings.withDelayedNameRemoval(true);
            } else if (flag.equals("starts")) {
                settings = settings.withStartTimestamps(true);
            } else if (flag.startsWith("lookback=")) {
                settings = settings.withLookback(Long.parseLong(flag.substring("lookback=".length())));
            } else if (!flag.equals("-")) {
                throw new IllegalArgumentException("no flag: " + flag);
            }
        }
        return new FuzzCase(Long.parseLong(matcher.group(1)), grid, settings, matcher.group(6));
    }

    public String line() {
        List<String> flags = new ArrayList<>();
        if (settings.delayedNameRemoval()) {
            flags.add("names");
        }
        if (settings.useStartTimestamps()) {
            flags.add("starts");
        }
        if (settings.lookbackMillis() != DEFAULTS.lookbackMillis()) {
            flags.add("lookback=" + settings.lookbackMillis());
        }
        return "%d %d+%d/%d %s %s"
                .formatted(
                        seed,
                        grid.startMillis(),
                        grid.endMillis() - grid.startMillis(),
                        grid.stepMillis(),
                        flags.isEmpty() ? "-" : String.join(",", flags),
                        text);
    }

    FuzzCase withText(String newText) {
        return new FuzzCase(seed, grid, settings, newText);
    }

    FuzzCase withGrid(StepGrid newGrid) {
        return new FuzzCase(seed, newGrid, settings, text);
    }

    FuzzCase withSettings(EngineSettings newSettings) {
        return new FuzzCase(seed, grid, newSettings, text);
    }
}

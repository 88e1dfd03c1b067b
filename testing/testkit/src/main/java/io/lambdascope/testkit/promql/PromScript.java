package io.lambdascope.testkit.promql;

import io.lambdascope.time.StepGrid;
import java.util.List;
import java.util.OptionalLong;

/// A conformance script: commands in order.
///
/// @param name what messages call it, usually the file's name
public record PromScript(String name, List<Command> commands) {
    public PromScript {
        commands = List.copyOf(commands);
    }

    /// How many cases it holds: each eval is one.
    public int evals() {
        return (int) commands.stream().filter(Command::isEval).count();
    }

    public sealed interface Command {
        /// Where it stands, from 1.
        int line();

        default boolean isEval() {
            return this instanceof Eval || this instanceof Broken broken && broken.eval;
        }
    }

    /// Drops all data.
    public record Clear(int line) implements Command {}

    /// Adds data.
    ///
    /// @param classicToNative whether histograms with custom buckets are made of classic ones too
    public record Load(int line, long stepMillis, boolean classicToNative, List<LoadedSeries> series)
            implements Command {}

    /// A series to load: value `i` lies at step `i` from the epoch.
    ///
    /// @param startOffsets start timestamp of each value relative to its own, empty if the script says nothing
    public record LoadedSeries(SeriesNotation.SeriesLine values, List<OptionalLong> startOffsets) {}

    /// Asks.
    ///
    /// @param text the query
    /// @param instant whether it is an instant query, whose grid is one moment
    public record Eval(int line, String text, boolean instant, StepGrid grid, Expectation expected)
            implements Command {}

    /// A command that breaks the rules of the format.
    ///
    /// @param eval whether it counts as a case
    public record Broken(int line, String message, boolean eval) implements Command {}
}

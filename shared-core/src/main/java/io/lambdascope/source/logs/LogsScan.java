package io.lambdascope.source.logs;

import io.lambdascope.labels.Labels;
import io.lambdascope.labels.Matcher;
import io.lambdascope.source.Shard;
import io.lambdascope.time.TimeRange;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What to read from a source of logs. `matchers`, `range` and `shard` are exact; everything in `hints` may be
/// ignored.
///
/// @param matchers on stream labels; all must pass
/// @param range only entries inside
/// @param shard only streams of this shard, by [Labels#stableHash]
/// @param hints what rules entries out
/// @param columns what of an entry is wanted
/// @param order in which entries are wanted
public record LogsScan(
        List<Matcher> matchers, TimeRange range, Shard shard, Hints hints, Columns columns, Order order) {
    public LogsScan {
        matchers = List.copyOf(matchers);
    }

    /// What an entry must have to be of use: a source may return entries that fail hints, but never withholds one
    /// that passes all of them.
    ///
    /// @param literals the line must contain, byte by byte, at least one text of each of these sets
    /// @param metadata the structured metadata must pass all of these
    public record Hints(List<Set<String>> literals, List<Matcher> metadata) {
        public static final Hints NONE = new Hints(List.of(), List.of());

        public Hints {
            literals = List.copyOf(literals);
            metadata = List.copyOf(metadata);
        }
    }

    /// Which parts of entries are wanted besides their times. De-duplication over several sources needs all of them.
    ///
    /// @param lines whether lines are
    /// @param metadata the keys of structured metadata that are, null for all
    public record Columns(boolean lines, @Nullable Set<String> metadata) {
        public static final Columns ALL = new Columns(true, null);

        /// Times alone.
        public static final Columns TIMES = new Columns(false, Set.of());

        public boolean wants(String key) {
            return metadata == null || metadata.contains(key);
        }
    }

    /// In which order runs of entries come. Inside a run entries always ascend.
    public enum Order {
        /// By stream labels, then time: each stream's runs one behind the other, ascending.
        BY_STREAM,
        /// In no order that can be relied on, but with the latest first where the source can choose: for a search
        /// that stops when it has enough.
        LATEST_FIRST,
        /// The same with the earliest first.
        EARLIEST_FIRST
    }

    public static LogsScan of(List<Matcher> matchers, TimeRange range) {
        return new LogsScan(matchers, range, Shard.ALL, Hints.NONE, Columns.ALL, Order.BY_STREAM);
    }

    public static LogsScan everything() {
        return of(List.of(), TimeRange.ALWAYS);
    }

    /// The same inside another range.
    public LogsScan within(TimeRange other) {
        return new LogsScan(matchers, other, shard, hints, columns, order);
    }

    /// The same with other parts of entries.
    public LogsScan withColumns(Columns others) {
        return new LogsScan(matchers, range, shard, hints, others, order);
    }

    /// The same with other matchers.
    public LogsScan withMatchers(List<Matcher> others) {
        return new LogsScan(others, range, shard, hints, columns, order);
    }

    public boolean accepts(Labels stream) {
        for (Matcher matcher : matchers) {
            if (!matcher.matches(stream)) {
                return false;
            }
        }
        return shard.isAll() || shard.holds(stream.stableHash());
    }
}

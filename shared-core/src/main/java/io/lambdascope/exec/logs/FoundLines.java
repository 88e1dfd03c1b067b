package io.lambdascope.exec.logs;

import io.lambdascope.labels.Labels;
import io.lambdascope.limits.QueryBudget;
import io.lambdascope.result.LogsPartial;
import io.lambdascope.source.logs.Direction;
import io.lambdascope.source.logs.Horizon;
import io.lambdascope.source.logs.LogIdentity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// The first so many lines of a search, out of lines that come in any order, some perhaps twice. Knows at each moment
/// beyond which time no line is of use any more.
final class FoundLines {
    /*
     * Lines are kept by moment. A moment is dropped as a whole, when there are enough lines without it: its lines
     * come in an order that is only known when all of them are there, and a line that comes once more must not take
     * the place of another one.
     */

    /// Where an entry stands in what is stored: the order of the entries of one stream and one moment.
    record Position(long arrivedNanos, int level, String unit, long runNanos, int run, int entry)
            implements Comparable<Position> {
        private static final Comparator<Position> ORDER = Comparator.comparingLong(Position::arrivedNanos)
                .thenComparing(Comparator.comparingInt(Position::level).reversed())
                .thenComparing(Position::unit)
                .thenComparingLong(Position::runNanos)
                .thenComparingInt(Position::run)
                .thenComparingInt(Position::entry);

        @Override
        public int compareTo(Position other) {
            return ORDER.compare(this, other);
        }
    }

    /// What makes an entry the same as another of its moment.
    record Identity(Labels stream, LogIdentity content) {}

    private record Kept(LogsPartial.Found found, Position position) {
        private static final Comparator<Kept> ORDER =
                Comparator.comparing((Kept kept) -> kept.found.source()).thenComparing(Kept::position);

        long weight() {
            return 1 + found.line().text().length() / BYTES_PER_SAMPLE;
        }
    }

    private static final int BYTES_PER_SAMPLE = 16;

    private final Direction direction;
    private final int limit;
    private final QueryBudget budget;
    private final Horizon horizon = new Horizon();
    private final NavigableMap<Long, Map<Object, Kept>> byMoment;
    private int size;

    FoundLines(Direction direction, int limit, QueryBudget budget) {
        this.direction = direction;
        this.limit = limit;
        this.budget = budget;
        // what is dropped comes last
        this.byMoment = new TreeMap<>(
                direction == Direction.BACKWARD ? Comparator.<Long>reverseOrder() : Comparator.<Long>naturalOrder());
    }

    /// What is beyond is of no use.
    Horizon horizon() {
        return horizon;
    }

    /// Adds a line.
    ///
    /// @param key equal for lines that are the same
    void add(LogsPartial.Found line, Object key, Position position) {
        Map<Object, Kept> moment = byMoment.computeIfAbsent(line.line().timeNanos(), _ -> new HashMap<>());
        Kept kept = new Kept(line, position);
        Kept before = moment.putIfAbsent(key, kept);
        if (before != null) {
            if (position.compareTo(before.position) < 0) {
                moment.put(key, kept);
            }
            return;
        }
        budget.hold(kept.weight());
        size++;
        while (size - byMoment.lastEntry().getValue().size() >= limit) {
            Map<Object, Kept> dropped = byMoment.pollLastEntry().getValue();
            size -= dropped.size();
            dropped.values().forEach(one -> budget.release(one.weight()));
        }
        if (size >= limit) {
            narrow(byMoment.lastKey());
        }
    }

    private void narrow(long moment) {
        if (direction == Direction.BACKWARD) {
            horizon.raiseTo(moment);
        } else if (moment < Long.MAX_VALUE) {
            horizon.lowerTo(moment + 1);
        }
    }

    /// The lines, in the direction of the search, no more than the limit.
    List<LogsPartial.Found> inOrder() {
        Comparator<Kept> order = direction == Direction.BACKWARD ? Collections.reverseOrder(Kept.ORDER) : Kept.ORDER;
        List<LogsPartial.Found> lines = new ArrayList<>(size);
        for (Map<Object, Kept> moment : byMoment.values()) {
            moment.values().stream().sorted(order).forEach(kept -> lines.add(kept.found));
        }
        return lines.size() > limit ? lines.subList(0, limit) : lines;
    }
}

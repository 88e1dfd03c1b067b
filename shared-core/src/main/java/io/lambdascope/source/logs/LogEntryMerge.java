package io.lambdascope.source.logs;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.logs.LogEntries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Collects entries of one stream from several runs, moment by moment; of entries that are the same, the first stays.
final class LogEntryMerge {
    static final LogEntries NOTHING = new LogEntries(0, new long[0], new byte[0], new int[1], List.of());

    private static final int FEW = 8;

    private int size;
    private long[] times = new long[64];
    private byte[] lines = new byte[4096];
    private int[] lineStarts = new int[65];
    private final Map<String, Column> columns = new TreeMap<>();

    private long moment;
    private int momentStart;
    private @Nullable Set<LogIdentity> seen;

    private static final class Column implements LogEntries.Texts {
        private final Map<String, Integer> numberOf = new HashMap<>();
        private final List<String> texts = new ArrayList<>();
        private int[] numbers = new int[0];

        void set(int entry, String value) {
            if (entry >= numbers.length) {
                int before = numbers.length;
                numbers = Arrays.copyOf(numbers, Math.max(64, 2 * entry));
                Arrays.fill(numbers, before, numbers.length, -1);
            }
            Integer known = numberOf.putIfAbsent(value, texts.size());
            if (known == null) {
                texts.add(value);
            }
            numbers[entry] = known == null ? texts.size() - 1 : known;
        }

        int[] numbersOf(int size) {
            int[] all = Arrays.copyOf(numbers, size);
            if (numbers.length < size) {
                Arrays.fill(all, numbers.length, size, -1);
            }
            return all;
        }

        @Override
        public String get(int number) {
            return texts.get(number);
        }

        @Override
        public int size() {
            return texts.size();
        }
    }

    int size() {
        return size;
    }

    /// Bytes of all lines.
    int bytes() {
        return lineStarts[size];
    }

    /// The entries that follow are of this moment, later than those before.
    void startMoment(long timeNanos) {
        moment = timeNanos;
        momentStart = size;
        seen = null;
    }

    /// Adds an entry of the moment, unless it is there already.
    void add(LogEntries run, int entry) {
        Labels metadata = run.metadataOf(entry);
        if (size > momentStart && isThere(run, entry, metadata)) {
            return;
        }
        int length = run.lineLength(entry);
        int start = lineStarts[size];
        if (start + length > lines.length) {
            lines = Arrays.copyOf(lines, Math.max(start + length, 2 * lines.length));
        }
        System.arraycopy(run.lines(), run.lineStarts()[entry], lines, start, length);
        if (size == times.length) {
            times = Arrays.copyOf(times, 2 * size);
            lineStarts = Arrays.copyOf(lineStarts, 2 * size + 1);
        }
        metadata.forEach((name, value) ->
                columns.computeIfAbsent(name, _ -> new Column()).set(size, value));
        times[size++] = moment;
        lineStarts[size] = start + length;
        if (seen != null) {
            seen.add(identity(run, entry, metadata));
        }
    }

    private boolean isThere(LogEntries run, int entry, Labels metadata) {
        if (size - momentStart <= FEW) {
            for (int i = momentStart; i < size; i++) {
                if (sameLine(i, run, entry) && metadataOf(i).equals(metadata)) {
                    return true;
                }
            }
            return false;
        }
        Set<LogIdentity> all = seen;
        if (all == null) {
            all = new HashSet<>();
            for (int i = momentStart; i < size; i++) {
                all.add(LogIdentity.of(lines, lineStarts[i], lineStarts[i + 1], metadataOf(i)));
            }
            seen = all;
        }
        return all.contains(identity(run, entry, metadata));
    }

    private static LogIdentity identity(LogEntries run, int entry, Labels metadata) {
        return LogIdentity.of(run.lines(), run.lineStarts()[entry], run.lineStarts()[entry + 1], metadata);
    }

    private boolean sameLine(int mine, LogEntries run, int entry) {
        return Arrays.equals(
                lines,
                lineStarts[mine],
                lineStarts[mine + 1],
                run.lines(),
                run.lineStarts()[entry],
                run.lineStarts()[entry + 1]);
    }

    private Labels metadataOf(int entry) {
        // a value may be empty, and is then another thing than none
        List<String> pairs = new ArrayList<>();
        columns.forEach((name, column) -> {
            if (entry < column.numbers.length && column.numbers[entry] >= 0) {
                pairs.add(name);
                pairs.add(column.get(column.numbers[entry]));
            }
        });
        return Labels.ofSorted(pairs.toArray(String[]::new));
    }

    /// All that was collected; this is of no use any more.
    LogEntries finish() {
        List<LogEntries.MetadataColumn> metadata = new ArrayList<>();
        columns.forEach(
                (name, column) -> metadata.add(new LogEntries.MetadataColumn(name, column.numbersOf(size), column)));
        return new LogEntries(size, times, lines, lineStarts, metadata);
    }
}

package io.lambdascope.source.logs;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.logs.LogEntries;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// Several cursors as one: a stream that stands in more than one comes once, its entries by time; those of one moment
/// in the order of the cursors, and each once. See `docs/adr/0060-order-of-log-entries.md`.
public final class MergingCursor implements LogsCursor {
    /*
     * All inputs stand at runs of streams, ordered by labels; `at` holds those that stand at the current stream. If
     * the run that begins first ends before any other begins, it is passed on as it is: that is how adjacent units,
     * and streams of a single unit, cost nothing. Else entries are copied moment by moment: all entries of one
     * moment, from all inputs, are taken together, since only those can be the same. An input whose run ends goes on
     * to its next run of the same stream before the moment is done.
     */
    private static final int ENOUGH_ENTRIES = 4096;
    private static final int ENOUGH_BYTES = 1 << 20;

    /// A cursor, and where it stands in its run.
    private static final class Input {
        private final int number;
        private final LogsCursor cursor;
        private Labels stream = Labels.EMPTY;
        private LogEntries run = LogEntryMerge.NOTHING;
        private int next;

        Input(int number, LogsCursor cursor) {
            this.number = number;
            this.cursor = cursor;
        }

        boolean advance() {
            if (!cursor.next()) {
                return false;
            }
            stream = cursor.stream();
            run = cursor.entries();
            next = 0;
            return true;
        }

        boolean isDone() {
            return next == run.size();
        }

        long time() {
            return run.times()[next];
        }

        long lastTime() {
            return run.times()[run.size() - 1];
        }
    }

    private final List<Input> inputs = new ArrayList<>();
    private final PriorityQueue<Input> waiting = new PriorityQueue<>(
            Comparator.comparing((Input input) -> input.stream).thenComparingInt(input -> input.number));
    private final PriorityQueue<Input> at =
            new PriorityQueue<>(Comparator.comparingLong(Input::time).thenComparingInt(input -> input.number));
    /// stands at a run that has been passed on and may not move before the next one is asked for
    private final List<Input> lent = new ArrayList<>();
    private Labels stream = Labels.EMPTY;
    private LogEntries entries = LogEntryMerge.NOTHING;

    private MergingCursor(List<LogsCursor> cursors) {
        for (LogsCursor cursor : cursors) {
            inputs.add(new Input(inputs.size(), cursor));
        }
        lent.addAll(inputs);
    }

    /// @param cursors [LogsScan.Order#BY_STREAM], with all columns, not yet begun; closed with the cursor returned.
    ///     Those whose entries arrived first come first
    public static LogsCursor of(List<? extends LogsCursor> cursors) {
        return cursors.size() == 1 ? cursors.getFirst() : new MergingCursor(List.copyOf(cursors));
    }

    @Override
    public boolean next() {
        for (Input input : lent) {
            advance(input);
        }
        lent.clear();
        if (at.isEmpty()) {
            Input first = waiting.poll();
            if (first == null) {
                return false;
            }
            if (!first.stream.equals(stream)) {
                stream = first.stream;
            }
            at.add(first);
            while (!waiting.isEmpty() && waiting.element().stream.equals(stream)) {
                at.add(waiting.remove());
            }
        }
        Input first = at.remove();
        if (first.next == 0 && (at.isEmpty() || first.lastTime() < at.element().time())) {
            lent.add(first);
            entries = first.run;
        } else {
            at.add(first);
            entries = merged();
        }
        return true;
    }

    /// Takes an input that is done with its run to the next one.
    private void advance(Input input) {
        if (input.advance()) {
            if (!at.isEmpty() && input.stream.equals(stream)) {
                at.add(input);
            } else {
                waiting.add(input);
            }
        }
    }

    private LogEntries merged() {
        LogEntryMerge merge = new LogEntryMerge();
        while (!at.isEmpty() && merge.size() < ENOUGH_ENTRIES && merge.bytes() < ENOUGH_BYTES) {
            takeMoment(merge);
        }
        return merge.finish();
    }

    private void takeMoment(LogEntryMerge merge) {
        long time = at.element().time();
        merge.startMoment(time);
        while (!at.isEmpty() && at.element().time() == time) {
            Input input = at.remove();
            while (!input.isDone() && input.time() == time) {
                merge.add(input.run, input.next++);
            }
            if (!input.isDone()) {
                at.add(input);
            } else if (input.advance()) {
                (input.stream.equals(stream) ? at : waiting).add(input);
            }
        }
    }

    @Override
    public Labels stream() {
        return stream;
    }

    @Override
    public LogEntries entries() {
        return entries;
    }

    @Override
    public void close() {
        inputs.forEach(input -> input.cursor.close());
    }
}

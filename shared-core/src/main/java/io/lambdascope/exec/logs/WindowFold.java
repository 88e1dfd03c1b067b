package io.lambdascope.exec.logs;

import io.lambdascope.plan.logs.StepWindows;

/// Makes of what samples come to by cell what they come to by window.
final class WindowFold {
    /*
     * The cells of a window follow one another, and windows move on over them: a queue of which the sum is wanted,
     * but most states can be added up only, nothing taken away from them. So the queue is cut in two: in front, every
     * cell holds the sum from itself to the cut; behind, there is one sum of all. A window is the sum of two, and
     * each cell is added twice in all (the queue of two stacks).
     */
    private final StepState kind;
    private final StepWindows windows;
    private final double[][] cells;
    private final boolean[] isEmpty;
    private final double[][] behind;
    private int head;
    private int cut;
    private int end;

    private WindowFold(StepState kind, StepWindows windows, double[][] cells) {
        this.kind = kind;
        this.windows = windows;
        this.cells = cells;
        this.isEmpty = new boolean[windows.cells()];
        for (int cell = 0; cell < isEmpty.length; cell++) {
            isEmpty[cell] = cells[0][cell] == 0;
        }
        this.behind = kind.room(1);
    }

    /// @param cells used up by this
    static double[][] of(StepState kind, StepWindows windows, double[][] cells, int steps) {
        double[][] byStep = kind.room(steps);
        WindowFold fold = new WindowFold(kind, windows, cells);
        for (int step = 0; step < steps; step++) {
            fold.moveTo(step);
            if (fold.head < fold.cut) {
                kind.merge(byStep, step, cells, fold.head);
            }
            kind.merge(byStep, step, fold.behind, 0);
        }
        return byStep;
    }

    private void moveTo(int step) {
        while (end < windows.cells() && (isEmpty[end] || windows.firstOf(end) <= step)) {
            kind.merge(behind, 0, cells, end++);
        }
        while (head < end && (isEmpty[head] || lastOf(head) < step)) {
            if (head >= cut) {
                turn();
            }
            head++;
        }
    }

    /// Puts the cut at the end: all cells are in front of it.
    private void turn() {
        for (int cell = end - 2; cell >= head; cell--) {
            kind.merge(cells, cell, cells, cell + 1);
        }
        cut = end;
        for (double[] column : behind) {
            column[0] = 0;
        }
    }

    private int lastOf(int cell) {
        return cell - windows.firstOf(cell);
    }
}

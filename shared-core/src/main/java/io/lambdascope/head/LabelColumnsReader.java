package io.lambdascope.head;

import io.lambdascope.fault.Fault;
import io.lambdascope.model.LabelSets;
import java.util.Arrays;

/// Reads what [LabelColumns] wrote, set by set.
public final class LabelColumnsReader {
    private final ColumnReader shapeNames;
    private final ColumnReader setShapes;
    private final ColumnReader values;
    private final int[] symbols;
    /// by number of the name in the segment: what that name had last, as a number in the segment
    private final int[] lastValues;

    private int[][] shapes = new int[64][];
    private int shapeCount;
    private int shape;
    private int nextNew;

    /// @param payload stands where the three columns begin
    /// @param symbols symbol by number in the segment
    /// @param named how many numbers were given before these columns were written
    public LabelColumnsReader(ColumnReader payload, int[] symbols, int named) {
        this.shapeNames = payload.column();
        this.setShapes = payload.column();
        this.values = payload.column();
        this.symbols = symbols;
        this.lastValues = new int[symbols.length];
        this.nextNew = named;
    }

    /// Adds the labels of the next set to the one that was begun last in `into`.
    public void readInto(LabelSets into) {
        int code = setShapes.count(shapeCount + 1);
        if (code > 0) {
            shape = code - 1;
            if (shape == shapeCount) {
                readShape();
            }
        }
        if (shape == shapeCount) {
            throw Fault.corrupt("the first label set has the shape of the one before");
        }
        for (int name : shapes[shape]) {
            int value = values.count(symbols.length + 1);
            if (value == LabelColumns.AS_BEFORE) {
                value = lastValues[name];
            } else {
                value = value == LabelColumns.NEW_STRING ? nextNew++ : value - LabelColumns.NUMBERS_FROM;
                lastValues[name] = value;
            }
            into.add(symbols[name], symbols[value]);
        }
    }

    /// How many numbers were given when the sets read so far had been written.
    public int named() {
        return nextNew;
    }

    private void readShape() {
        int[] names = new int[shapeNames.countOfBytes()];
        for (int i = 0; i < names.length; i++) {
            names[i] = shapeNames.count(symbols.length - 1);
            if (names[i] == nextNew) {
                nextNew++;
            }
        }
        if (shapeCount == shapes.length) {
            shapes = Arrays.copyOf(shapes, 2 * shapeCount);
        }
        shapes[shapeCount++] = names;
    }
}

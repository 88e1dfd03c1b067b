package io.lambdascope.exec.logs.pipeline;

import io.lambdascope.model.logs.LogEntries.MetadataColumn;
import org.jspecify.annotations.Nullable;

/// A label name within one pipeline, together with what the label is for the line at hand. What belongs to an
/// earlier stream, run or line is told by its number and so need not be cleared.
final class LabelName {
    static final String EXTRACTED = "_extracted";

    final String name;
    final int id;

    /// The stream that `streamValue` belongs to.
    long stream;
    String streamValue = "";

    /// The run that `column` belongs to.
    long run;

    @Nullable
    MetadataColumn column;

    /// The line for which there is a parsed value, and where [LineLabels] keeps it.
    long parsedIn;
    int slot;

    /// The line for which a parser has found this label, even if it was taken away since.
    long foundIn;

    /// The line for which the value of the stream and that of the metadata were taken away.
    long removedIn;

    /// The name that a parsed value takes where this one is taken, once asked for.
    @Nullable
    LabelName extracted;

    LabelName(String name, int id) {
        this.name = name;
        this.id = id;
    }

    @Override
    public String toString() {
        return name;
    }
}

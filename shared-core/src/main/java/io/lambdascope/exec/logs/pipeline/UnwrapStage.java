package io.lambdascope.exec.logs.pipeline;

import io.lambdascope.exec.logs.LabelValues;
import io.lambdascope.fault.Fault;
import io.lambdascope.ql.logql.LogExpr.Conversion;
import io.lambdascope.ql.logql.LogExpr.Unwrap;

/// `unwrap`: makes the value of a label the value of the line's sample. A line without it is dropped, one with a
/// value that is no number is marked.
final class UnwrapStage implements LineStage {
    static final String ERROR = "SampleExtractionErr";

    private final LabelName label;
    private final Conversion conversion;
    private double value;

    UnwrapStage(Unwrap unwrap, LineLabels labels) {
        this.label = labels.pinned(unwrap.label());
        this.conversion = unwrap.conversion();
    }

    @Override
    public boolean process(Line line) {
        String text = line.labelling().get(label);
        if (text == null || text.isEmpty()) {
            return false;
        }
        try {
            value = switch (conversion) {
                case NONE -> LabelValues.number(text);
                case DURATION -> LabelValues.seconds(text);
                case BYTES -> LabelValues.bytes(text);
            };
        } catch (Fault e) {
            value = 0;
            line.labelling().fail(ERROR, e.text());
        }
        return true;
    }

    double value() {
        return value;
    }
}

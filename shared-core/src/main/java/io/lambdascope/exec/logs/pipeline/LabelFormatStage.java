package io.lambdascope.exec.logs.pipeline;

import io.lambdascope.fault.Fault;
import io.lambdascope.ql.logql.LogExpr.Assignment;
import java.util.ArrayList;
import java.util.List;

/// `label_format`: renames labels, and sets them to what templates yield.
final class LabelFormatStage implements LineStage {
    private interface Step {
        void run(Line line);
    }

    private final List<Step> steps = new ArrayList<>();

    LabelFormatStage(List<Assignment> assignments, LineLabels labels) {
        for (Assignment assignment : assignments) {
            LabelName target = labels.pinned(assignment.target());
            steps.add(
                    switch (assignment) {
                        case Assignment.Rename rename -> rename(target, labels.pinned(rename.source()));
                        case Assignment.Template template ->
                            throw Fault.unsupported("line_format and label_format with templates");
                    });
        }
    }

    private static Step rename(LabelName target, LabelName source) {
        return line -> {
            String value = line.labels().get(source);
            if (value != null) {
                line.labels().set(target, value);
                if (source != target) {
                    line.labels().remove(source);
                }
            }
        };
    }

    @Override
    public boolean process(Line line) {
        steps.forEach(step -> step.run(line));
        return true;
    }
}

package io.lambdascope.exec.logs.pipeline;

import io.lambdascope.exec.logs.template.LineContext;
import io.lambdascope.exec.logs.template.TemplateException;
import io.lambdascope.exec.logs.template.TemplateProgram;
import io.lambdascope.ql.logql.LogExpr.Assignment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// `label_format`: renames labels, and sets them to what templates yield. Templates see the labels as they were
/// before the stage, renames as they are by then.
final class LabelFormatStage implements LineStage {
    /// @param source null where there is a template
    /// @param template null where there is a source
    private record Step(
            LabelName target,
            @Nullable LabelName source,
            @Nullable TemplateProgram template) {}

    /// A line with the labels that it had before the stage.
    private record Before(Line of, Map<String, String> labels) implements LineContext {
        @Override
        public @Nullable String label(String name) {
            return labels.get(name);
        }

        @Override
        public String line() {
            return of.text();
        }

        @Override
        public long timeNanos() {
            return of.timeNanos();
        }
    }

    private final List<Step> steps = new ArrayList<>();
    private final boolean looksBack;

    LabelFormatStage(List<Assignment> assignments, LineLabels labels, Function<String, TemplateProgram> templates) {
        for (Assignment assignment : assignments) {
            LabelName target = labels.pinned(assignment.target());
            steps.add(
                    switch (assignment) {
                        case Assignment.Rename rename -> new Step(target, labels.pinned(rename.source()), null);
                        case Assignment.Template template ->
                            new Step(target, null, templates.apply(template.template()));
                    });
        }
        this.looksBack = steps.size() > 1 && steps.stream().anyMatch(step -> step.template != null);
    }

    @Override
    public boolean process(Line line) {
        LineContext before = looksBack ? new Before(line, line.labels()) : line;
        for (Step step : steps) {
            if (step.template != null) {
                format(line, step.target, step.template, before);
            } else if (step.source != null) {
                rename(line.labelling(), step.target, step.source);
            }
        }
        return true;
    }

    private static void format(Line line, LabelName target, TemplateProgram template, LineContext before) {
        try {
            line.labelling().set(target, template.run(before));
        } catch (TemplateException e) {
            line.labelling().fail(LineFormatStage.ERROR, "template: label: " + e.getMessage());
        }
    }

    private static void rename(LineLabels labels, LabelName target, LabelName source) {
        String value = labels.get(source);
        if (value != null) {
            labels.set(target, value);
            if (source != target) {
                labels.remove(source);
            }
        }
    }
}

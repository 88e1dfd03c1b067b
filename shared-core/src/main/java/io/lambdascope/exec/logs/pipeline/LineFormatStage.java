package io.lambdascope.exec.logs.pipeline;

import io.lambdascope.exec.logs.template.TemplateException;
import io.lambdascope.exec.logs.template.TemplateProgram;

/// `line_format`: the line is what a template makes of it.
record LineFormatStage(TemplateProgram template) implements LineStage {
    static final String ERROR = "TemplateFormatErr";

    @Override
    public boolean process(Line line) {
        try {
            line.setText(template.run(line));
        } catch (TemplateException e) {
            line.labelling().fail(ERROR, "template: line: " + e.getMessage());
        }
        return true;
    }
}

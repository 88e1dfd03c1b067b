package io.lambdascope.exec.logs.pipeline;

import io.lambdascope.exec.logs.pipeline.FieldNames.Field;
import io.lambdascope.model.logs.LogfmtReader;

/// `logfmt`: each pair of the line becomes a label. Broken pairs are skipped, or where that is `strict`, end it.
final class LogfmtParser implements LineStage {
    static final String ERROR = "LogfmtParserErr";

    private final boolean strict;
    private final boolean keepEmpty;
    private final Needs needs;
    private final FieldNames fields;
    private final Wanted wanted;
    private final LogfmtReader reader = new LogfmtReader();

    /// @param keepEmpty whether a key without value is an empty label
    LogfmtParser(boolean strict, boolean keepEmpty, LineLabels labels, Needs needs) {
        this.strict = strict;
        this.keepEmpty = keepEmpty;
        this.needs = needs;
        this.fields = new FieldNames(labels, needs);
        this.wanted = new Wanted(labels, needs);
    }

    @Override
    public boolean process(Line line) {
        if (needs.isEmpty()) {
            return true;
        }
        wanted.startLine();
        reader.start(line.bytes(), line.from(), line.to());
        Field root = fields.root();
        while (!wanted.isFound() && reader.next()) {
            if (reader.isBroken()) {
                if (strict) {
                    line.labelling().fail(ERROR, reader.problem());
                    return true;
                }
                reader.skipWord();
            } else if (keepEmpty || !reader.isValueEmpty()) {
                Field field = fields.within(root, line.bytes(), reader.keyFrom(), reader.keyTo());
                if (field.hasName() && field.mayBeOfUse() && fields.file(field, value(line))) {
                    wanted.found();
                }
            }
        }
        return true;
    }

    private String value(Line line) {
        return reader.isEscaped()
                ? line.texts().ofJson(line.bytes(), reader.valueFrom(), reader.valueTo())
                : line.texts().of(line.bytes(), reader.valueFrom(), reader.valueTo());
    }
}

package io.lambdascope.exec.logs.pipeline;

import io.lambdascope.exec.logs.pipeline.FieldNames.Field;
import io.lambdascope.model.logs.LogfmtReader;
import io.lambdascope.ql.logql.FieldPath;
import io.lambdascope.ql.logql.FieldPath.Step;
import io.lambdascope.ql.logql.LogExpr.Extraction;
import java.util.ArrayList;
import java.util.List;

/// `logfmt label="key"`: looks up keys. What is not there is an empty label.
final class LogfmtKeys implements LineStage {
    private record Wish(String key, LabelName target) {}

    private final boolean strict;
    private final Needs needs;
    private final LineLabels labels;
    private final FieldNames fields;
    private final List<Wish> wishes = new ArrayList<>();
    private final LogfmtReader reader = new LogfmtReader();

    LogfmtKeys(boolean strict, List<Extraction> extractions, LineLabels labels, Needs needs) {
        this.strict = strict;
        this.needs = needs;
        this.labels = labels;
        this.fields = new FieldNames(labels, Needs.ALL);
        for (Extraction extraction : extractions) {
            if (FieldPath.parse(extraction.expression()).steps().getFirst() instanceof Step.Field(String name)) {
                wishes.add(new Wish(name, labels.pinned(extraction.label())));
            }
        }
    }

    @Override
    public boolean process(Line line) {
        if (line.isEmpty() || needs.isEmpty()) {
            return true;
        }
        for (Wish wish : wishes) {
            if (!labels.isOfStream(wish.target)) {
                setIfAbsent(wish.target);
            }
        }
        reader.start(line.bytes(), line.from(), line.to());
        Field root = fields.root();
        int missing = wishes.size();
        while (missing > 0 && reader.next()) {
            if (reader.isBroken()) {
                if (strict) {
                    labels.fail(LogfmtParser.ERROR, reader.problem());
                    return true;
                }
                reader.skipWord();
                continue;
            }
            Field field = fields.within(root, line.bytes(), reader.keyFrom(), reader.keyTo());
            for (Wish wish : wishes) {
                if (field.label().name.equals(wish.key)) {
                    LabelName name = labels.filedAs(wish.target);
                    if (labels.find(name)) {
                        labels.set(name, value(line));
                        missing--;
                    }
                }
            }
        }
        return true;
    }

    private void setIfAbsent(LabelName target) {
        if (labels.get(target) == null) {
            labels.set(target, "");
        }
    }

    private String value(Line line) {
        return reader.isEscaped()
                ? line.texts().ofJson(line.bytes(), reader.valueFrom(), reader.valueTo())
                : line.texts().of(line.bytes(), reader.valueFrom(), reader.valueTo());
    }
}

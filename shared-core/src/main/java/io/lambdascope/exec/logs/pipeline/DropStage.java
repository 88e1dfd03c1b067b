package io.lambdascope.exec.logs.pipeline;

import io.lambdascope.labels.Matcher;
import io.lambdascope.ql.logql.LogExpr.LabelPick;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `drop`: takes labels away, each by its name, or where its value matches too.
record DropStage(List<Pick> picks) implements LineStage {
    /// @param matcher null if the name alone decides
    record Pick(LabelName name, @Nullable Matcher matcher) {
        static List<Pick> of(List<LabelPick> picks, LineLabels labels) {
            return picks.stream()
                    .map(pick -> new Pick(labels.pinned(pick.name()), pick.matcher()))
                    .toList();
        }

        boolean matches(@Nullable String value) {
            return matcher == null || matcher.matches(value == null ? "" : value);
        }
    }

    @Override
    public boolean process(Line line) {
        for (Pick pick : picks) {
            if (pick.matches(line.labelling().get(pick.name))) {
                line.labelling().remove(pick.name);
            }
        }
        return true;
    }
}

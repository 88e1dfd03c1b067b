package io.lambdascope.exec.logs.pipeline;

import java.util.ArrayList;
import java.util.List;

/// `keep`: takes all labels away but those picked; what says that something failed stays.
record KeepStage(List<DropStage.Pick> picks) implements LineStage {
    @Override
    public boolean process(Line line) {
        List<LabelName> others = new ArrayList<>();
        line.labelling().forEach((name, value) -> {
            if (!isKept(name, value)) {
                others.add(name);
            }
        });
        others.forEach(line.labelling()::remove);
        return true;
    }

    private boolean isKept(LabelName name, String value) {
        if (name.name.equals(LineLabels.ERROR) || name.name.equals(LineLabels.ERROR_DETAILS)) {
            return true;
        }
        for (DropStage.Pick pick : picks) {
            if (pick.name() == name && pick.matches(value)) {
                return true;
            }
        }
        return false;
    }
}

package io.lambdascope.exec.logs.pipeline;

import java.util.List;

/// Where a label of a line comes from.
public enum LabelCategory {
    STREAM,
    STRUCTURED_METADATA,
    /// Found in the line, or set by a stage.
    PARSED;

    static final List<LabelCategory> ALL = List.of(values());
}

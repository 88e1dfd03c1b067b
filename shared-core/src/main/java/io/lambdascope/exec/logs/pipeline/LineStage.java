package io.lambdascope.exec.logs.pipeline;

/// A step of a pipeline.
interface LineStage {
    /// Does with the line what the stage does; false drops it.
    boolean process(Line line);
}

package io.lambdascope.testkit.promql;

import io.lambdascope.ql.promql.CheckedQuery;
import io.lambdascope.result.PromResult;
import io.lambdascope.time.StepGrid;

/// Answers queries over the data that was placed for it.
@FunctionalInterface
public interface ScriptEngine extends AutoCloseable {
    /// @throws io.lambdascope.fault.Fault if the query cannot be answered
    PromResult evaluate(CheckedQuery query, StepGrid grid);

    /// Gives up what the data takes.
    @Override
    default void close() {}
}

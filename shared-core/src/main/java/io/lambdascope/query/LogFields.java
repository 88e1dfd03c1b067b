package io.lambdascope.query;

import java.util.List;

/// Finds the fields of lines. May fail with a [io.lambdascope.fault.Fault] as [LokiQueries] may.
@FunctionalInterface
public interface LogFields {
    /// The fields of the newest lines, by name, no more than the limit.
    List<DetectedField> fields(FieldsRequest request);
}

package io.lambdascope.query;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import java.util.List;

/// What was found, and what whoever asked should know of what was not.
///
/// @param warnings sentences; none if nothing is missing
public record Found<T>(T items, List<String> warnings) {
    public Found {
        warnings = List.copyOf(warnings);
    }

    /// All that there is.
    public static <T> Found<T> all(T items) {
        return new Found<>(items, List.of());
    }

    /// What was made of these.
    public <U> Found<U> with(U made) {
        return new Found<>(made, warnings);
    }

    /// The items, for an answer that has no way to say that something is missing in it.
    ///
    /// @throws Fault CORRUPT_DATA if something is
    public T whole() {
        if (!warnings.isEmpty()) {
            throw new Fault(FaultKind.CORRUPT_DATA, String.join("; ", warnings));
        }
        return items;
    }
}

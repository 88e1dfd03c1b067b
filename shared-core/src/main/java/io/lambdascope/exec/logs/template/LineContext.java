package io.lambdascope.exec.logs.template;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a template can see of a line.
public interface LineContext {
    /// The value of a label, null if there is none.
    @Nullable
    String label(String name);

    /// All labels, by name.
    Map<String, String> labels();

    /// The line itself.
    String line();

    /// Nanoseconds since the Unix epoch.
    long timeNanos();
}

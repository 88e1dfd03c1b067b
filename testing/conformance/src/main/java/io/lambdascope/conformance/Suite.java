package io.lambdascope.conformance;

import java.io.IOException;
import java.nio.file.Path;

/// One kind of conformance data and how to run a folder of it.
public interface Suite {
    /// What the folder must hold, for the message when it does not.
    String files();

    /// Runs every case of `folder`. A folder without cases reports none.
    void run(Path folder, Report report) throws IOException;
}

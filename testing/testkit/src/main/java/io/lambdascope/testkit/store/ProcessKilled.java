package io.lambdascope.testkit.store;

/// What code gets that calls a store after its process was killed. An error, so that nothing that handles faults
/// handles it: a dead process does nothing more.
public final class ProcessKilled extends Error {
    private static final long serialVersionUID = 1L;

    ProcessKilled(String call) {
        super("the process was killed at " + call);
    }
}

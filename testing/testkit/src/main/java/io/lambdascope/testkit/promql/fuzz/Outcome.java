package io.lambdascope.testkit.promql.fuzz;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.result.PromResult;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;

/// What came of a question.
sealed interface Outcome {
    record Answer(PromResult result) implements Outcome {}

    /// Refused as it should be.
    record Refused(Fault fault) implements Outcome {
        /// Whether it would have taken too much: where that is noticed may depend on how a query is cut.
        boolean tooMuch() {
            return fault.kind() == FaultKind.OVER_LIMIT || fault.kind() == FaultKind.TIMEOUT;
        }
    }

    /// Ended by something that no query may cause.
    record Broken(Throwable cause) implements Outcome {
        @Override
        public String toString() {
            StackTraceElement[] trace = cause.getStackTrace();
            StringBuilder text = new StringBuilder(cause.toString());
            for (int i = 0; i < Math.min(trace.length, 12); i++) {
                text.append("\n    at ").append(trace[i]);
            }
            return text.toString();
        }
    }

    Set<FaultKind> PROPER = EnumSet.of(
            FaultKind.BAD_QUERY, FaultKind.EXECUTION, FaultKind.OVER_LIMIT, FaultKind.TIMEOUT, FaultKind.UNSUPPORTED);

    static Outcome of(Supplier<PromResult> question) {
        try {
            return new Answer(question.get());
        } catch (Fault fault) {
            return PROPER.contains(fault.kind()) ? new Refused(fault) : new Broken(fault);
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            return new Broken(e);
        }
    }
}

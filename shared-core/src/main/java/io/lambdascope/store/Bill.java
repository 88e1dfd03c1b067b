package io.lambdascope.store;

import io.lambdascope.store.CostMeter.Operation;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/// Calls to AWS and what they cost.
///
/// @param lines by operation; one that was not called has none
public record Bill(Map<Operation, Line> lines) {
    private static final double BYTES_PER_MB = 1e6;

    /// Calls of one operation.
    ///
    /// @param units what is billed: requests, request units, gigabyte-seconds
    /// @param bytes payload sent and received
    public record Line(long calls, double units, long bytes) {
        static final Line NONE = new Line(0, 0, 0);
    }

    public Bill {
        Map<Operation, Line> copy = new EnumMap<>(Operation.class);
        copy.putAll(lines);
        lines = Collections.unmodifiableMap(copy);
    }

    public Line line(Operation operation) {
        return lines.getOrDefault(operation, Line.NONE);
    }

    /// What one operation cost.
    public double dollars(Operation operation) {
        return line(operation).units() * operation.dollarsPerUnit();
    }

    /// What all of it cost.
    public double dollars() {
        return lines.keySet().stream().mapToDouble(this::dollars).sum();
    }

    /// All calls; gigabyte-seconds are none.
    public long calls() {
        return lines.entrySet().stream()
                .filter(entry -> entry.getKey() != Operation.LAMBDA_GB_SECOND)
                .mapToLong(entry -> entry.getValue().calls())
                .sum();
    }

    /// What came after `earlier`, a bill of the same meter.
    public Bill since(Bill earlier) {
        Map<Operation, Line> rest = new EnumMap<>(Operation.class);
        lines.forEach((operation, line) -> {
            Line before = earlier.line(operation);
            if (line.calls() > before.calls()) {
                rest.put(
                        operation,
                        new Line(
                                line.calls() - before.calls(),
                                line.units() - before.units(),
                                line.bytes() - before.bytes()));
            }
        });
        return new Bill(rest);
    }

    /// A table for people, one operation a line, the total last.
    public String summary() {
        StringBuilder text = new StringBuilder(
                "%-22s %10s %12s %10s %14s%n".formatted("operation", "calls", "units", "MB", "US dollars"));
        lines.forEach((operation, line) -> text.append(String.format(
                Locale.ROOT,
                "%-22s %10d %12.2f %10.3f %14.8f%n",
                operation.label(),
                line.calls(),
                line.units(),
                line.bytes() / BYTES_PER_MB,
                dollars(operation))));
        text.append(String.format(Locale.ROOT, "%-22s %10d %12s %10s %14.8f%n", "total", calls(), "", "", dollars()));
        return text.toString();
    }
}

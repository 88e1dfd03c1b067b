package io.lambdascope.store;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/// Counts calls to AWS with what AWS bills for them. [MeteredObjectStore], [MeteredTable] and [MeteredQueue] feed it;
/// what runs functions and takes requests tells it [#invocation] and [#apiRequest]. For many threads.
public final class CostMeter {
    private static final long SQS_BYTES_PER_UNIT = 64 * 1024;
    private static final long API_BYTES_PER_UNIT = 512 * 1024;
    private static final double MB_PER_GB = 1024;
    private static final double MILLIS_PER_SECOND = 1000;

    /// What is billed, and the price of one unit of it.
    public enum Operation {
        S3_PUT("S3 PUT", AwsPrices.S3_PUT),
        S3_GET("S3 GET", AwsPrices.S3_GET),
        S3_HEAD("S3 HEAD", AwsPrices.S3_GET),
        S3_LIST("S3 LIST", AwsPrices.S3_PUT),
        S3_DELETE("S3 DELETE", 0),
        DYNAMO_GET("DynamoDB get", AwsPrices.DYNAMO_READ_UNIT),
        DYNAMO_QUERY("DynamoDB query", AwsPrices.DYNAMO_READ_UNIT),
        DYNAMO_PUT("DynamoDB batch put", AwsPrices.DYNAMO_WRITE_UNIT),
        DYNAMO_DELETE("DynamoDB batch delete", AwsPrices.DYNAMO_WRITE_UNIT),
        DYNAMO_TRANSACT("DynamoDB transaction", AwsPrices.DYNAMO_WRITE_UNIT),
        SQS_SEND("SQS send", AwsPrices.SQS_REQUEST),
        SQS_RECEIVE("SQS receive", AwsPrices.SQS_REQUEST),
        SQS_DELETE("SQS delete", AwsPrices.SQS_REQUEST),
        SQS_CHANGE_VISIBILITY("SQS change visibility", AwsPrices.SQS_REQUEST),
        LAMBDA_INVOCATION("Lambda invocation", AwsPrices.LAMBDA_REQUEST),
        LAMBDA_GB_SECOND("Lambda GB-second", AwsPrices.LAMBDA_GB_SECOND),
        API_REQUEST("API Gateway request", AwsPrices.API_REQUEST);

        private final String label;
        private final double dollarsPerUnit;

        Operation(String label, double dollarsPerUnit) {
            this.label = label;
            this.dollarsPerUnit = dollarsPerUnit;
        }

        public String label() {
            return label;
        }

        public double dollarsPerUnit() {
            return dollarsPerUnit;
        }
    }

    private static final class Tally {
        final LongAdder calls = new LongAdder();
        final DoubleAdder units = new DoubleAdder();
        final LongAdder bytes = new LongAdder();
    }

    private final Map<Operation, Tally> tallies = new EnumMap<>(Operation.class);

    public CostMeter() {
        for (Operation operation : Operation.values()) {
            tallies.put(operation, new Tally());
        }
    }

    /// Counts calls.
    ///
    /// @param units what AWS bills for all of them
    /// @param bytes payload sent and received
    void count(Operation operation, long calls, long units, long bytes) {
        add(operation, calls, (double) units, bytes);
    }

    private void add(Operation operation, long calls, double units, long bytes) {
        Tally tally = tallies.get(operation);
        if (tally != null) {
            tally.calls.add(calls);
            tally.units.add(units);
            tally.bytes.add(bytes);
        }
    }

    /// Counts one call to SQS that carries `bytes`.
    void countSqs(Operation operation, long bytes) {
        count(operation, 1, unitsOf(bytes, SQS_BYTES_PER_UNIT), bytes);
    }

    /// Counts an invocation of a function.
    ///
    /// @param memoryMb as the function is configured
    /// @param millis how long it is billed, initialisation included
    public void invocation(int memoryMb, double millis) {
        count(Operation.LAMBDA_INVOCATION, 1, 1, 0);
        add(Operation.LAMBDA_GB_SECOND, 1, memoryMb / MB_PER_GB * (millis / MILLIS_PER_SECOND), 0);
    }

    /// Counts a request through the HTTP API.
    public void apiRequest(long requestBytes, long responseBytes) {
        long bytes = requestBytes + responseBytes;
        count(Operation.API_REQUEST, 1, unitsOf(bytes, API_BYTES_PER_UNIT), bytes);
    }

    /// Whole units that hold `bytes`, at least one.
    static long unitsOf(long bytes, long bytesPerUnit) {
        return Math.max(1, Math.ceilDiv(bytes, bytesPerUnit));
    }

    /// What was counted so far.
    public Bill bill() {
        Map<Operation, Bill.Line> lines = new EnumMap<>(Operation.class);
        tallies.forEach((operation, tally) -> {
            if (tally.calls.sum() > 0) {
                lines.put(operation, new Bill.Line(tally.calls.sum(), tally.units.sum(), tally.bytes.sum()));
            }
        });
        return new Bill(lines);
    }
}

package io.lambdascope.store;

/// List prices of AWS in US dollars, us-east-1, on demand, November 2026; free tiers and rebates left out.
public final class AwsPrices {
    /// A PUT, COPY, POST or LIST of S3 Standard.
    public static final double S3_PUT = 0.005 / 1000;

    /// A GET or HEAD of S3 Standard. Deletes are free.
    public static final double S3_GET = 0.0004 / 1000;

    /// A write request unit of DynamoDB: one item of up to 1 KB; in a transaction two of them.
    public static final double DYNAMO_WRITE_UNIT = 0.625e-6;

    /// A read request unit of DynamoDB: up to 4 KB, strongly consistent.
    public static final double DYNAMO_READ_UNIT = 0.125e-6;

    /// An action of a standard queue, for each 64 KB of payload.
    public static final double SQS_REQUEST = 0.40e-6;

    /// An invocation of a function.
    public static final double LAMBDA_REQUEST = 0.20e-6;

    /// A gigabyte-second of a function on arm64.
    public static final double LAMBDA_GB_SECOND = 0.0000133334;

    /// A request to an HTTP API, for each 512 KB.
    public static final double API_REQUEST = 1.00e-6;

    private AwsPrices() {}
}

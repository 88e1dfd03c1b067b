package io.lambdascope.ingest;

/// What an operator may tune of pushing.
///
/// @param directBytes segments larger than this skip the queue: base64 in SQS is billed per 64 KB, and from about
///     340 KB on an object and a pointer cost less
public record PushSettings(int directBytes) {
    public static final PushSettings DEFAULTS = new PushSettings(340 * 1024);

    /// The largest that base64 makes fit into a message.
    private static final int MAX_DIRECT_BYTES = 3 * (1 << 20) / 4;

    public PushSettings {
        if (directBytes < 0 || directBytes > MAX_DIRECT_BYTES) {
            throw new IllegalArgumentException(
                    "directBytes must be 0 to %d, not %d".formatted(MAX_DIRECT_BYTES, directBytes));
        }
    }
}

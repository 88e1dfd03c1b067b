package io.lambdascope.source.logs;

import io.lambdascope.labels.Labels;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// What makes entries of one stream and one moment the same.
///
/// @param line its bytes
public record LogIdentity(ByteBuffer line, Labels metadata) {
    /// @param lines bytes `[from, to)` of which, copied, are the line
    public static LogIdentity of(byte[] lines, int from, int to, Labels metadata) {
        return new LogIdentity(ByteBuffer.wrap(Arrays.copyOfRange(lines, from, to)), metadata);
    }
}

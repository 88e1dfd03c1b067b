package io.lambdascope.aws;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Bytes as the payload of an invocation. Lambda takes and gives JSON only, so they travel as one JSON string in base
/// 64; both sides use this.
public final class ScanPayload {
    /// The most bytes of a payload: 6 MB of Lambda's quota for synchronous invocations.
    public static final int MAX_PAYLOAD_BYTES = 6 * 1024 * 1024;

    /// The most bytes that fit into a payload.
    public static final int MAX_BYTES = (MAX_PAYLOAD_BYTES - 2) / 4 * 3;

    private ScanPayload() {}

    /// @throws Fault TOO_LARGE if the bytes do not fit
    public static byte[] encode(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new Fault(
                    FaultKind.TOO_LARGE,
                    "an invocation carries %d bytes, but there are %d".formatted(MAX_BYTES, bytes.length));
        }
        byte[] digits = Base64.getEncoder().encode(bytes);
        byte[] payload = new byte[digits.length + 2];
        payload[0] = '"';
        System.arraycopy(digits, 0, payload, 1, digits.length);
        payload[payload.length - 1] = '"';
        return payload;
    }

    /// @throws Fault CORRUPT_DATA if this is no such payload
    public static byte[] decode(byte[] payload) {
        String text = new String(payload, StandardCharsets.ISO_8859_1).strip();
        if (text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")) {
            try {
                return Base64.getDecoder().decode(text.substring(1, text.length() - 1));
            } catch (IllegalArgumentException e) {
                throw Fault.corrupt("the payload of an invocation is no base 64: %s", e.getMessage());
            }
        }
        throw Fault.corrupt("the payload of an invocation is no JSON string but starts with %s", beginning(text));
    }

    private static String beginning(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}

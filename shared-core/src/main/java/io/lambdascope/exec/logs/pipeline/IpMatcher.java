package io.lambdascope.exec.logs.pipeline;

import io.lambdascope.ql.logql.IpRange;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Lines in which an address stands that lies in a range. What begins like an address is read as far as its
/// characters go: up to the colon before a port, but not less, so that `10.0.0.1` is not found in `10.0.0.12`.
record IpMatcher(IpRange range) implements LineMatcher {
    private static final int MAX_LENGTH = 45;

    @Override
    public boolean matches(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            boolean version4 = begins(bytes, at, to, '.', 3);
            if (!version4 && !begins(bytes, at, to, ':', 4)) {
                at++;
                continue;
            }
            int end = at;
            while (end < to && (isDigit(bytes[end]) || bytes[end] == '.' || !version4 && isHexOrColon(bytes[end]))) {
                end++;
            }
            if (version4 != range.isVersion6() && end - at <= MAX_LENGTH && holds(bytes, at, end)) {
                return true;
            }
            at = end;
        }
        return false;
    }

    /// Whether up to `digits` digits stand here, and then `separator`.
    private static boolean begins(byte[] bytes, int at, int to, char separator, int digits) {
        boolean hex = separator == ':';
        int end = at;
        while (end < to && end - at < digits && (isDigit(bytes[end]) || hex && isHex(bytes[end]))) {
            end++;
        }
        return end < to && bytes[end] == separator && (hex || end > at);
    }

    private boolean holds(byte[] bytes, int from, int to) {
        byte[] address = range.isVersion6()
                ? IpRange.address(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1))
                : version4(bytes, from, to);
        return address != null && range.contains(address);
    }

    /// The four bytes that `1.2.3.4` stands for, null if it is no address.
    private static byte @Nullable [] version4(byte[] bytes, int from, int to) {
        byte[] address = new byte[4];
        int part = 0;
        int value = -1;
        for (int i = from; i < to; i++) {
            if (bytes[i] == '.') {
                if (value < 0 || part == 3) {
                    return null;
                }
                address[part++] = (byte) value;
                value = -1;
            } else {
                boolean zeroInFront = value == 0;
                value = Math.max(value, 0) * 10 + bytes[i] - '0';
                if (value > 255 || zeroInFront) {
                    return null;
                }
            }
        }
        address[3] = (byte) value;
        return part == 3 && value >= 0 ? address : null;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static boolean isHex(byte b) {
        return b >= 'a' && b <= 'f' || b >= 'A' && b <= 'F';
    }

    private static boolean isHexOrColon(byte b) {
        return b == ':' || isHex(b);
    }
}

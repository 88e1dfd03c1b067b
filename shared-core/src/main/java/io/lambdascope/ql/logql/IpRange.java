package io.lambdascope.ql.logql;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Addresses from one to another, both inside: one address, a network such as `10.0.0.0/8`, or
/// `192.168.0.1-192.168.0.9`;
/// version 4 or 6.
public final class IpRange {
    private static final Pattern DOTTED = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final int MAX_LENGTH = 100;

    private final byte[] first;
    private final byte[] last;

    private IpRange(byte[] first, byte[] last) {
        this.first = first;
        this.last = last;
    }

    /// @throws Fault BAD_QUERY if `text` is no range
    public static IpRange parse(String text) {
        int slash = text.indexOf('/');
        if (slash >= 0) {
            return network(text, slash);
        }
        int dash = text.indexOf('-');
        byte[] from = address(dash < 0 ? text : text.substring(0, dash).strip());
        byte[] to = dash < 0 ? from : address(text.substring(dash + 1).strip());
        if (from == null || to == null || from.length != to.length || Arrays.compareUnsigned(from, to) > 0) {
            throw bad(text);
        }
        return new IpRange(from, to);
    }

    private static IpRange network(String text, int slash) {
        byte[] from = address(text.substring(0, slash));
        String bits = text.substring(slash + 1);
        if (from == null || bits.isEmpty() || bits.length() > 3 || !bits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw bad(text);
        }
        int prefix = Integer.parseInt(bits);
        if (prefix > 8 * from.length) {
            throw bad(text);
        }
        byte[] to = from.clone();
        for (int bit = prefix; bit < 8 * from.length; bit++) {
            int mask = 0x80 >> bit % 8;
            from[bit / 8] &= (byte) ~mask;
            to[bit / 8] |= (byte) mask;
        }
        return new IpRange(from, to);
    }

    /// The bytes of an address, 4 or 16, or null if `text` is none.
    public static byte @Nullable [] address(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            return null;
        }
        if (text.indexOf(':') < 0 && !DOTTED.matcher(text).matches()) {
            return null;
        }
        try {
            return InetAddress.ofLiteral(text).getAddress();
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    /// Whether its addresses are of version 6.
    public boolean isVersion6() {
        return first.length > 4;
    }

    /// @param address 4 or 16 bytes, as [#address] gives them
    public boolean contains(byte[] address) {
        return address.length == first.length
                && Arrays.compareUnsigned(first, address) <= 0
                && Arrays.compareUnsigned(address, last) <= 0;
    }

    private static Fault bad(String text) {
        return new Fault(
                FaultKind.BAD_QUERY,
                "ip: invalid pattern \"%s\": an address, a network as 10.0.0.0/8 or a range as 10.0.0.1-10.0.0.9 is needed"
                        .formatted(text));
    }
}

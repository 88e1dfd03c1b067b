package io.lambdascope.source;

import io.lambdascope.fault.Fault;
import io.lambdascope.labels.Matcher;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Which strings of some kind a unit may hold (metric names, labels …): what is known of it without reading it. Never
/// says no where the answer is yes. Signals give it the strings that they prune by.
public final class StringFacts {
    /*
     * First byte 1: the names themselves, each with its length before it as two bytes. First byte 2: a Bloom filter,
     * 3 probes (Kirsch and Mitzenmacher, "Less Hashing, Same Performance": one 64-bit hash yields them all), the bits
     * behind the first byte. No bytes at all: nothing is known, anything may be there.
     *
     * Eight bits for a string let one foreign string in 33 pass. Units with more than fit at four bits for each know
     * nothing: by then a query for one finds it in nearly every unit anyway.
     */
    private static final int NAMES = 1;
    private static final int BLOOM = 2;
    private static final int PROBES = 3;
    private static final int BITS_PER_NAME = 8;
    private static final int LEAST_BITS_PER_NAME = 4;
    private static final int MAX_NAME_BYTES = 0xffff;

    public static final StringFacts UNKNOWN = new StringFacts(new byte[0], List.of());

    private final byte[] encoded;
    private final List<String> names;

    private StringFacts(byte[] encoded, List<String> names) {
        this.encoded = encoded;
        this.names = names;
    }

    /// @param names one that stands several times counts once
    /// @param maxBytes what the facts may take
    public static StringFacts of(Collection<String> names, int maxBytes) {
        List<byte[]> sorted = new ArrayList<>();
        int exactBytes = 1;
        for (String name : new TreeSet<>(names)) {
            byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
            if (utf8.length > MAX_NAME_BYTES) {
                return UNKNOWN;
            }
            sorted.add(utf8);
            exactBytes += 2 + utf8.length;
        }
        int bloomBytes = Math.clamp(1 + (long) sorted.size() * BITS_PER_NAME / 8, 9, Math.max(9, maxBytes));
        if (exactBytes <= Math.min(maxBytes, bloomBytes + 120)) {
            return decode(exact(sorted, exactBytes));
        }
        if (8L * (bloomBytes - 1) < (long) sorted.size() * LEAST_BITS_PER_NAME) {
            return UNKNOWN;
        }
        byte[] bloom = new byte[bloomBytes];
        bloom[0] = BLOOM;
        for (byte[] name : sorted) {
            long hash = hash(name);
            for (int probe = 0; probe < PROBES; probe++) {
                int bit = bit(hash, probe, bloomBytes);
                bloom[1 + bit / 8] |= (byte) (1 << bit % 8);
            }
        }
        return new StringFacts(bloom, List.of());
    }

    /// @throws Fault CORRUPT_DATA if `encoded` is none of ours
    public static StringFacts decode(byte[] encoded) {
        if (encoded.length == 0) {
            return UNKNOWN;
        }
        return switch (encoded[0]) {
            case NAMES -> new StringFacts(encoded, readNames(encoded));
            case BLOOM -> {
                if (encoded.length < 2) {
                    throw Fault.corrupt("facts end before their filter");
                }
                yield new StringFacts(encoded, List.of());
            }
            default -> throw Fault.corrupt("facts begin with %d, known are 1 and 2", encoded[0]);
        };
    }

    /// Not a copy.
    public byte[] encode() {
        return encoded;
    }

    /// Whether nothing is known: anything may be there.
    public boolean isUnknown() {
        return encoded.length == 0;
    }

    /// All that the unit holds, if it is known that exactly.
    public Optional<List<String>> all() {
        return encoded.length > 0 && encoded[0] == NAMES ? Optional.of(names) : Optional.empty();
    }

    /// False only if the unit does not hold `name`.
    public boolean mayHold(String name) {
        if (encoded.length == 0) {
            return true;
        }
        return encoded[0] == NAMES ? names.contains(name) : filterHas(name);
    }

    /// False only if the unit holds none of the strings that `stringOf` makes of the values that pass `matcher`. True
    /// too
    /// where those values cannot be listed.
    public boolean mayHoldOneOf(Matcher matcher, UnaryOperator<String> stringOf) {
        return switch (matcher.op()) {
            case EQUAL -> mayHold(stringOf.apply(matcher.value()));
            case REGEX -> {
                Optional<Set<String>> literals = matcher.regex() == null
                        ? Optional.empty()
                        : matcher.regex().literals();
                yield literals.isEmpty()
                        || literals.get().stream().map(stringOf).anyMatch(this::mayHold);
            }
            case NOT_EQUAL, NOT_REGEX -> true;
        };
    }

    private boolean filterHas(String name) {
        long hash = hash(name.getBytes(StandardCharsets.UTF_8));
        for (int probe = 0; probe < PROBES; probe++) {
            int bit = bit(hash, probe, encoded.length);
            if ((encoded[1 + bit / 8] & 1 << bit % 8) == 0) {
                return false;
            }
        }
        return true;
    }

    private static int bit(long hash, int probe, int encodedBytes) {
        long mixed = (hash & 0xffffffffL) + probe * (hash >>> 32 | 1);
        return (int) Long.remainderUnsigned(mixed, 8L * (encodedBytes - 1));
    }

    /// FNV-1a, 64 bits, its result mixed once more, since its high half is weak for short names.
    private static long hash(byte[] name) {
        long hash = 0xcbf29ce484222325L;
        for (byte next : name) {
            hash = (hash ^ next & 0xff) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        return hash ^ hash >>> 33;
    }

    private static byte[] exact(List<byte[]> names, int size) {
        byte[] bytes = new byte[size];
        bytes[0] = NAMES;
        int at = 1;
        for (byte[] name : names) {
            bytes[at++] = (byte) (name.length >> 8);
            bytes[at++] = (byte) name.length;
            System.arraycopy(name, 0, bytes, at, name.length);
            at += name.length;
        }
        return bytes;
    }

    private static List<String> readNames(byte[] encoded) {
        List<String> names = new ArrayList<>();
        int at = 1;
        while (at < encoded.length) {
            int length = at + 1 < encoded.length ? (encoded[at] & 0xff) << 8 | encoded[at + 1] & 0xff : MAX_NAME_BYTES;
            at += 2;
            if (at + length > encoded.length) {
                throw Fault.corrupt("facts end inside a name");
            }
            names.add(new String(encoded, at, length, StandardCharsets.UTF_8));
            at += length;
        }
        return List.copyOf(names);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StringFacts that && Arrays.equals(encoded, that.encoded);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded);
    }
}

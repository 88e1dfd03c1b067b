package io.lambdascope.wire.remoteread;

import static io.lambdascope.wire.ProtoReader.LENGTH;
import static io.lambdascope.wire.ProtoReader.VARINT;

import io.lambdascope.fault.Fault;
import io.lambdascope.labels.Matcher;
import io.lambdascope.time.TimeRange;
import io.lambdascope.wire.ProtoReader;
import io.lambdascope.wire.SnappyBlock;
import io.lambdascope.wire.remoteread.ReadRequest.Query;
import java.util.ArrayList;
import java.util.List;

/// Reads the body of a remote read request: snappy around `prometheus.ReadRequest` (prometheus `prompb/remote.proto`).
public final class ReadRequestDecoder {
    private static final int QUERIES = 1 << 3 | LENGTH;
    private static final int ACCEPTED = 2 << 3 | VARINT;
    private static final int ACCEPTED_PACKED = 2 << 3 | LENGTH;

    private static final Matcher.Op[] OPS = {
        Matcher.Op.EQUAL, Matcher.Op.NOT_EQUAL, Matcher.Op.REGEX, Matcher.Op.NOT_REGEX
    };

    /// What a client names as the function around a selector when it lists series and looks at no sample.
    private static final String SERIES = "series";

    private final ProtoReader in;

    private ReadRequestDecoder(byte[] message) {
        this.in = new ProtoReader(message);
    }

    /// @param maxBytes the most that the body may have when decompressed
    /// @throws Fault TOO_LARGE; BAD_REQUEST if it is not what it should be; BAD_QUERY if a regex is none
    public static ReadRequest decode(byte[] body, int maxBytes) {
        return new ReadRequestDecoder(SnappyBlock.decompress(body, maxBytes)).request();
    }

    private ReadRequest request() {
        List<Query> queries = new ArrayList<>();
        List<Integer> accepted = new ArrayList<>();
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case QUERIES -> queries.add(query());
                case ACCEPTED -> accepted.add((int) in.varint());
                case ACCEPTED_PACKED -> {
                    int outer = in.enter();
                    while (in.position() < in.end()) {
                        accepted.add((int) in.varint());
                    }
                    in.leave(outer);
                }
                default -> in.skipField(tag);
            }
        }
        return new ReadRequest(queries, accepted);
    }

    private Query query() {
        int outer = in.enter();
        long startMillis = 0;
        long endMillis = 0;
        List<Matcher> matchers = new ArrayList<>();
        Hints hints = Hints.NONE;
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case 1 << 3 | VARINT -> startMillis = in.varint();
                case 2 << 3 | VARINT -> endMillis = in.varint();
                case 3 << 3 | LENGTH -> matchers.add(matcher());
                case 4 << 3 | LENGTH -> hints = hints();
                default -> in.skipField(tag);
            }
        }
        in.leave(outer);
        return new Query(matchers, hints.narrow(startMillis, endMillis), hints.function.equals(SERIES));
    }

    private Matcher matcher() {
        int outer = in.enter();
        long type = 0;
        String name = "";
        String value = "";
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case 1 << 3 | VARINT -> type = in.varint();
                case 2 << 3 | LENGTH -> name = in.text();
                case 3 << 3 | LENGTH -> value = in.text();
                default -> in.skipField(tag);
            }
        }
        in.leave(outer);
        if (type < 0 || type >= OPS.length) {
            throw Fault.badRequest("unknown matcher type %d; known are 0 to %d", type, OPS.length - 1);
        }
        return Matcher.of(name, OPS[(int) type], value);
    }

    private Hints hints() {
        int outer = in.enter();
        String function = "";
        long startMillis = 0;
        long endMillis = 0;
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case 2 << 3 | LENGTH -> function = in.text();
                case 3 << 3 | VARINT -> startMillis = in.varint();
                case 4 << 3 | VARINT -> endMillis = in.varint();
                default -> in.skipField(tag);
            }
        }
        in.leave(outer);
        return new Hints(function, startMillis, endMillis);
    }

    /// What the client will do with the samples. Step and grouping are read past: an answer holds samples as they are.
    ///
    /// @param function around the selector, or empty
    /// @param startMillis first moment that it looks at
    /// @param endMillis last moment that it looks at; 0 where it does not say
    private record Hints(String function, long startMillis, long endMillis) {
        static final Hints NONE = new Hints("", 0, 0);

        /// What of the time from `fromMillis` to `lastMillis`, both inside, is needed. A hint that leaves nothing of it
        /// is no hint.
        TimeRange narrow(long fromMillis, long lastMillis) {
            long from = Math.max(fromMillis, startMillis);
            long last = Math.min(lastMillis, endMillis);
            return endMillis != 0 && from <= last ? range(from, last) : range(fromMillis, lastMillis);
        }

        private static TimeRange range(long fromMillis, long lastMillis) {
            return fromMillis <= lastMillis
                    ? TimeRange.ofMillisInclusive(fromMillis, lastMillis)
                    : new TimeRange(TimeRange.millisToNanos(fromMillis), TimeRange.millisToNanos(fromMillis));
        }
    }
}

package io.lambdascope.api;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// The body of an answer as it is written: compressed where the request accepts that and it pays, and never more than a
/// function can give back.
public final class AnswerBody extends OutputStream {
    /// What fits in base64 into the 6 MB that a function may answer.
    public static final int MAX_BINARY_BYTES = 4_500_000;

    /// What fits as a string of JSON.
    private static final int MAX_TEXT_BYTES = 3_700_000;

    private static final int GZIP_FROM_BYTES = 1024;

    private final boolean gzip;
    private final BoundedBytes bytes;
    private OutputStream out;

    private AnswerBody(boolean gzip, int most, String advice) {
        this.gzip = gzip;
        this.bytes = new BoundedBytes(most, advice);
        this.out = bytes;
    }

    /// A body of text.
    ///
    /// @param request what is answered: says whether the answer may be compressed
    /// @param advice what to do where the answer gets too large, as in "ask for fewer series"
    public static AnswerBody text(HttpRequest request, String advice) {
        boolean gzip = acceptsGzip(request);
        return new AnswerBody(gzip, gzip ? MAX_BINARY_BYTES : MAX_TEXT_BYTES, advice);
    }

    /// A body of anything else; as [#text].
    public static AnswerBody binary(HttpRequest request, String advice) {
        return new AnswerBody(acceptsGzip(request), MAX_BINARY_BYTES, advice);
    }

    /// The fault of an answer that has more than `most` bytes.
    public static Fault tooLarge(int most, String advice) {
        return new Fault(FaultKind.OVER_LIMIT, "the answer is larger than %d bytes: %s".formatted(most, advice));
    }

    private static boolean acceptsGzip(HttpRequest request) {
        String accepted = request.header("accept-encoding");
        if (accepted == null) {
            return false;
        }
        for (String encoding : accepted.toLowerCase(Locale.ROOT).split(",")) {
            String[] parts = encoding.split(";");
            boolean refused = parts.length > 1 && parts[1].strip().matches("q=0(\\.0*)?");
            if ((parts[0].strip().equals("gzip") || parts[0].strip().equals("*")) && !refused) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    /// @throws Fault OVER_LIMIT if that is more than may be answered
    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        if (gzip && out == bytes && bytes.size() + length > GZIP_FROM_BYTES) {
            byte[] start = bytes.toByteArray();
            bytes.reset();
            out = new FastGzip(bytes);
            out.write(start);
        }
        out.write(from, offset, length);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /// The answer with this body, which ends here.
    ///
    /// @throws Fault OVER_LIMIT if that is more than may be answered
    public HttpResponse respond(int status, String contentType) throws IOException {
        close();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", contentType);
        headers.put("vary", "Accept-Encoding");
        if (out != bytes) {
            headers.put("content-encoding", "gzip");
        }
        return new HttpResponse(status, headers, bytes.toByteArray());
    }

    /// Each answer is sent once: the fastest level takes a quarter of the usual one's time, and a tenth more bytes.
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream to) throws IOException {
            super(to, 8192);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    /// Bytes in memory, and not too many of them.
    private static final class BoundedBytes extends ByteArrayOutputStream {
        private final int most;
        private final String advice;

        BoundedBytes(int most, String advice) {
            this.most = most;
            this.advice = advice;
        }

        @Override
        public synchronized void write(byte[] from, int offset, int length) {
            check(length);
            super.write(from, offset, length);
        }

        @Override
        public synchronized void write(int b) {
            check(1);
            super.write(b);
        }

        private void check(int more) {
            if (size() + more > most) {
                throw tooLarge(most, advice);
            }
        }
    }
}

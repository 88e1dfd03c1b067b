package io.lambdascope.wire;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/// How a body was packed for its way, as its `Content-Encoding` says (RFC 9110, 8.4). Unpacking stops at a number of
/// bytes, so that a body costs no more than that whatever it unfolds to.
public enum ContentEncoding {
    IDENTITY,
    GZIP,
    DEFLATE,
    ZSTD;

    /// What a zstd frame may ask for to look back in: 8 MB, which RFC 9659 allows on the way of HTTP.
    private static final int ZSTD_WINDOW_LOG = 23;

    /// How the frame of zlib begins (RFC 1950, 2.2).
    private static final int ZLIB_DEFLATE = 8;

    private static final int ZLIB_CHECK = 31;

    private static final int FIRST_ROOM = 1 << 16;

    /// @param header the value of `Content-Encoding`, null if there is none
    /// @throws Fault UNSUPPORTED_MEDIA if it is none that is read here
    public static ContentEncoding of(@Nullable String header) {
        if (header == null) {
            return IDENTITY;
        }
        return switch (header.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> IDENTITY;
            case "gzip", "x-gzip" -> GZIP;
            case "deflate" -> DEFLATE;
            case "zstd" -> ZSTD;
            default ->
                throw new Fault(
                        FaultKind.UNSUPPORTED_MEDIA,
                        "content-encoding \"%s\" is not read here; send gzip, deflate, zstd or none".formatted(header));
        };
    }

    /// The content of `body`.
    ///
    /// @param maxBytes the most that it may have
    /// @throws Fault TOO_LARGE if it has more, BAD_REQUEST if `body` is not what it should be
    public byte[] decode(byte[] body, int maxBytes) {
        if (this == IDENTITY) {
            if (body.length > maxBytes) {
                throw tooLarge("body has %d bytes, at most %d are taken".formatted(body.length, maxBytes));
            }
            return body;
        }
        try (InputStream content = open(body)) {
            return read(content, (int) Math.min(maxBytes, Math.max(FIRST_ROOM, 8L * body.length)), maxBytes);
        } catch (IOException e) {
            throw new Fault(
                    FaultKind.BAD_REQUEST, "body is not %s: %s".formatted(name().toLowerCase(Locale.ROOT), why(e)), e);
        }
    }

    private InputStream open(byte[] body) throws IOException {
        InputStream packed = new ByteArrayInputStream(body);
        return switch (this) {
            case IDENTITY -> packed;
            case GZIP -> new GZIPInputStream(packed, 1 << 13);
            case DEFLATE -> inflated(body);
            case ZSTD -> new ZstdInputStreamNoFinalizer(packed).setLongMax(ZSTD_WINDOW_LOG);
        };
    }

    /// With the frame of zlib, as RFC 9110 has it, or without, as many send it.
    private static InputStream inflated(byte[] body) {
        boolean framed = body.length > 1
                && (body[0] & 0x0f) == ZLIB_DEFLATE
                && ((body[0] & 0xff) << 8 | body[1] & 0xff) % ZLIB_CHECK == 0;
        Inflater inflater = new Inflater(!framed);
        return new InflaterInputStream(new ByteArrayInputStream(body), inflater, 1 << 13) {
            @Override
            public void close() throws IOException {
                super.close();
                inflater.end();
            }
        };
    }

    private static byte[] read(InputStream content, int room, int maxBytes) throws IOException {
        byte[] bytes = new byte[room];
        int size = 0;
        while (true) {
            int count = content.read(bytes, size, bytes.length - size);
            if (count < 0) {
                return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
            }
            size += count;
            if (size == bytes.length) {
                int next = content.read();
                if (next < 0) {
                    return bytes;
                }
                if (size == maxBytes) {
                    throw tooLarge(
                            "body has more than the %d bytes that are taken when decompressed".formatted(maxBytes));
                }
                bytes = Arrays.copyOf(bytes, (int) Math.min(maxBytes, 2L * size));
                bytes[size++] = (byte) next;
            }
        }
    }

    private static Fault tooLarge(String text) {
        return new Fault(FaultKind.TOO_LARGE, text + "; send smaller batches");
    }

    private static String why(IOException e) {
        return e.getMessage() == null ? "it ends too soon" : e.getMessage();
    }
}

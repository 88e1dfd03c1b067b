package io.lambdascope.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ContentEncodingTest {
    private static final int MAX = 300_000;

    private static byte[] pack(ContentEncoding encoding, byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        switch (encoding) {
            case IDENTITY -> packed.writeBytes(content);
            case GZIP -> {
                try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
                    out.write(content);
                }
            }
            case DEFLATE -> {
                try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
                    out.write(content);
                }
            }
            case ZSTD -> packed.writeBytes(Zstd.compress(content));
        }
        return packed.toByteArray();
    }

    private static Fault fault(ContentEncoding encoding, byte[] body) {
        return catchThrowableOfType(Fault.class, () -> encoding.decode(body, MAX));
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "~, IDENTITY",
                "identity, IDENTITY",
                "GZIP, GZIP",
                "' x-gzip ', GZIP",
                "deflate, DEFLATE",
                "zstd, ZSTD"
            },
            nullValues = "~")
    void isNamedByTheHeader(String header, ContentEncoding encoding) {
        assertThat(ContentEncoding.of(header)).isEqualTo(encoding);
    }

    @ParameterizedTest
    @CsvSource({"br", "snappy", "'gzip, gzip'"})
    void othersAreUnsupportedMedia(String header) {
        Fault fault = catchThrowableOfType(Fault.class, () -> ContentEncoding.of(header));
        assertThat(fault).hasMessageContaining("\"" + header + "\"").hasMessageContaining("send gzip");
        assertThat(fault.kind()).isEqualTo(FaultKind.UNSUPPORTED_MEDIA);
    }

    @ParameterizedTest
    @EnumSource
    void readsUpToTheLimitAndNotAByteMore(ContentEncoding encoding) throws IOException {
        for (int size : new int[] {0, 1, 65_536, 65_537, 200_000, MAX}) {
            byte[] content = new byte[size];
            Arrays.fill(content, (byte) size);
            assertThat(encoding.decode(pack(encoding, content), MAX)).isEqualTo(content);
        }
        Fault fault = fault(encoding, pack(encoding, new byte[MAX + 1]));
        assertThat(fault.kind()).isEqualTo(FaultKind.TOO_LARGE);
        assertThat(fault).hasMessageContaining(Integer.toString(MAX)).hasMessageContaining("smaller batches");
    }

    @ParameterizedTest
    @EnumSource(
            value = ContentEncoding.class,
            names = {"GZIP", "DEFLATE", "ZSTD"})
    void whatIsDamagedIsRefused(ContentEncoding encoding) throws IOException {
        byte[] content = "a body that is long enough to be cut somewhere".getBytes(StandardCharsets.UTF_8);
        byte[] body = pack(encoding, content);
        for (int length = 0; length < body.length; length++) {
            Fault fault = fault(encoding, Arrays.copyOf(body, length));
            // zstd takes nothing at all for nothing at all
            assertThat(fault == null ? null : fault.kind())
                    .as("%s cut to %d bytes", encoding, length)
                    .isEqualTo(encoding == ContentEncoding.ZSTD && length == 0 ? null : FaultKind.BAD_REQUEST);
        }
        assertThat(fault(encoding, content))
                .hasMessageContaining("body is not " + encoding.name().toLowerCase());
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 500; i++) {
            byte[] damaged = body.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) random.nextInt(1, 256);
            Fault fault = fault(encoding, damaged);
            assertThat(fault == null ? FaultKind.BAD_REQUEST : fault.kind())
                    .isIn(FaultKind.BAD_REQUEST, FaultKind.TOO_LARGE);
        }
    }

    @Test
    void aZstdFrameMayNotAskForMuchMemory() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (ZstdOutputStreamNoFinalizer out = new ZstdOutputStreamNoFinalizer(packed, 19)) {
            out.setLong(27);
            out.write(new byte[1000]);
        }
        assertThat(fault(ContentEncoding.ZSTD, packed.toByteArray()).kind()).isEqualTo(FaultKind.BAD_REQUEST);
    }
}

package io.lambdascope.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtoWriterTest {
    /// The examples of protobuf.dev, "Encoding".
    @Test
    void writesWhatTheSpecificationShows() {
        ProtoWriter out = new ProtoWriter(0);
        out.varint(1, 150);
        out.text(2, "testing");
        int message = out.begin(3);
        out.varint(1, 150);
        out.end(message);
        int packed = out.begin(6);
        out.rawVarint(3);
        out.rawVarint(270);
        out.rawVarint(86942);
        out.end(packed);
        out.zigzag(1, -2);
        out.float64(1, 1);
        assertThat(HexFormat.of().formatHex(out.toByteArray()))
                .isEqualTo("089601" + "120774657374696e67" + "1a03089601" + "3206038e029ea705" + "0803"
                        + "09000000000000f03f");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 127, 128, 129, 16_383, 16_384, 2_097_151, 2_097_152})
    void lengthsTakeAsManyBytesAsTheyNeed(int length) {
        byte[] content = new byte[length];
        new SplittableRandom(length).nextBytes(content);
        ProtoWriter out = new ProtoWriter(16);
        int outer = out.begin(1);
        int inner = out.begin(100_000_000);
        for (byte b : content) {
            out.rawVarint(b & 0x7f);
        }
        out.end(inner);
        out.end(outer);
        out.varint(2, -1);

        ProtoReader in = new ProtoReader(out.toByteArray());
        assertThat(in.tag()).isEqualTo(ProtoReader.tag(1, ProtoReader.LENGTH));
        int end = in.enter();
        assertThat(in.tag()).isEqualTo(ProtoReader.tag(100_000_000, ProtoReader.LENGTH));
        assertThat(in.length()).isEqualTo(length);
        for (byte b : content) {
            assertThat(in.varint()).isEqualTo(b & 0x7f);
        }
        assertThat(in.tag()).isZero();
        in.leave(end);
        assertThat(in.tag()).isEqualTo(ProtoReader.tag(2, ProtoReader.VARINT));
        assertThat(in.varint()).isEqualTo(-1);
        assertThat(in.tag()).isZero();
    }
}

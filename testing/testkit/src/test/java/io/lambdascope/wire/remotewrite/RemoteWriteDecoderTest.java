package io.lambdascope.wire.remotewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.testkit.metrics.BatchText;
import io.lambdascope.testkit.metrics.RandomBatches;
import io.lambdascope.testkit.metrics.RemoteWriteBody;
import io.lambdascope.testkit.metrics.RemoteWriteBody.Message;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RemoteWriteDecoderTest {
    private static final int MAX_BYTES = 1 << 20;

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 42), new SplittableRandom(11).longs(100));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void readsWhatASenderWrites(long seed) {
        MetricsBatch sent = RandomBatches.from(new SplittableRandom(seed));
        MetricsBatch read = RemoteWriteDecoder.decode(RemoteWriteBody.of(sent), MAX_BYTES);

        assertThat(read.seriesCount()).isEqualTo(sent.seriesCount());
        for (int i = 0; i < sent.seriesCount(); i++) {
            assertThat(read.labels(i)).isEqualTo(sent.labels(i));
            List<String> samples = BatchText.samples(sent, i).stream()
                    .map(text -> text.replaceAll(" since .*", "")) // 1.0 has no start timestamps
                    .toList();
            assertThat(BatchText.samples(read, i)).containsExactlyInAnyOrderElementsOf(samples);
        }
        assertThat(read.exemplars()).isEqualTo(sent.exemplars());
        assertThat(read.metadata()).isEqualTo(sent.metadata());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void damagedBodiesAreRefusedOrReadAsSomethingBounded(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] message = RemoteWriteBody.message(RandomBatches.from(random));
        byte[] damaged = Arrays.copyOf(message, random.nextInt(message.length + 1));
        for (int i = random.nextInt(4); i > 0 && damaged.length > 0; i--) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
        byte[] body = RemoteWriteBody.snappy(damaged);
        if (random.nextBoolean() && body.length > 0) {
            body[random.nextInt(body.length)] = (byte) random.nextInt();
        }
        try {
            RemoteWriteDecoder.decode(body, MAX_BYTES);
        } catch (Fault fault) {
            assertThat(fault.kind()).isIn(FaultKind.BAD_REQUEST, FaultKind.TOO_LARGE);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        an empty body            |                    | BAD_REQUEST | empty
        a size without end       | ffffffffffff       | BAD_REQUEST | no end
        a size and nothing more  | 10                 | BAD_REQUEST | snappy
        more than is in there    | 0a0061             | BAD_REQUEST | snappy
        a copy from before       | 0801610a           | BAD_REQUEST | snappy
        1 GB in a few bytes      | 8080808004fe0100   | TOO_LARGE   | 1073741824 bytes
        1 MB in a few bytes      | ffff3ffe0100       | BAD_REQUEST | cannot hold
        a frame, not a block     | ff060000734e6150705900 | BAD_REQUEST | snappy
        """)
    void whatIsNotSnappyIsRefused(String name, String hex, FaultKind kind, String text) {
        byte[] body = hex == null ? new byte[0] : HexFormat.of().parseHex(hex);
        Fault fault = catchThrowableOfType(Fault.class, () -> RemoteWriteDecoder.decode(body, MAX_BYTES));
        assertThat(fault).as(name).hasMessageContaining(text);
        assertThat(fault.kind()).isEqualTo(kind);
    }

    @Test
    void fieldsNobodyKnowsAreSkippedAndAnyOrderIsRead() {
        Message series = new Message()
                .sample(1.5, 1000)
                .varint(77, 5)
                .label("__name__", "up")
                .label("empty", "")
                .sample(2.5, -1)
                .float64(78, 1)
                .label("job", "node");
        byte[] body = RemoteWriteBody.snappy(new Message()
                .text(2, "reserved")
                .message(1, series)
                .message(1, series)
                .bytes());
        MetricsBatch batch = RemoteWriteDecoder.decode(body, MAX_BYTES);
        assertThat(batch.seriesCount()).isEqualTo(2);
        assertThat(batch.labels(0)).hasToString("up{job=\"node\"}");
        assertThat(batch.labels(1)).hasToString("up{job=\"node\"}");
        assertThat(Arrays.copyOf(batch.timestamps(), 4)).containsExactly(1000, -1, 1000, -1);
    }
}

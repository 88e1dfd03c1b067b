package io.lambdascope.wire.remoteread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.labels.Matcher;
import io.lambdascope.testkit.metrics.RemoteWriteBody;
import io.lambdascope.testkit.metrics.RemoteWriteBody.Message;
import io.lambdascope.time.TimeRange;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ReadRequestDecoderTest {
    private static final int MAX_BYTES = 100_000;

    private static ReadRequest decode(Message message) {
        return ReadRequestDecoder.decode(RemoteWriteBody.snappy(message.bytes()), MAX_BYTES);
    }

    private static Message matcher(int type, String name, String value) {
        return new Message().varint(1, type).text(2, name).text(3, value);
    }

    private static Message hints(String function, long startMillis, long endMillis) {
        return new Message()
                .varint(1, 15_000)
                .text(2, function)
                .varint(3, startMillis)
                .varint(4, endMillis)
                .text(5, "job")
                .varint(6, 1)
                .varint(7, 300_000);
    }

    @Test
    void readsWhatPrometheusSends() {
        Message query = new Message()
                .varint(1, 1000)
                .varint(2, 9000)
                .message(3, matcher(0, "__name__", "up"))
                .message(3, matcher(1, "job", "node"))
                .message(3, matcher(2, "instance", "a.*"))
                .message(3, matcher(3, "zone", "b|c"))
                .message(4, hints("rate", 2000, 8000));
        ReadRequest request = decode(new Message()
                .message(1, query)
                .message(1, new Message().varint(1, 5).varint(2, 6))
                .bytes(2, new byte[] {1, 0}));
        assertThat(request.queries().getFirst())
                .isEqualTo(new ReadRequest.Query(
                        List.of(
                                Matcher.of("__name__", Matcher.Op.EQUAL, "up"),
                                Matcher.of("job", Matcher.Op.NOT_EQUAL, "node"),
                                Matcher.of("instance", Matcher.Op.REGEX, "a.*"),
                                Matcher.of("zone", Matcher.Op.NOT_REGEX, "b|c")),
                        TimeRange.ofMillisInclusive(2000, 8000),
                        false));
        assertThat(request.queries().get(1))
                .isEqualTo(new ReadRequest.Query(List.of(), TimeRange.ofMillisInclusive(5, 6), false));
        assertThat(request.accepted()).containsExactly(1, 0);
    }

    @ParameterizedTest(name = "{0} to {1}, hints {2} to {3}")
    @CsvSource({
        "1000, 9000, 2000, 8000, 2000, 8000",
        "1000, 9000, 0, 8000, 1000, 8000",
        "1000, 9000, 500, 20000, 1000, 9000",
        // a hint that is none, or that leaves nothing
        "1000, 9000, 0, 0, 1000, 9000",
        "1000, 9000, 9500, 9900, 1000, 9000",
        "-5000, -1000, -4000, -2000, -4000, -2000",
        "7, 7, 7, 7, 7, 7",
    })
    void hintsNarrowTheTime(long start, long end, long hintStart, long hintEnd, long from, long last) {
        ReadRequest request = decode(new Message()
                .message(1, new Message().varint(1, start).varint(2, end).message(4, hints("", hintStart, hintEnd))));
        assertThat(request.queries().getFirst().range()).isEqualTo(TimeRange.ofMillisInclusive(from, last));
    }

    @Test
    void aQueryThatEndsBeforeItStartsWantsNothing() {
        ReadRequest request =
                decode(new Message().message(1, new Message().varint(1, 9).varint(2, 8)));
        assertThat(request.queries().getFirst().range().isEmpty()).isTrue();
    }

    @Test
    void knowsWhoWantsLabelsOnly() {
        ReadRequest request = decode(new Message().message(1, new Message().message(4, hints("series", 0, 0))));
        assertThat(request.queries().getFirst().labelsOnly()).isTrue();
    }

    @Test
    void namesWhatIsWrong() {
        assertThatThrownBy(() -> decode(new Message().message(1, new Message().message(3, matcher(4, "a", "b")))))
                .hasMessage("unknown matcher type 4; known are 0 to 3");
        assertThatThrownBy(() -> decode(new Message().message(1, new Message().message(3, matcher(2, "a", "(")))))
                .isInstanceOfSatisfying(Fault.class, e -> assertThat(e.kind()).isEqualTo(FaultKind.BAD_QUERY));
        assertThatThrownBy(() -> ReadAnswer.to(decode(new Message().varint(2, 9)), 1, _ -> Fault.badRequest("")))
                .hasMessageStartingWith("server does not support any of the requested response types: [9]");
        assertThatThrownBy(() -> ReadRequestDecoder.decode(RemoteWriteBody.snappy(new byte[MAX_BYTES + 1]), MAX_BYTES))
                .isInstanceOfSatisfying(Fault.class, e -> assertThat(e.kind()).isEqualTo(FaultKind.TOO_LARGE));
    }

    @Test
    void takesTheFirstFormThatItKnows() {
        assertThat(form()).isEqualTo("application/x-protobuf");
        assertThat(form(7, 0)).isEqualTo("application/x-protobuf");
        assertThat(form(1, 0)).startsWith("application/x-streamed-protobuf");
        assertThat(form(0, 1)).isEqualTo("application/x-protobuf");
    }

    private static String form(Integer... accepted) {
        ReadRequest request = new ReadRequest(List.of(), List.of(accepted));
        return ReadAnswer.to(request, 1, _ -> Fault.badRequest("")).contentType();
    }

    static LongStream seeds() {
        return new SplittableRandom(4).longs(200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void damagedRequestsAreRefusedOrReadAsSomething(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] message = new Message()
                .message(
                        1,
                        new Message()
                                .varint(1, 1000)
                                .varint(2, 9000)
                                .message(3, matcher(2, "instance", "a.*"))
                                .message(4, hints("rate", 2000, 8000)))
                .varint(2, 1)
                .bytes();
        byte[] damaged = Arrays.copyOf(message, random.nextInt(1, message.length + 1));
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        try {
            assertThat(ReadRequestDecoder.decode(RemoteWriteBody.snappy(damaged), MAX_BYTES)
                            .queries()
                            .size())
                    .isLessThanOrEqualTo(damaged.length);
        } catch (Fault fault) {
            assertThat(fault.kind()).isIn(FaultKind.BAD_REQUEST, FaultKind.BAD_QUERY);
        }
    }
}

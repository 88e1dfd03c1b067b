package io.lambdascope.head.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.head.Segment;
import io.lambdascope.head.SegmentFormat;
import io.lambdascope.labels.Matcher;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.source.logs.LogsFacts;
import io.lambdascope.testkit.logs.LogItem;
import io.lambdascope.testkit.logs.RandomLogs;
import io.lambdascope.testkit.wire.DamagedBytes;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LogsSegmentTest {
    private static final Tenant TENANT = new Tenant("shop");
    private static final long ARRIVED = 1_700_000_100_000_000_000L;

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 42), new SplittableRandom(3).longs(30));
    }

    private static Segment segment(List<LogItem> items) {
        return LogsSegmentWriter.encode(TENANT, LogItem.batch(items), ARRIVED, SegmentFormat.LEVEL_FAST);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void readsBackWhatWasWritten(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<LogItem> items = RandomLogs.items(random, 1 + random.nextInt(200), 1_700_000_000_000_000_000L, 1L << 40);
        Segment segment = Segment.of(segment(items).bytes());
        LogsSegmentReader.Contents contents = LogsSegmentReader.read(segment);
        assertThat(LogItem.of(contents.batch())).isEqualTo(items);
        assertThat(contents.arrivedNanos()).isEqualTo(ARRIVED);
        assertThat(segment.header().rows()).isEqualTo(items.size());
        assertThat(items).allMatch(item -> segment.header().range().contains(item.timeNanos()));
    }

    @Test
    void factsRuleOutStreamsThatAreNotThere() {
        List<LogItem> items = RandomLogs.items(new SplittableRandom(5), 50, 1_700_000_000_000_000_000L, 1L << 40);
        LogsFacts facts = LogsFacts.decode(segment(items).header().facts());
        String app = items.getFirst().stream().get("app");
        assertThat(facts.mayMatch(List.of(Matcher.equal("app", app)))).isTrue();
        assertThat(facts.mayMatch(List.of(Matcher.equal("app", "nobody")))).isFalse();
        assertThat(facts.mayMatch(List.of(Matcher.of("app", Matcher.Op.REGEX, "nobody|none"))))
                .isFalse();
        assertThat(facts.mayMatch(List.of(Matcher.of("app", Matcher.Op.REGEX, "no.*"))))
                .isTrue();
        assertThat(facts.mayMatch(List.of(Matcher.equal("absent", "")))).isTrue();
    }

    /// Columns that contradict themselves, in an envelope that is sound: damage that no checksum shows.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void brokenColumnsAreFaults(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] payload = segment(RandomLogs.items(random, 40, 1_700_000_000_000_000_000L, 1L << 40))
                .payload();
        for (int i = 0; i < 200; i++) {
            byte[] broken = DamagedBytes.of(payload, random);
            // the columns of numbers come first and are small beside the texts
            if (broken.length > 0) {
                broken[random.nextInt(Math.min(200, broken.length))] = (byte) random.nextInt(4);
            }
            Segment segment = SegmentFormat.encode(
                    TENANT, Signal.LOGS, 0, 1, 40, new byte[0], broken, broken.length, SegmentFormat.LEVEL_FAST);
            assertThatCode(() -> {
                        try {
                            LogsSegmentReader.read(segment);
                        } catch (Fault fault) {
                            assertThat(fault.kind()).isEqualTo(FaultKind.CORRUPT_DATA);
                        }
                    })
                    .doesNotThrowAnyException();
        }
    }
}

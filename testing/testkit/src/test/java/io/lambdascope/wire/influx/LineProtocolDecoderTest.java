package io.lambdascope.wire.influx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lambdascope.fault.Fault;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.testkit.metrics.InfluxBody;
import io.lambdascope.testkit.metrics.RandomBatches;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LineProtocolDecoderTest {
    private static final long NOW = 1_700_000_000_000L;

    /// A case of `influx/cases.txt`, where the form is described.
    record Case(String name, InfluxPrecision precision, String body, List<String> samples, String refused) {
        static Case parse(String text) {
            String precision = "";
            List<String> body = new ArrayList<>();
            List<String> samples = new ArrayList<>();
            String refused = "";
            String[] lines = text.split("\n");
            for (int i = 1; i < lines.length; i++) {
                String line = lines[i];
                String rest = line.substring(Math.min(line.length(), 2));
                switch (line.charAt(0)) {
                    case '<' -> body.add(rest.replace('␍', '\r').replace('␉', '\t'));
                    case '>' -> samples.add(rest);
                    case '!' -> refused = rest.replace('␍', '\r');
                    case 'p' -> precision = line.substring("precision ".length());
                    default -> throw new IllegalArgumentException("no line of a case: " + line);
                }
            }
            return new Case(lines[0], InfluxPrecision.of(precision), String.join("\n", body), samples, refused);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() throws IOException {
        try (InputStream in = LineProtocolDecoderTest.class.getResourceAsStream("/influx/cases.txt")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Stream.of(text.strip().split("\n\n"))
                    .filter(part -> !part.startsWith("#"))
                    .map(Case::parse)
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void readsWhatTheCaseSays(Case wanted) {
        LineProtocolDecoder.Decoded decoded =
                LineProtocolDecoder.decode(wanted.body().getBytes(StandardCharsets.UTF_8), wanted.precision(), NOW);
        assertThat(samples(decoded.batch())).isEqualTo(wanted.samples());
        assertThat(decoded.rejections().text()).isEqualTo(wanted.refused());
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 42), new SplittableRandom(14).longs(50));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void readsWhatASenderWrites(long seed) {
        MetricsBatch sent = RandomBatches.from(new SplittableRandom(seed));
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < sent.seriesCount(); i++) {
            for (int s = sent.sampleStart(i); s < sent.sampleEnd(i); s++) {
                if (InfluxBody.canSend(sent, s)) {
                    String labels = sent.labels(i).toString().replace("\"p\u00e4th\"", "p_th");
                    expected.add("%s %s %d".formatted(labels, sent.values()[s], sent.timestamps()[s]));
                }
            }
        }
        LineProtocolDecoder.Decoded read =
                LineProtocolDecoder.decode(InfluxBody.of(sent), InfluxPrecision.NANOSECONDS, NOW);
        assertThat(read.rejections().text()).isEmpty();
        assertThat(samples(read.batch())).isEqualTo(expected);
    }

    private static List<String> samples(MetricsBatch batch) {
        List<String> samples = new ArrayList<>();
        for (int i = 0; i < batch.seriesCount(); i++) {
            batch.series().sort(i);
            int sample = batch.sampleStart(i);
            assertThat(batch.sampleEnd(i)).isEqualTo(sample + 1);
            samples.add("%s %s %d".formatted(batch.labels(i), batch.values()[sample], batch.timestamps()[sample]));
        }
        return samples;
    }

    @Test
    void aByteThatIsNoUtf8IsOneCharacter() {
        byte[] body = "m\u00c3\u00a4\u0080\u00ff value=1".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(samples(LineProtocolDecoder.decode(body, InfluxPrecision.NANOSECONDS, NOW)
                        .batch()))
                .containsExactly("m__ 1.0 " + NOW);
    }

    @Test
    void longLinesAndWordsAreReadWhole() {
        StringBuilder line = new StringBuilder("m".repeat(3000));
        for (int i = 0; i < 100; i++) {
            line.append(",t").append(i).append("=v");
        }
        line.append(" f=1");
        for (int i = 0; i < 100; i++) {
            line.append(",f").append(i).append("=").append(i);
        }
        MetricsBatch batch = LineProtocolDecoder.decode(
                        line.toString().getBytes(StandardCharsets.UTF_8), InfluxPrecision.NANOSECONDS, NOW)
                .batch();
        assertThat(batch.seriesCount()).isEqualTo(101);
        assertThat(batch.labels(100).size()).isEqualTo(101);
        assertThat(batch.labels(100).metricName()).isEqualTo("m".repeat(3000) + "_f99");
        assertThat(batch.values()[100]).isEqualTo(99);
    }

    @Test
    void otherPrecisionsAreRefused() {
        assertThatThrownBy(() -> InfluxPrecision.of("d"))
                .isInstanceOf(Fault.class)
                .hasMessage("precision \"d\" is none of ns, us, ms, s, m and h");
    }
}

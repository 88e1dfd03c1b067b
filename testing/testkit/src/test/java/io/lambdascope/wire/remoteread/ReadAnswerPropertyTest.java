package io.lambdascope.wire.remoteread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.NativeHistogram.ResetHint;
import io.lambdascope.model.metrics.SeriesSamples;
import io.lambdascope.testkit.metrics.BatchText;
import io.lambdascope.testkit.metrics.RandomMetrics;
import io.lambdascope.testkit.remoteread.ReadAnswers;
import io.lambdascope.testkit.remoteread.ReadAnswers.Series;
import io.lambdascope.time.TimeRange;
import io.lambdascope.wire.remoteread.ReadRequest.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever samples a series has, a client reads the same ones.
class ReadAnswerPropertyTest {
    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 42), new SplittableRandom(5).longs(100));
    }

    private static ReadAnswer answer(Form form, int queries, int maxBytes) {
        List<ReadRequest.Query> all = new ArrayList<>();
        for (int i = 0; i < queries; i++) {
            all.add(new ReadRequest.Query(List.of(), TimeRange.ALWAYS, false));
        }
        return ReadAnswer.to(
                new ReadRequest(all, List.of(form.ordinal())),
                maxBytes,
                most -> new Fault(FaultKind.OVER_LIMIT, "more than " + most));
    }

    /// The samples of each series of a batch, sorted, of several of one moment the last.
    private static Map<Labels, SeriesSamples> sorted(MetricsBatch batch) {
        Map<Labels, TreeMap<Long, Integer>> places = new TreeMap<>();
        for (int series = 0; series < batch.seriesCount(); series++) {
            TreeMap<Long, Integer> its = places.computeIfAbsent(batch.labels(series), _ -> new TreeMap<>());
            for (int i = batch.sampleStart(series); i < batch.sampleEnd(series); i++) {
                its.put(batch.timestamps()[i], i);
            }
        }
        Map<Labels, SeriesSamples> all = new TreeMap<>();
        places.forEach((labels, its) -> {
            SeriesSamples samples = new SeriesSamples();
            its.forEach((time, i) -> {
                NativeHistogram histogram = batch.histogram(i);
                if (histogram == null) {
                    samples.add(time, batch.values()[i]);
                } else {
                    samples.add(time, histogram);
                }
            });
            all.put(labels, samples);
        });
        all.values().removeIf(SeriesSamples::isEmpty);
        return all;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void samplesComeBackAsTheyAre(long seed) {
        Map<Labels, SeriesSamples> sent = sorted(RandomMetrics.batch(new SplittableRandom(seed)));
        ReadAnswer answer = answer(Form.SAMPLES, 3, 1 << 24);
        sent.forEach((labels, samples) -> answer.add(1, labels, samples));
        List<List<Series>> results = ReadAnswers.samples(answer.finish());
        assertThat(results).hasSize(3);
        assertThat(results.get(0)).isEmpty();
        assertThat(results.get(2)).isEmpty();
        assertThat(results.get(1)).extracting(Series::labels).containsExactlyElementsOf(sent.keySet());
        for (Series series : results.get(1)) {
            assertThat(BatchText.samples(series.samples())).isEqualTo(BatchText.samples(sent.get(series.labels())));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void chunksHoldTheSamples(long seed) {
        Map<Labels, SeriesSamples> sent = sorted(RandomMetrics.batch(new SplittableRandom(seed)));
        ReadAnswer answer = answer(Form.STREAMED_XOR_CHUNKS, 8, 1 << 24);
        sent.forEach((labels, samples) -> answer.add(7, labels, samples));
        List<Series> messages = ReadAnswers.chunks(answer.finish());
        assertThat(messages).extracting(Series::labels).containsExactlyElementsOf(sent.keySet());
        for (Series series : messages) {
            assertThat(series.query()).isEqualTo(7);
            checkSame(series.samples(), sent.get(series.labels()));
        }
    }

    private static void checkSame(SeriesSamples read, SeriesSamples sent) {
        assertThat(read.size()).isEqualTo(sent.size());
        for (int i = 0; i < sent.size(); i++) {
            assertThat(PopulatedBuckets.text(read, i, false)).isEqualTo(PopulatedBuckets.text(sent, i, false));
            NativeHistogram histogram = read.histogram(i);
            NativeHistogram original = sent.histogram(i);
            if (histogram != null && original != null && !original.isStale()) {
                assertThat(histogram.resetHint() == ResetHint.GAUGE).isEqualTo(original.resetHint() == ResetHint.GAUGE);
                if (histogram.resetHint() == ResetHint.NOT_RESET) {
                    checkNoReset(read.histogram(i - 1), histogram, original);
                }
            }
        }
    }

    /// A reader believes the chunk: so it must be true.
    private static void checkNoReset(NativeHistogram before, NativeHistogram histogram, NativeHistogram original) {
        assertThat(original.resetHint()).isNotEqualTo(ResetHint.RESET);
        assertThat(histogram.count()).isGreaterThanOrEqualTo(before.count());
        assertThat(histogram.positiveSpans()).isEqualTo(before.positiveSpans());
        for (int i = 0; i < histogram.positiveBuckets().length; i++) {
            assertThat(histogram.positiveBuckets()[i]).isGreaterThanOrEqualTo(before.positiveBuckets()[i]);
        }
        for (int i = 0; i < histogram.negativeBuckets().length; i++) {
            assertThat(histogram.negativeBuckets()[i]).isGreaterThanOrEqualTo(before.negativeBuckets()[i]);
        }
    }

    @Test
    void longSeriesTakeSeveralMessages() {
        SplittableRandom random = new SplittableRandom(3);
        SeriesSamples samples = new SeriesSamples();
        for (int i = 0; i < 200_000; i++) {
            samples.add(1000L * i, random.nextDouble());
        }
        ReadAnswer answer = answer(Form.STREAMED_XOR_CHUNKS, 1, 1 << 24);
        answer.add(0, Labels.of("a", "b"), samples);
        List<Series> messages = ReadAnswers.chunks(answer.finish());
        assertThat(messages).hasSizeGreaterThan(1);
        SeriesSamples read = new SeriesSamples();
        messages.forEach(message -> read.addAll(message.samples()));
        checkSame(read, samples);
    }

    @ParameterizedTest
    @EnumSource
    void endsBeforeItGetsTooLarge(Form form) {
        SplittableRandom random = new SplittableRandom(3);
        SeriesSamples samples = new SeriesSamples();
        for (int i = 0; i < 10_000; i++) {
            samples.add(1000L * i, random.nextDouble());
        }
        ReadAnswer answer = answer(form, 1, 50_000);
        Fault fault = catchThrowableOfType(Fault.class, () -> {
            answer.add(0, Labels.of("a", "b"), samples);
            answer.finish();
        });
        assertThat(fault.text()).isEqualTo("more than 50000");
    }

    @ParameterizedTest
    @EnumSource
    void seriesWithoutSamplesAreThere(Form form) {
        ReadAnswer answer = answer(form, 1, 1000);
        answer.add(0, Labels.of("a", "b"), new SeriesSamples());
        answer.add(0, Labels.of("a", "c"), new SeriesSamples());
        byte[] body = answer.finish();
        List<Series> series = form == Form.SAMPLES ? ReadAnswers.samples(body).getFirst() : ReadAnswers.chunks(body);
        assertThat(series).extracting(Series::labels).containsExactly(Labels.of("a", "b"), Labels.of("a", "c"));
    }
}

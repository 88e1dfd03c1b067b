package io.lambdascope.wire.remoteread;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.fault.Fault;
import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.SeriesSamples;
import io.lambdascope.testkit.remoteread.ReadAnswers;
import io.lambdascope.testkit.remoteread.ReadAnswers.Series;
import io.lambdascope.wire.SnappyBlock;
import io.lambdascope.wire.remoteread.ReadRequest.Form;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a real Prometheus answers (see [PrometheusRecorder]), and what we answer over the same series: byte for byte.
class PrometheusAnswersTest {
    private static byte[] recorded(Form form) throws IOException {
        String name = "/prometheus-answers/" + form + ".bin";
        try (InputStream in = Objects.requireNonNull(PrometheusAnswersTest.class.getResourceAsStream(name))) {
            return in.readAllBytes();
        }
    }

    private static byte[] ours(Form form) {
        ReadRequest request = ReadRequestDecoder.decode(PrometheusRecorder.request(form), 10_000);
        ReadAnswer answer = ReadAnswer.to(request, 1 << 20, most -> Fault.badRequest("more than %d", most));
        series(form).forEach((labels, samples) -> {
            int query = labels.metricName().equals("recorded_float") ? 0 : 1;
            answer.add(query, labels, samples);
        });
        return answer.finish();
    }

    private static Map<Labels, SeriesSamples> series(Form form) {
        Map<Labels, SeriesSamples> series = RecordedSeries.all();
        if (form == Form.SAMPLES) {
            series.keySet().removeIf(labels -> labels.metricName().equals("recorded_histogram"));
        }
        return series;
    }

    @Test
    void samplesAreThoseOfPrometheus() throws IOException {
        assertThat(SnappyBlock.decompress(ours(Form.SAMPLES), 1 << 20))
                .isEqualTo(SnappyBlock.decompress(recorded(Form.SAMPLES), 1 << 20));
    }

    @Test
    void chunksAreThoseOfPrometheus() throws IOException {
        List<Series> theirs = ReadAnswers.chunks(recorded(Form.STREAMED_XOR_CHUNKS));
        List<Series> ours = ReadAnswers.chunks(ours(Form.STREAMED_XOR_CHUNKS));
        assertThat(ours)
                .extracting(Series::labels)
                .isEqualTo(theirs.stream().map(Series::labels).toList());
        assertThat(ours)
                .extracting(Series::query)
                .isEqualTo(theirs.stream().map(Series::query).toList());
        assertThat(chunkTexts(ours)).isEqualTo(chunkTexts(theirs));
    }

    /// The decoder that other tests rely on reads what Prometheus wrote, and reads it right.
    @ParameterizedTest
    @EnumSource
    void theRecordingHoldsTheSeries(Form form) throws IOException {
        List<Series> series = switch (form) {
            case SAMPLES ->
                ReadAnswers.samples(recorded(form)).stream()
                        .flatMap(List::stream)
                        .toList();
            case STREAMED_XOR_CHUNKS -> ReadAnswers.chunks(recorded(form));
        };
        Map<String, List<String>> expected = new TreeMap<>();
        series(form).forEach((labels, samples) -> expected.put(labels.toString(), PopulatedBuckets.texts(samples)));
        assertThat(texts(series)).isEqualTo(expected);
    }

    /// Behind some chunks Prometheus 2.42 has a byte that nobody reads.
    private static List<String> chunkTexts(List<Series> messages) {
        return messages.stream()
                .flatMap(message -> message.chunks().stream())
                .map(chunk -> chunk.encoding() + " "
                        + HexFormat.of().formatHex(chunk.data()).replaceAll("(00)+$", ""))
                .toList();
    }

    private static Map<String, List<String>> texts(List<Series> messages) {
        Map<String, List<String>> texts = new TreeMap<>();
        for (Series message : messages) {
            assertThat(texts.put(message.labels().toString(), PopulatedBuckets.texts(message.samples())))
                    .as("each series in one message")
                    .isNull();
        }
        return texts;
    }
}

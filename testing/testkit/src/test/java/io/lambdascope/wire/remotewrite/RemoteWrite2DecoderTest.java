package io.lambdascope.wire.remotewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lambdascope.fault.Fault;
import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.Exemplar;
import io.lambdascope.model.metrics.MetricMetadata;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.testkit.metrics.BatchText;
import io.lambdascope.testkit.metrics.RandomBatches;
import io.lambdascope.testkit.metrics.RemoteWrite2Body;
import io.lambdascope.testkit.metrics.RemoteWriteBody;
import io.lambdascope.testkit.metrics.RemoteWriteBody.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RemoteWrite2DecoderTest {
    private static final int MAX_BYTES = 1 << 20;
    private static final int SAMPLES = RemoteWrite2Body.SAMPLES;
    private static final int HISTOGRAMS = RemoteWrite2Body.HISTOGRAMS;
    private static final int EXEMPLARS = RemoteWrite2Body.EXEMPLARS;
    private static final int METADATA = RemoteWrite2Body.METADATA;
    private static final int CREATED_TIMESTAMP = 6;

    private final RemoteWrite2Body body = new RemoteWrite2Body();

    private static MetricsBatch read(byte[] body) {
        RemoteWrite2Decoder.Decoded decoded = RemoteWrite2Decoder.decode(body, MAX_BYTES);
        assertThat(decoded.rejections().text()).isEmpty();
        return decoded.batch();
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 42), new SplittableRandom(12).longs(100));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void readsWhatASenderWrites(long seed) {
        MetricsBatch sent = RandomBatches.from(new SplittableRandom(seed));
        MetricsBatch read = read(RemoteWrite2Body.of(sent));

        assertThat(samples(read)).isEqualTo(samples(sent));
        assertThat(exemplars(read)).isEqualTo(exemplars(sent));
        Set<String> names = samples(sent).keySet().stream()
                .map(labels -> labels.replaceAll("\\{.*", ""))
                .collect(Collectors.toSet());
        assertThat(read.metadata())
                .containsExactlyInAnyOrderElementsOf(sent.metadata().stream()
                        .filter(item -> names.contains(item.family()))
                        .toList());
    }

    /// Series without samples cannot be sent.
    private static Map<String, List<String>> samples(MetricsBatch batch) {
        Map<String, List<String>> samples = new LinkedHashMap<>();
        for (int i = 0; i < batch.seriesCount(); i++) {
            List<String> ofSeries = BatchText.samples(batch, i);
            if (!ofSeries.isEmpty()) {
                samples.computeIfAbsent(batch.labels(i).toString(), _ -> new ArrayList<>())
                        .addAll(ofSeries);
            }
        }
        samples.values().forEach(list -> list.sort(null));
        return samples;
    }

    private static List<String> exemplars(MetricsBatch batch) {
        return batch.exemplars().stream()
                .filter(item -> batch.sampleEnd(item.series()) > batch.sampleStart(item.series()))
                .map(item -> batch.labels(item.series()) + " " + item.exemplar())
                .toList();
    }

    @Test
    void fieldsNobodyKnowsAreSkippedAndAnyOrderIsRead() {
        Message series = new Message()
                .message(SAMPLES, new Message().varint(2, 1000).float64(1, 1.5).varint(99, 1))
                .varint(77, 5)
                .varint(1, body.symbol("__name__")) // references need not be packed …
                .varint(1, body.symbol("up"))
                .packed(1, body.symbol("empty"), body.symbol("")) // … nor stand together
                .packed(1, body.symbol("job"))
                .packed(1, body.symbol("node"));
        Message seriesFirst = new Message().message(5, series);
        Message symbols = new Message();
        Stream.of("", "__name__", "up", "empty", "job", "node").forEach(symbol -> symbols.text(4, symbol));
        MetricsBatch batch =
                read(RemoteWriteBody.snappy(seriesFirst.append(symbols).bytes()));
        assertThat(batch.labels(0)).hasToString("up{job=\"node\"}");
        assertThat(BatchText.samples(batch, 0)).containsExactly("1000 3ff8000000000000");
    }

    @Test
    void startTimestampsAreTheSamplesOrElseTheSeries() {
        Message histogram = new Message().varint(1, 1).varint(15, 3000).varint(17, 700);
        body.add(body.labels("__name__", "own")
                        .message(SAMPLES, new Message().varint(2, 1000).varint(3, 500))
                        .message(SAMPLES, new Message().varint(2, 2000)))
                .add(body.labels("__name__", "histogram").message(HISTOGRAMS, histogram))
                .add(body.labels("__name__", "draft")
                        .varint(CREATED_TIMESTAMP, 400)
                        .message(SAMPLES, new Message().varint(2, 1000).varint(3, 500))
                        .message(SAMPLES, new Message().varint(2, 2000)))
                .add(body.labels("__name__", "unknown").message(SAMPLES, new Message().varint(2, 1000)));
        MetricsBatch batch = read(body.bytes());
        long[] starts = new long[batch.sampleCount()];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = batch.startMillis(i);
        }
        assertThat(starts).containsExactly(500, 0, 700, 500, 400, 0);
    }

    static Stream<Arguments> refusedSeries() {
        Message sample = new Message().float64(1, 1).varint(2, 1000);
        return Stream.of(
                refused(
                        "an odd number of references",
                        "odd-label-references",
                        "received 3 references",
                        body -> body.labels("__name__", "bad", "job").message(SAMPLES, sample)),
                refused(
                        "a name that is no symbol",
                        "symbol-out-of-range",
                        "reference to symbol 999 in the labels of a series, there are ",
                        body -> new Message().packed(1, 999, body.symbol("bad")).message(SAMPLES, sample)),
                refused(
                        "a value that is no symbol and as large as can be",
                        "symbol-out-of-range",
                        "reference to symbol 2147483647",
                        body -> new Message()
                                .packed(1, body.symbol("__name__"), -1)
                                .message(SAMPLES, sample)),
                refused(
                        "help that is no symbol",
                        "symbol-out-of-range",
                        "reference to symbol 77 in the metadata of a series",
                        body -> body.labels("__name__", "bad")
                                .message(SAMPLES, sample)
                                .message(METADATA, new Message().varint(3, 77))),
                refused(
                        "nothing",
                        "no-samples",
                        "neither samples nor histograms, it must have either, series: bad",
                        body -> body.labels("__name__", "bad")),
                refused(
                        "exemplars alone",
                        "no-samples",
                        "neither samples nor histograms",
                        body -> body.labels("__name__", "bad")
                                .message(EXEMPLARS, body.labels("a", "b").varint(3, 1000))),
                refused(
                        "both",
                        "samples-and-histograms",
                        "both samples and histograms, it must have either, series: bad",
                        body -> body.labels("__name__", "bad")
                                .message(SAMPLES, sample)
                                .message(
                                        HISTOGRAMS,
                                        new Message().varint(15, 1000).varint(17, 1))
                                .message(EXEMPLARS, body.labels("a", "b").varint(3, 1000))));
    }

    private static Arguments refused(String name, String id, String text, Function<RemoteWrite2Body, Message> series) {
        return Arguments.of(name, id, text, series);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusedSeries")
    void aSeriesThatBreaksARuleIsRefusedAndTheRestIsRead(
            String name, String id, String text, Function<RemoteWrite2Body, Message> series) {
        body.add(body.labels("__name__", "before").sample(1, 1000))
                .add(series.apply(body))
                .add(body.labels("__name__", "after").sample(2, 2000))
                .add(series.apply(body));
        RemoteWrite2Decoder.Decoded decoded = RemoteWrite2Decoder.decode(body.bytes(), MAX_BYTES);
        assertThat(decoded.rejections().counts()).as(name).containsOnly(Map.entry(id, 2));
        assertThat(decoded.rejections().text())
                .contains(text)
                .contains("(err-remote-write-" + id + ")")
                .contains("and 1 more");
        MetricsBatch batch = decoded.batch();
        assertThat(samples(batch))
                .containsOnly(
                        Map.entry("before", List.of("1000 3ff0000000000000")),
                        Map.entry("after", List.of("2000 4000000000000000")));
        assertThat(batch.exemplars()).isEmpty();
        assertThat(batch.metadata()).isEmpty();
    }

    @Test
    void anExemplarThatBreaksARuleIsRefusedAndItsSeriesIsRead() {
        Message good = body.exemplar(new Exemplar(Labels.of("trace_id", "1"), 1, 1000));
        body.add(body.labels("__name__", "up")
                .sample(1, 1000)
                .message(EXEMPLARS, body.labels("trace_id"))
                .message(EXEMPLARS, new Message().packed(1, 1000, 1001))
                .message(EXEMPLARS, good));
        RemoteWrite2Decoder.Decoded decoded = RemoteWrite2Decoder.decode(body.bytes(), MAX_BYTES);
        assertThat(decoded.rejections().counts())
                .containsOnly(Map.entry("odd-label-references", 1), Map.entry("symbol-out-of-range", 1));
        assertThat(decoded.batch().sampleCount()).isEqualTo(1);
        assertThat(exemplars(decoded.batch()))
                .containsExactly("up Exemplar[labels={trace_id=\"1\"}, value=1.0, timestampMillis=1000]");
    }

    @Test
    void theFirstSymbolMustBeEmpty() {
        byte[] message = new Message().text(4, "__name__").text(4, "").bytes();
        assertThatThrownBy(() -> RemoteWrite2Decoder.decode(RemoteWriteBody.snappy(message), MAX_BYTES))
                .isInstanceOf(Fault.class)
                .hasMessage("the first symbol must be the empty string, it has 8 bytes");
    }

    @Test
    void nothingIsNothing() {
        assertThat(read(RemoteWriteBody.snappy(new byte[0])).isEmpty()).isTrue();
        assertThat(read(new RemoteWrite2Body().bytes()).isEmpty()).isTrue();
    }

    @Test
    void aBodyOfTheOtherVersionIsNotTakenForAnEmptyOne() {
        MetricsBatch batch = RandomBatches.from(new SplittableRandom(42));
        assertThatThrownBy(() -> RemoteWrite2Decoder.decode(RemoteWriteBody.of(batch), MAX_BYTES))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("it has no symbols");
        assertThatThrownBy(() -> RemoteWriteDecoder.decode(RemoteWrite2Body.of(batch), MAX_BYTES))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("body is an io.prometheus.write.v2.Request");
    }

    @ParameterizedTest
    @CsvSource({
        "request_seconds_bucket, 3, request_seconds",
        "request_seconds_count, 3, request_seconds",
        "request_seconds_sum, 3, request_seconds",
        "request_seconds, 3, request_seconds",
        "size_bytes_bucket, 4, size_bytes",
        "size_bytes_gcount, 4, size_bytes",
        "size_bytes_gsum, 4, size_bytes",
        "rpc_seconds_sum, 5, rpc_seconds",
        "rpc_seconds_count, 5, rpc_seconds",
        "rpc_seconds, 5, rpc_seconds",
        "rpc_seconds_bucket, 5, rpc_seconds_bucket",
        "requests_total, 1, requests_total",
        "open_count, 2, open_count",
        "open_count, 0, open_count",
        "build_info, 6, build_info",
        "_bucket, 3, _bucket"
    })
    void metadataIsThatOfTheFamily(String name, int type, String family) {
        body.add(body.labels("__name__", name).sample(1, 1000).message(METADATA, body.metadata(type, "what", "s")));
        assertThat(read(body.bytes()).metadata())
                .containsExactly(new MetricMetadata(family, MetricMetadata.Type.ofCode(type), "what", "s"));
    }

    @Test
    void metadataThatSeriesRepeatIsReadOnceAndWhatSaysNothingIsNot() {
        for (String suffix : List.of("_bucket", "_bucket", "_sum", "_count")) {
            body.add(body.labels("__name__", "a" + suffix)
                    .sample(1, 1000)
                    .message(METADATA, body.metadata(3, "what", "")));
        }
        body.add(body.labels("__name__", "b").sample(1, 1000).message(METADATA, new Message()))
                .add(body.labels("__name__", "c").sample(1, 1000).message(METADATA, body.metadata(1, "", "")))
                .add(body.labels("__name__", "c").sample(1, 1000).message(METADATA, body.metadata(1, "other", "")))
                .add(body.labels("__name__", "c").sample(1, 1000).message(METADATA, body.metadata(1, "", "")))
                .add(body.labels("job", "no name").sample(1, 1000).message(METADATA, body.metadata(1, "x", "")));
        assertThat(read(body.bytes()).metadata())
                .containsExactly(
                        new MetricMetadata("a", MetricMetadata.Type.HISTOGRAM, "what", ""),
                        new MetricMetadata("c", MetricMetadata.Type.COUNTER, "", ""),
                        new MetricMetadata("c", MetricMetadata.Type.COUNTER, "other", ""));
    }
}

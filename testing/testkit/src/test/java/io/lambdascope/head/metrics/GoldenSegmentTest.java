package io.lambdascope.head.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.head.Segment;
import io.lambdascope.head.SegmentFormat;
import io.lambdascope.labels.Labels;
import io.lambdascope.labels.Matcher;
import io.lambdascope.model.Signal;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.source.metrics.MetricsFacts;
import io.lambdascope.testkit.metrics.BatchText;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoldenSegmentTest {
    private static Segment golden(int version) throws IOException {
        String name = "metrics-segment-v%d.bin".formatted(version);
        try (InputStream in = GoldenSegmentTest.class.getResourceAsStream(name)) {
            assertThat(in).as("golden file %s", name).isNotNull();
            return Segment.of(in.readAllBytes());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1})
    void everyVersionStillReads(int version) throws IOException {
        Segment segment = golden(version);
        assertThat(segment.bytes()[3]).isEqualTo((byte) version);
        assertThat(segment.header().tenant()).isEqualTo(GoldenSegments.TENANT);
        assertThat(segment.header().signal()).isEqualTo(Signal.METRICS);
        assertThat(segment.header().rows()).isEqualTo(4);
        assertThat(segment.header().range().fromMillis()).isEqualTo(GoldenSegments.START);
        assertThat(segment.header().range().lastMillis()).isEqualTo(GoldenSegments.START + 75_000);
        MetricsFacts facts = MetricsFacts.decode(segment.header().facts());
        assertThat(facts.mayMatch(List.of(Matcher.equal("__name__", "latency_seconds"))))
                .isTrue();
        assertThat(facts.mayMatch(List.of(Matcher.equal("__name__", "other")))).isFalse();

        MetricsBatch read = MetricsSegmentReader.read(segment);
        MetricsBatch expected = GoldenSegments.batch();
        assertThat(read.seriesCount()).isEqualTo(expected.seriesCount());
        for (int i = 0; i < expected.seriesCount(); i++) {
            assertThat(read.labels(i)).isEqualTo(expected.labels(i));
            assertThat(BatchText.samples(read, i)).isEqualTo(BatchText.samples(expected, i));
        }
        assertThat(read.exemplars()).isEqualTo(expected.exemplars());
        assertThat(read.metadata()).isEqualTo(expected.metadata());
    }

    @Test
    void whatIsWrittenTodayIsTheCurrentVersion() throws IOException {
        assertThat(GoldenSegments.current().payload())
                .as("columns changed: a new version is needed, with a golden file of its own")
                .isEqualTo(golden(SegmentFormat.VERSION).payload());
    }

    @Test
    void aSmallPushCarriesLittleFraming() {
        MetricsBatch one = new MetricsBatch();
        one.startSeries(Labels.of("__name__", "up"));
        one.addSample(GoldenSegments.START, 1);
        assertThat(MetricsSegmentWriter.encode(GoldenSegments.TENANT, one, 0, SegmentFormat.LEVEL_FAST)
                        .bytes())
                .hasSizeLessThan(128);
    }
}

package io.lambdascope.api.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.api.Access;
import io.lambdascope.api.HttpRequest;
import io.lambdascope.api.HttpResponse;
import io.lambdascope.api.Routes;
import io.lambdascope.api.Routes.Match;
import io.lambdascope.api.Routes.Right;
import io.lambdascope.labels.Labels;
import io.lambdascope.limits.MetricsLimits;
import io.lambdascope.limits.Tenant;
import io.lambdascope.limits.TenantLimits;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.NativeHistogram.ResetHint;
import io.lambdascope.model.metrics.SeriesSamples;
import io.lambdascope.model.metrics.StaleMarker;
import io.lambdascope.wire.ProtoReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FederationApiTest {
    private static final long NOW = 1_700_000_000_000L;
    private static final Tenant TENANT = new Tenant("team-a");
    private static final Access ACCESS = Access.to(Set.of(TENANT), Set.of(Right.READ));
    private static final String PROTOBUF =
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited";

    private final StoredSeries stored = new StoredSeries();

    private void add(Labels labels, long agoMillis, double value) {
        SeriesSamples samples = new SeriesSamples();
        samples.add(NOW - agoMillis - 1, -1.5);
        samples.add(NOW - agoMillis, value);
        stored.add(TENANT, labels, samples);
    }

    private void add(Labels labels, NativeHistogram histogram) {
        SeriesSamples samples = new SeriesSamples();
        samples.add(NOW - 1, histogram);
        stored.add(TENANT, labels, samples);
    }

    private static NativeHistogram exponential(ResetHint hint) {
        return new NativeHistogram(
                1,
                0.001,
                2,
                12.5,
                18.4,
                new int[] {-3, 2, 1, 1},
                new double[] {1, 2, 1.5},
                new int[] {0, 1},
                new double[] {6},
                new double[0],
                hint);
    }

    private static NativeHistogram custom() {
        return new NativeHistogram(
                NativeHistogram.CUSTOM_BUCKETS,
                0,
                0,
                10,
                18.4,
                new int[] {0, 1, 1, 2},
                new double[] {1, 4, 5},
                new int[0],
                new double[0],
                new double[] {0.5, 1, 2.5},
                ResetHint.UNKNOWN);
    }

    private HttpResponse ask(Map<String, String> headers, String... selectors) {
        return ask("/prometheus/federate", headers, TenantLimits.DEFAULTS, ACCESS, selectors);
    }

    private HttpResponse ask(
            String path, Map<String, String> headers, TenantLimits limits, Access access, String... selectors) {
        List<String> parameters = new ArrayList<>();
        for (String selector : selectors) {
            parameters.add("match%5B%5D=" + URLEncoder.encode(selector, StandardCharsets.UTF_8));
        }
        InstantSource clock = InstantSource.fixed(Instant.ofEpochMilli(NOW));
        HttpRequest request = new HttpRequest("GET", path, String.join("&", parameters), headers, new byte[0]);
        return new FederationApi(stored.reads(clock, limits), clock, Duration.ofSeconds(28))
                .answer(request, (Match.Found) Routes.match("GET", path), access);
    }

    private static String text(HttpResponse response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    @Test
    void exposesTheNewestSampleOfEachSeries() {
        add(Labels.of("__name__", "up", "job", "b", "instance", "h:1"), 0, 1);
        add(Labels.of("__name__", "up", "job", "a"), 299_999, 0.25);
        add(Labels.of("__name__", "up", "job", "too old"), 300_000, 7);
        add(Labels.of("__name__", "up", "job", "in the future"), -1, 7);
        add(Labels.of("__name__", "up", "job", "ended"), 5, StaleMarker.VALUE);
        add(Labels.of("__name__", "a_b:c", "Zone", "q\"u\\o\nte"), 1, 1e6);
        add(Labels.of("job", "without a name"), 1, 1);
        HttpResponse response = ask(Map.of(), "up", "{job=~\".+\"}", "{__name__=~\"a.*\"}");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers())
                .containsEntry("content-type", "text/plain; version=0.0.4; charset=utf-8; escaping=underscores");
        assertThat(text(response)).isEqualTo("""
                        # TYPE a_b:c untyped
                        a_b:c{Zone="q\\"u\\\\o\\nte",instance=""} 1e+06 1699999999999
                        # TYPE up untyped
                        up{instance="h:1",job="b"} 1 1700000000000
                        up{job="a",instance=""} 0.25 1699999700001
                        up{job="in the future",instance=""} -1.5 1700000000000
                        """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "allow-utf-8 | {\"http.größe\",\"käse_x\"=\"1\",instance=\"\"} | \"http.größe\"",
                "underscores | http_gr__e{k_se_x=\"1\",instance=\"\"} | http_gr__e",
                "dots | http_dot_gr____e{k__se__x=\"1\",instance=\"\"} | http_dot_gr____e",
                "values | U__http_2e_gr_f6__df_e{U__k_e4_se__x=\"1\",instance=\"\"} | U__http_2e_gr_f6__df_e",
            })
    void escapesNamesAsItIsAskedTo(String escaping, String series, String name) {
        add(Labels.of("__name__", "http.größe", "käse_x", "1"), 0, 3);
        HttpResponse response =
                ask(Map.of("accept", "text/plain;version=0.0.4;escaping=" + escaping), "{\"http.größe\"}");
        assertThat(response.headers().get("content-type")).endsWith("; escaping=" + escaping);
        assertThat(text(response)).isEqualTo("# TYPE " + name + " untyped\n" + series + " 3 1700000000000\n");
    }

    @Test
    void textHasHistogramsOnlyIfTheyCanBeClassic() {
        add(Labels.of("__name__", "h", "job", "x"), exponential(ResetHint.UNKNOWN));
        add(Labels.of("__name__", "h", "job", "z"), custom());
        assertThat(text(ask(Map.of(), "h"))).isEqualTo("""
                        # TYPE h histogram
                        h_bucket{job="z",instance="",le="0.5"} 1 1699999999999
                        h_bucket{job="z",instance="",le="1"} 1 1699999999999
                        h_bucket{job="z",instance="",le="2.5"} 5 1699999999999
                        h_bucket{job="z",instance="",le="+Inf"} 10 1699999999999
                        h_sum{job="z",instance=""} 18.4 1699999999999
                        h_count{job="z",instance=""} 10 1699999999999
                        # 1 native histograms are left out: accept application/vnd.google.protobuf to get them
                        """);
    }

    @Test
    void protobufHasThemAll() {
        add(Labels.of("__name__", "h", "job", "f"), 1, 0);
        add(Labels.of("__name__", "h", "job", "g"), exponential(ResetHint.GAUGE));
        add(Labels.of("__name__", "h", "job", "x"), exponential(ResetHint.UNKNOWN));
        add(Labels.of("__name__", "h", "job", "z"), custom());
        HttpResponse response = ask(Map.of("accept", PROTOBUF), "h");
        assertThat(response.headers())
                .containsEntry(
                        "content-type",
                        "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited;"
                                + " escaping=underscores");
        String labels = "1{1=job 2=%s} 1{1=instance 2=}";
        String native_ = "7{4=12.5 2=18.4 5=2 6=0.001 8=2.0 9{1=0 2=1} 11=6.0 12{1=5 2=2} 12{1=2 2=1} 14=1.0 14=2.0"
                + " 14=1.5}";
        assertThat(messages(response.body()))
                .containsExactly(
                        "1=h 3=3 4{" + labels.formatted("f") + " 5{1=0.0} 6=1699999999999}",
                        "1=h 3=4 4{" + labels.formatted("z")
                                + " 6=1699999999999 7{4=10.0 2=18.4 3{4=1.0 2=0.5} 3{4=1.0 2=1.0} 3{4=5.0 2=2.5}}}",
                        "1=h 3=4 4{" + labels.formatted("x") + " 6=1699999999999 " + native_ + "}",
                        "1=h 3=5 4{" + labels.formatted("g") + " 6=1699999999999 " + native_ + "}");
    }

    /// Length-delimited messages as text, by the numbers of their fields.
    private static List<String> messages(byte[] body) {
        List<String> texts = new ArrayList<>();
        ProtoReader in = new ProtoReader(body);
        while (in.position() < body.length) {
            int outer = in.enter();
            texts.add(fields(in, ""));
            in.leave(outer);
        }
        return texts;
    }

    private static String fields(ProtoReader in, String path) {
        List<String> fields = new ArrayList<>();
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            int field = tag >>> 3;
            String inner = path + "/" + field;
            fields.add(
                    switch (tag & 7) {
                        case ProtoReader.VARINT -> field + "=" + in.varint();
                        case ProtoReader.FIXED64 -> field + "=" + in.float64();
                        default -> {
                            if (inner.equals("/1") || inner.startsWith("/4/1/")) {
                                yield field + "=" + in.text();
                            }
                            int outer = in.enter();
                            String nested = field + "{" + fields(in, inner) + "}";
                            in.leave(outer);
                            yield nested;
                        }
                    });
        }
        return String.join(" ", fields);
    }

    @Test
    void nothingAskedForIsNothing() {
        add(Labels.of("__name__", "up"), 1, 1);
        assertThat(text(ask(Map.of()))).isEmpty();
        HttpResponse response = ask(Map.of("accept", PROTOBUF), "down");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void compressesIfThatIsAccepted() throws IOException {
        for (int i = 0; i < 100; i++) {
            add(Labels.of("__name__", "up", "job", "job-" + i), 1, i);
        }
        HttpResponse response = ask(Map.of("accept-encoding", "gzip"), "up");
        assertThat(response.headers()).containsEntry("content-encoding", "gzip");
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines())
                    .hasSize(101);
        }
    }

    @Test
    void refusesWhatIsNotInOrder() {
        add(Labels.of("__name__", "up"), 1, 1);
        HttpResponse selector = ask(Map.of(), "up{");
        assertThat(selector.status()).isEqualTo(400);
        assertThat(text(selector)).startsWith("invalid parameter \"match[]\": ");
        Access writer = Access.to(Set.of(TENANT), Set.of(Right.WRITE));
        assertThat(ask("/federate", Map.of(), TenantLimits.DEFAULTS, writer, "up")
                        .status())
                .isEqualTo(403);
        HttpResponse limit =
                ask("/federate", Map.of(), TenantLimits.DEFAULTS.with(MetricsLimits.MAX_SAMPLES, 1L), ACCESS, "up");
        assertThat(limit.status()).isEqualTo(400);
        assertThat(text(limit)).isEqualTo("exceeded sample limit (1)");
    }

    @Test
    void saysWhatToDoAboutAnAnswerThatIsTooLarge() {
        for (int i = 0; i < 40_000; i++) {
            add(Labels.of("__name__", "up", "job", "a name that is not short, to make the answer large " + i), 1, i);
        }
        HttpResponse response = ask(Map.of(), "up");
        assertThat(response.status()).isEqualTo(400);
        assertThat(text(response))
                .isEqualTo("the answer is larger than 3700000 bytes: match fewer series, or accept gzip");
        assertThat(ask(Map.of("accept-encoding", "gzip"), "up").status()).isEqualTo(200);
    }
}

package io.lambdascope.api.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.api.HttpRequest;
import io.lambdascope.api.Routes;
import io.lambdascope.api.Routes.Match;
import io.lambdascope.plan.PlanSettings;
import io.lambdascope.testkit.http.GoldenPair;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Requests over stored data, every kind that Grafana makes among them, get their answers, whether it is asked by GET
/// or by POST, and whether the
/// query
/// runs here or in pieces.
class StoredRequestsTest {
    @TempDir
    static Path scratch;

    private static List<StoredPrometheus> stored = List.of();

    @BeforeAll
    static void store() throws IOException {
        PlanSettings pieces = new PlanSettings(0, 500, 8, 4);
        stored = List.of(new StoredPrometheus(PlanSettings.INLINE, scratch), new StoredPrometheus(pieces, scratch));
    }

    static Stream<GoldenPair> requests() throws IOException {
        List<GoldenPair> pairs = new ArrayList<>();
        for (String file : List.of(
                "grafana/requests.txt", "prometheus-api/stored-cardinality.txt", "prometheus-api/stored-stats.txt")) {
            pairs.addAll(GoldenPair.read(Path.of("src/test/resources", file)));
        }
        return pairs.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void isAnswered(GoldenPair pair) {
        HttpRequest get = pair.request(Map.of());
        for (StoredPrometheus prometheus : stored) {
            assertThat(answer(prometheus, get)).isEqualTo(pair.expected());
            if (Routes.match("POST", get.path()) instanceof Match.Found) {
                assertThat(answer(prometheus, GoldenPair.asForm(get))).isEqualTo(pair.expected());
            }
        }
    }

    private static String answer(StoredPrometheus prometheus, HttpRequest request) {
        return GoldenPair.text(prometheus.ask(request)).replaceAll("\"peakSamples\":\\d+", "\"peakSamples\":0");
    }
}

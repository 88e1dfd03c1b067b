package io.lambdascope.api.loki;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.api.HttpRequest;
import io.lambdascope.api.Routes;
import io.lambdascope.api.Routes.Match;
import io.lambdascope.limits.TenantLimits;
import io.lambdascope.testkit.http.GoldenPair;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Requests get their answers, whether by GET or by POST.
class LokiApiTest {
    private static final CannedLogs CANNED = new CannedLogs();
    private static final StoredLoki STORED = new StoredLoki(TenantLimits.DEFAULTS);
    private static final StoredLoki LOKI = new StoredLoki(TenantLimits.DEFAULTS, CANNED, CANNED);

    static Stream<GoldenPair> golden() throws IOException {
        List<GoldenPair> pairs = new ArrayList<>();
        for (String file : List.of("query", "streams", "volume", "fields", "patterns", "server", "errors")) {
            pairs.addAll(GoldenPair.read(Path.of("src/test/resources/loki-api", file + ".txt")));
        }
        return pairs.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("golden")
    void isAnswered(GoldenPair pair) {
        HttpRequest get = pair.request(Map.of());
        assertThat(answer(get)).isEqualTo(pair.expected());
        if (pair.body().isEmpty() && Routes.match("POST", get.path()) instanceof Match.Found) {
            assertThat(answer(GoldenPair.asForm(get))).isEqualTo(pair.expected());
        }
    }

    private static String answer(HttpRequest request) {
        return GoldenPair.text(LOKI.ask(request)).stripTrailing();
    }

    /// What Grafana and Logs Drilldown ask, answered from stored lines.
    static Stream<GoldenPair> grafana() throws IOException {
        return GoldenPair.read(Path.of("src/test/resources/loki-api/grafana.txt")).stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("grafana")
    void isAnsweredFromStoredLines(GoldenPair pair) {
        assertThat(GoldenPair.text(STORED.ask(pair.request(Map.of())))).isEqualTo(pair.expected());
    }
}

package io.lambdascope.testkit.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lambdascope.ql.SyntaxException;
import io.lambdascope.ql.promql.CheckedQuery;
import io.lambdascope.ql.promql.PromParser;
import io.lambdascope.ql.promql.PromPrinter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Reads the queries of dashboards and scripts that lie beside the project.
class PromQlCorpusTest {
    private static final Pattern EVAL = Pattern.compile(
            "eval\\S*\\s+(?:instant\\s+(?:at\\s+\\S+\\s+)?|range\\s+from\\s+\\S+\\s+to\\s+\\S+\\s+step\\s+\\S+\\s+)(.*)");

    private static Path shared(String path) {
        // Tests run in their module, two levels below the project.
        Path shared = Path.of("../../../shared/conformance").resolve(path);
        assumeTrue(Files.exists(shared), "not beside the project, left out: ../shared/conformance/" + path);
        return shared;
    }

    @Test
    void readsTheQueriesOfDashboards() throws IOException {
        List<String> queries = Files.readAllLines(shared("dashboards/promql.txt"));
        assertThat(queries).hasSizeGreaterThan(100);
        for (String query : queries) {
            // White space was folded into blanks: a comment in the first line has swallowed the whole query.
            if (!query.startsWith("#")) {
                reads(substituted(query));
            }
        }
    }

    private static String substituted(String query) {
        return query.replaceAll("\\$\\{?(__rate_interval|__interval|__auto|interval|__range)}?", "1m")
                .replaceAll("\\$\\{?(latency_metrics)}?", "1")
                .replaceAll("\\$\\{(groupby)}", "job");
    }

    @Test
    void readsTheQueriesOfScripts() throws IOException {
        int read = 0;
        try (Stream<Path> scripts = Files.list(shared("promql"))) {
            for (Path script :
                    scripts.filter(path -> path.toString().endsWith(".test")).toList()) {
                for (String line : Files.readAllLines(script)) {
                    Matcher eval = EVAL.matcher(line.strip());
                    if (eval.matches()) {
                        reads(eval.group(1));
                        read++;
                    }
                }
            }
        }
        assertThat(read).isGreaterThan(1000);
    }

    private static void reads(String query) {
        try {
            String printed = PromPrinter.print(CheckedQuery.of(query).expr());
            assertThat(PromPrinter.print(PromParser.parse(printed))).isEqualTo(printed);
        } catch (SyntaxException e) {
            fail("%s: %s".formatted(e.text(), query));
        }
    }
}

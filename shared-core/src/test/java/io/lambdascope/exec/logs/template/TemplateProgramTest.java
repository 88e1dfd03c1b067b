package io.lambdascope.exec.logs.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.ql.QuotedText;
import io.lambdascope.ql.logql.template.LineTemplate;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TemplateProgramTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2024-01-02T03:04:05Z"));

    private static final LineContext LINE = new LineContext() {
        private final Map<String, String> labels = Map.of(
                "app", "web", "n", "42", "f", "1.5", "empty", "", "json", "{\"a\":{\"b\":[1,2,\"x\"]},\"t\":true}");

        @Override
        public @Nullable String label(String name) {
            return labels.get(name);
        }

        @Override
        public Map<String, String> labels() {
            return labels;
        }

        @Override
        public String line() {
            return "GET /a?b=1";
        }

        @Override
        public long timeNanos() {
            return 1_700_000_000_123_456_789L;
        }
    };

    private static Stream<String> lines(String resource) throws IOException {
        try (InputStream in = Objects.requireNonNull(TemplateProgramTest.class.getResourceAsStream(resource))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList().stream();
        }
    }

    static Stream<String> templates() throws IOException {
        return lines("/logql/templates.txt");
    }

    static Stream<String> badTemplates() throws IOException {
        return lines("/logql/bad-templates.txt");
    }

    private static String run(String template) throws TemplateException {
        return new TemplateProgram(LineTemplate.parse(template), CLOCK).run(LINE);
    }

    @ParameterizedTest
    @MethodSource("templates")
    void makesWhatGoMakes(String line) throws Exception {
        String[] parts = line.split(" => ", 2);
        if (parts[1].startsWith("error: ")) {
            assertThatThrownBy(() -> run(parts[0]))
                    .isInstanceOf(TemplateException.class)
                    .hasMessageContaining(parts[1].substring("error: ".length()));
        } else {
            String expected = parts[1].startsWith("\"") ? QuotedText.unquote(parts[1]) : parts[1];
            assertThat(run(parts[0])).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("badTemplates")
    void refusesWhatIsNoTemplate(String line) {
        String[] parts = line.split(" => ", 2);
        assertThatThrownBy(() -> LineTemplate.parse(parts[0]))
                .isInstanceOfSatisfying(Fault.class, e -> assertThat(e.kind()).isEqualTo(FaultKind.BAD_QUERY))
                .hasMessageContaining(parts[1]);
    }

    @Test
    void aFailedRunLeavesNothingBehind() throws Exception {
        TemplateProgram program = new TemplateProgram(
                LineTemplate.parse(
                        "{{$x := .n}}{{range 2}}{{$y := 1}}{{if eq $.app \"web\"}}{{div 1 0}}{{end}}{{end}}"),
                CLOCK);
        assertThatThrownBy(() -> program.run(LINE)).isInstanceOf(TemplateException.class);
        assertThatThrownBy(() -> program.run(LINE)).isInstanceOf(TemplateException.class);
        assertThat(run("{{.n}}")).isEqualTo("42");
    }

    @Test
    void namesTheLabelsThatATemplateLooksAt() {
        assertThat(LineTemplate.parse("{{.a}} {{if .b}}{{$.c}}{{end}}{{with .d}}{{.}}{{end}}")
                        .labels()
                        .orElseThrow())
                .containsExactlyInAnyOrder("a", "b", "c", "d");
        assertThat(LineTemplate.parse("{{range $k, $v := .}}{{$k}}{{end}}").labels())
                .isEmpty();
        assertThat(LineTemplate.parse("{{index . \"a\"}}").labels()).isEmpty();
        assertThat(LineTemplate.parse("{{define \"t\"}}{{.a}}{{end}}{{template \"t\" $}}")
                        .labels())
                .isEmpty();
        assertThat(LineTemplate.parse("plain").labels().orElseThrow()).isEmpty();
    }

    @Test
    void deepNestingIsRefused() {
        assertThatThrownBy(() -> LineTemplate.parse("{{if .a}}".repeat(2_000) + "{{end}}".repeat(2_000)))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("deep");
        assertThatThrownBy(() -> LineTemplate.parse("{{" + "(".repeat(2_000) + ".a" + ")".repeat(2_000) + "}}"))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("deep");
        assertThatThrownBy(() -> LineTemplate.parse("{{if .a}}" + "{{else if .a}}".repeat(2_000) + "{{end}}"))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("deep");
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 42), new SplittableRandom(5).longs(300));
    }

    /// Whatever stands between the braces, it is refused or runs to an end.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void noTemplateDoesAnythingElse(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        String[] pieces = {
            "{{", "}}", "{{if ", "{{end}}", "{{range ", "{{else}}", "{{with ", ".app", ".", "$", "$x", ":=", "|", "(",
                    ")",
            "upper", "printf", "\"%d\"", "index", "1", "-2", "1.5", "nil", "true", " ", " ", " ", "slice", "add",
                    "repeat",
            "fromJson", ".json", "and", "eq", "{{define \"t\"}}", "{{template \"t\" .}}", "{{break}}", "substr", "\n",
                    "-}}"
        };
        StringBuilder template = new StringBuilder();
        for (int i = random.nextInt(30); i >= 0; i--) {
            template.append(pieces[random.nextInt(pieces.length)]);
        }
        try {
            assertThat(run(template.toString())).hasSizeLessThanOrEqualTo(Budget.MAX_CHARACTERS);
        } catch (Fault e) {
            assertThat(e.kind()).isEqualTo(FaultKind.BAD_QUERY);
        } catch (TemplateException e) {
            assertThat(e).hasMessageNotContaining("Exception");
        }
    }
}

package io.lambdascope.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LimitsFileTest {
    private static final Path CASES = Path.of("src/test/resources/limits/files.txt");
    private static final String MEANS = "-> ";

    static Stream<String> cases() throws IOException {
        String text = Files.readString(CASES)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .collect(Collectors.joining("\n"));
        return Stream.of(text.strip().split("\n\n+"));
    }

    private static LimitsFile parse(String json) {
        return LimitsFile.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void meansWhatItSays(String text) {
        List<String> lines = text.lines().toList();
        String json = lines.stream().filter(line -> !line.startsWith(MEANS)).collect(Collectors.joining("\n"));
        List<String> expected = lines.stream()
                .filter(line -> line.startsWith(MEANS))
                .map(line -> line.substring(MEANS.length()))
                .toList();
        assertThat(expected).isNotEmpty();
        for (String meaning : expected) {
            if (meaning.startsWith("wrong: ")) {
                assertThatExceptionOfType(Fault.class)
                        .isThrownBy(() -> parse(json))
                        .satisfies(fault -> {
                            assertThat(fault.kind()).isEqualTo(FaultKind.BAD_REQUEST);
                            assertThat(fault.text()).startsWith(meaning.substring("wrong: ".length()));
                        });
            } else {
                String[] words = meaning.split(" ");
                assertThat(value(parse(json).of(new Tenant(words[0])), words[1]))
                        .isEqualTo(words[2]);
            }
        }
    }

    private static String value(TenantLimits limits, String name) {
        return LimitsFile.KNOWN.stream()
                .filter(limit -> limit.name().equals(name))
                .map(limit -> json(limits, limit))
                .collect(Collectors.joining());
    }

    private static <T> String json(TenantLimits limits, Limit<T> limit) {
        return limit.json(limits.get(limit)).toString();
    }

    @Test
    void aSectionIsAnObjectInATenantsObject() {
        LimitGroup top = new LimitGroup("");
        Limit<Long> ofMetrics = top.count("max_line_size", 1, 5);
        LimitGroup logs = new LimitGroup("logs");
        Limit<Long> ofLogs = logs.count("max_line_size", 1, 7);
        List<Limit<?>> known =
                Stream.of(top.all(), logs.all()).flatMap(List::stream).toList();

        TenantLimits shop = LimitsFile.parse(
                        "{\"overrides\": {\"shop\": {\"max_line_size\": 8, \"logs\": {\"max_line_size\": 9}}}}"
                                .getBytes(StandardCharsets.UTF_8),
                        known)
                .of(new Tenant("shop"));
        assertThat(shop.get(ofMetrics)).isEqualTo(8);
        assertThat(shop.get(ofLogs)).isEqualTo(9);

        assertThatExceptionOfType(Fault.class)
                .isThrownBy(() -> LimitsFile.parse(
                        "{\"defaults\": {\"logs\": {\"max_size\": 1}, \"traces\": {}}}"
                                .getBytes(StandardCharsets.UTF_8),
                        known))
                .withMessage("defaults.logs.max_size: there is no such limit; defaults.traces: there is no such limit");
    }

    @Test
    void namesTheFirstTwentyProblems() {
        String json = IntStream.range(0, 50)
                .mapToObj("\"limit_%d\": 1"::formatted)
                .collect(Collectors.joining(",", "{\"defaults\": {", "}}"));
        assertThatExceptionOfType(Fault.class)
                .isThrownBy(() -> parse(json))
                .withMessageContaining("defaults.limit_19: there is no such limit; and 30 more");
    }

    @Test
    void whateverBytesComeItIsAFaultThatSaysSo() {
        byte[] good =
                "{\"defaults\": {\"max_samples\": 5}, \"overrides\": {\"shop\": {\"max_query_lookback\": \"5d\"}}}"
                        .getBytes(StandardCharsets.UTF_8);
        SplittableRandom random = new SplittableRandom(1);
        int refused = 0;
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = good.clone();
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                LimitsFile.parse(bytes);
            } catch (Fault fault) {
                refused += fault.kind() == FaultKind.BAD_REQUEST ? 1 : 0;
            }
        }
        assertThat(refused).isGreaterThan(1000);
        assertThatExceptionOfType(Fault.class).isThrownBy(() -> parse("[".repeat(100_000)));
        assertThatExceptionOfType(Fault.class).isThrownBy(() -> parse(""));
    }

    @Test
    void valuesSetByProgramsAreCheckedToo() {
        assertThat(TenantLimits.DEFAULTS
                        .with(MetricsLimits.MAX_LABEL_NAMES_PER_SERIES, 3L)
                        .get(MetricsLimits.MAX_LABEL_NAMES_PER_SERIES))
                .isEqualTo(3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TenantLimits.DEFAULTS.with(MetricsLimits.MAX_LABEL_NAMES_PER_SERIES, 0L))
                .withMessage("max_label_names_per_series must be a whole number of 1 or more, not 0");
    }

    /// The page that operators read names every limit with its default.
    @Test
    void everyLimitIsDocumented() throws IOException {
        String page = Files.readString(Path.of("../docs/limits.md"));
        List<String> rows = page.lines().filter(line -> line.startsWith("| `")).toList();
        List<String> expected = LimitsFile.KNOWN.stream()
                .map(limit -> "| `%s` | %s |".formatted(limit.name(), defaultOf(limit)))
                .toList();
        assertThat(rows).hasSameSizeAs(expected);
        for (int i = 0; i < rows.size(); i++) {
            assertThat(rows.get(i)).startsWith(expected.get(i));
        }
    }

    private static <T> String defaultOf(Limit<T> limit) {
        Object json = limit.json(limit.defaultValue());
        return json instanceof Double number && number == Math.rint(number)
                ? Long.toString(number.longValue())
                : json.toString();
    }
}

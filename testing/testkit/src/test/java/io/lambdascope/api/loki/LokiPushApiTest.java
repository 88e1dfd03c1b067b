package io.lambdascope.api.loki;

import static io.lambdascope.api.loki.LokiPushCase.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.lambdascope.api.HttpRequest;
import io.lambdascope.api.HttpResponse;
import io.lambdascope.head.HeadSettings;
import io.lambdascope.ingest.PushSettings;
import io.lambdascope.ingest.PushWorld;
import io.lambdascope.limits.LogsLimits;
import io.lambdascope.limits.MetricsLimits;
import io.lambdascope.limits.TenantLimits;
import io.lambdascope.testkit.logs.LogItem;
import io.lambdascope.testkit.logs.LokiPushBody;
import io.lambdascope.testkit.logs.RandomLogs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LokiPushApiTest {
    private static final long NOW = PushWorld.NOW.getEpochSecond() * 1_000_000_000L;

    private final PushWorld world = new PushWorld(PushSettings.DEFAULTS, HeadSettings.DEFAULTS);

    private HttpResponse push(byte[] body, String type, String encoding) {
        Map<String, String> headers = encoding.isEmpty()
                ? Map.of("content-type", type)
                : Map.of("content-type", type, "content-encoding", encoding);
        return world.push(TENANT, new HttpRequest("POST", "/loki/api/v1/push", "", headers, body));
    }

    private List<LogItem> stored() {
        while (world.deliver()) {
            // until the queue is empty
        }
        return world.readLogs(TENANT);
    }

    static Stream<LokiPushCase> cases() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(LokiPushApiTest.class.getResourceAsStream("/loki-push/cases.txt"))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .collect(Collectors.joining("\n"));
            return Arrays.stream(text.strip().split("\n\n+"))
                    .map(lines -> LokiPushCase.of(lines.lines().toList()));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void isAnsweredAndStoredAsItSays(LokiPushCase wanted) {
        world.limits(wanted.limits());
        HttpResponse response = world.push(TENANT, wanted.request());
        String body = new String(response.body(), StandardCharsets.UTF_8);
        assertThat((response.status() + " " + body).strip()).isEqualTo(wanted.answer());
        assertThat(stored().stream().map(LokiPushCase::text)).isEqualTo(wanted.stored());
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 42), new SplittableRandom(21).longs(12));
    }

    /// Each entry once, by stream and time, whatever order, encoding and number of pushes it came in.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatWasSentIsRead(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        world.limits(TenantLimits.DEFAULTS
                .with(LogsLimits.DISCOVER_SERVICE_NAME, List.of())
                .with(LogsLimits.DISCOVER_LOG_LEVELS, false));
        List<LogItem> sent = RandomLogs.items(random, 200, NOW - 3_600_000_000_000L, 3_600_000_000_000L);
        int from = 0;
        while (from < sent.size()) {
            int to = Math.min(sent.size(), from + 1 + random.nextInt(80));
            List<LogItem> part = sent.subList(from, to);
            HttpResponse response = random.nextBoolean()
                    ? push(LokiPushBody.protobuf(part), "application/x-protobuf", "")
                    : push(LokiPushBody.json(part).getBytes(StandardCharsets.UTF_8), "application/json", "");
            assertThat(response.status()).isEqualTo(204);
            // a sender that saw no answer sends again
            from = random.nextInt(5) == 0 ? from : to;
        }
        List<LogItem> expected = Set.copyOf(sent).stream()
                .sorted(Comparator.comparing(LogItem::stream)
                        .thenComparing(LogItem::timeNanos)
                        .thenComparing(LogItem::line)
                        .thenComparing(LogItem::metadata))
                .toList();
        List<LogItem> stored = stored();
        assertThat(stored)
                .isSortedAccordingTo(Comparator.comparing(LogItem::stream).thenComparing(LogItem::timeNanos));
        assertThat(stored).containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, gzip",
        "application/json, GZIP",
        "application/json, deflate",
        "application/json, raw deflate",
        "application/json, zstd",
        "application/json, snappy",
        "application/x-protobuf, snappy",
        "application/x-protobuf, gzip",
        "application/x-protobuf, deflate",
    })
    void bodiesComePackedInManyWays(String type, String encoding) throws IOException {
        List<LogItem> items = RandomLogs.items(new SplittableRandom(1), 20, NOW - 1_000_000_000L, 1_000_000_000L);
        byte[] plain = type.endsWith("json")
                ? LokiPushBody.json(items).getBytes(StandardCharsets.UTF_8)
                : LokiPushBody.protobuf(items);
        byte[] body = switch (encoding) {
            case "gzip", "GZIP" -> packed(plain, GZIPOutputStream::new);
            case "deflate" -> packed(plain, DeflaterOutputStream::new);
            case "raw deflate" -> packed(plain, out -> new DeflaterOutputStream(out, new Deflater(9, true)));
            case "zstd" -> Zstd.compress(plain);
            default -> type.endsWith("json") ? LokiPushBody.snappy(plain) : plain;
        };
        assertThat(push(body, type, encoding.replace("raw ", "")).status()).isEqualTo(204);
        assertThat(stored()).hasSameSizeAs(Set.copyOf(items));
        if (!encoding.equals("snappy")) {
            byte[] half = Arrays.copyOf(body, body.length / 2);
            assertThat(push(half, type, encoding.replace("raw ", "")).status()).isEqualTo(400);
        }
    }

    private interface Packer {
        OutputStream around(OutputStream out) throws IOException;
    }

    private static byte[] packed(byte[] plain, Packer packer) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = packer.around(packed)) {
            out.write(plain);
        }
        return packed.toByteArray();
    }

    @Test
    void whatComesTooFastIs429AndNothingOfItIsStored() {
        world.limits(TenantLimits.DEFAULTS
                .with(LogsLimits.INGESTION_RATE_MB, 0.001)
                .with(LogsLimits.INGESTION_BURST_SIZE_MB, 0.001)
                .with(LogsLimits.MAX_LINE_SIZE, 0L));
        List<LogItem> large = RandomLogs.items(new SplittableRandom(1), 500, NOW - 1_000_000_000L, 1_000_000_000L);
        byte[] body = LokiPushBody.protobuf(large);
        assertThat(push(body, "application/x-protobuf", "").status()).isEqualTo(204);
        HttpResponse response = push(
                LokiPushBody.protobuf(RandomLogs.items(new SplittableRandom(2), 9, NOW - 1_000_000L, 1_000_000L)),
                "application/x-protobuf",
                "");
        assertThat(response.status()).isEqualTo(429);
        assertThat(response.headers()).containsEntry("retry-after", "5");
        assertThat(new String(response.body(), StandardCharsets.UTF_8))
                .startsWith("ingestion rate limit exceeded for user team-a (limit: 1048 bytes/sec) while attempting to"
                        + " ingest '9' lines totaling '");
        assertThat(stored()).hasSameSizeAs(Set.copyOf(large));
    }

    @Test
    void aStoreThatIsAwayIs503WithRetryAfter() {
        PushWorld away = new PushWorld(PushSettings.DEFAULTS, HeadSettings.DEFAULTS, Set.of(0), false);
        byte[] body = LokiPushBody.protobuf(RandomLogs.items(new SplittableRandom(1), 3, NOW, 1));
        HttpResponse response = away.push(TENANT, new HttpRequest("POST", "/loki/api/v1/push", "", Map.of(), body));
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.headers()).containsEntry("retry-after", "5");
    }

    @Test
    void aBodyThatIsTooLargeIs413() {
        world.limits(TenantLimits.DEFAULTS.with(MetricsLimits.MAX_PUSH_BYTES, 100L));
        byte[] plain = ("{\"streams\":[]," + " ".repeat(200) + "\"x\":1}").getBytes(StandardCharsets.UTF_8);
        assertThat(push(plain, "application/json", "").status()).isEqualTo(413);
        assertThat(push(LokiPushBody.snappy(plain), "", "").status()).isEqualTo(413);
    }
}

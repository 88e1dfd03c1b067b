package io.lambdascope.benchmarks;

import io.lambdascope.head.SegmentFormat;
import io.lambdascope.head.logs.LogsSegmentWriter;
import io.lambdascope.ingest.logs.LogsPush;
import io.lambdascope.ingest.logs.LogsValidator;
import io.lambdascope.labels.Labels;
import io.lambdascope.limits.OtlpLogsSettings;
import io.lambdascope.limits.Tenant;
import io.lambdascope.limits.TenantLimits;
import io.lambdascope.model.logs.LogsBatch;
import io.lambdascope.testkit.logs.LogItem;
import io.lambdascope.testkit.logs.LokiPushBody;
import io.lambdascope.testkit.logs.OtlpLogsBody;
import io.lambdascope.testkit.wire.Allocation;
import io.lambdascope.wire.lokipush.LokiJsonDecoder;
import io.lambdascope.wire.lokipush.LokiProtobufDecoder;
import io.lambdascope.wire.otlp.logs.OtlpLogsDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/// From a push of logs to a segment on one core: unpack, decode, name services and levels, validate, encode, compress.
/// Pushes are those of an agent: about 1 MB of lines of a dozen streams, an access log, logfmt, JSON and a Java log
/// with stack traces, a trace id as structured metadata of some. Rates are of the lines' bytes.
final class LokiPushRate implements Measurement {
    private static final Tenant TENANT = new Tenant("bench");
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final int MAX_BYTES = 32 << 20;
    private static final int ENTRIES = 6000;
    private static final double MB = 1e6;

    @Override
    public String name() {
        return "loki-push";
    }

    @Override
    public List<Figure> measure() {
        List<List<LogItem>> pushes = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 8; i++) {
            pushes.add(push(random));
        }
        List<Figure> figures = new ArrayList<>();
        figures.addAll(measure(
                "Loki protobuf",
                pushes,
                LokiPushBody::protobuf,
                body -> LokiProtobufDecoder.decode(body, MAX_BYTES).batch()));
        figures.addAll(measure(
                "Loki JSON",
                pushes,
                items -> LokiPushBody.json(items).getBytes(StandardCharsets.UTF_8),
                body -> LokiJsonDecoder.decode(body).batch()));
        figures.addAll(measure(
                "OTLP protobuf",
                pushes,
                OtlpLogsBody::of,
                body -> OtlpLogsDecoder.decode(body, OtlpLogsSettings.DEFAULTS, 0)));
        return figures;
    }

    private static List<Figure> measure(
            String protocol,
            List<List<LogItem>> pushes,
            Function<List<LogItem>, byte[]> sender,
            Function<byte[], LogsBatch> decoder) {
        List<byte[]> bodies = pushes.stream().map(sender).toList();
        double all = CpuRate.of(() -> bodies.stream()
                .mapToLong(body -> toSegment(decoder.apply(body)))
                .sum());
        double decode = CpuRate.of(() ->
                bodies.stream().mapToLong(body -> rawBytes(decoder.apply(body))).sum());
        long raw =
                bodies.stream().mapToLong(body -> rawBytes(decoder.apply(body))).sum();
        long allocated = Allocation.of(() -> bodies.forEach(body -> {
            LogsBatch _ = decoder.apply(body);
        }));
        return List.of(
                new Figure(
                        protocol + " to segment, MB of lines a second on one core",
                        "%,.0f".formatted(all / MB),
                        "≥ 40"),
                new Figure("of it decoding alone", "%,.0f".formatted(decode / MB), ""),
                new Figure(
                        "allocated by decoding, bytes a byte of lines",
                        "%.1f".formatted((double) allocated / raw),
                        ""));
    }

    private static long rawBytes(LogsBatch batch) {
        return batch.lineStart(batch.entryCount());
    }

    private static long toSegment(LogsBatch batch) {
        long raw = rawBytes(batch);
        LogsValidator.Validated taken = LogsPush.prepare(batch, TenantLimits.DEFAULTS, NOW);
        int bytes = LogsSegmentWriter.encode(TENANT, taken.batch(), 0, SegmentFormat.LEVEL_FAST)
                .bytes()
                .length;
        return bytes == 0 || taken.refused() > 0 ? 0 : raw;
    }

    private static List<LogItem> push(SplittableRandom random) {
        long now = NOW.getEpochSecond() * 1_000_000_000L;
        List<LogItem> items = new ArrayList<>();
        for (int i = 0; i < ENTRIES; i++) {
            int pod = random.nextInt(12);
            Labels stream = Labels.of(
                    "app", "app" + pod % 4, "cluster", "prod", "namespace", "shop", "pod", "app" + pod % 4 + "-" + pod);
            String trace = "%016x%016x".formatted(random.nextLong(), random.nextLong());
            Labels metadata = random.nextInt(3) == 0 ? Labels.of("trace_id", trace) : Labels.EMPTY;
            items.add(new LogItem(stream, now - random.nextLong(5_000_000_000L), line(pod % 4, random), metadata));
        }
        items.sort(Comparator.comparing(LogItem::stream).thenComparing(LogItem::timeNanos));
        return items;
    }

    private static String line(int style, SplittableRandom random) {
        int user = random.nextInt(5000);
        int millis = random.nextInt(1, 900);
        return switch (style) {
            case 0 ->
                "10.%d.%d.%d - - [20/Nov/2026:11:59:%02d +0000] \"GET /api/v1/cart/%d HTTP/1.1\" %d %d \"-\" \"Mozilla/5.0 (X11; Linux x86_64)\""
                        .formatted(
                                random.nextInt(256),
                                random.nextInt(256),
                                random.nextInt(256),
                                random.nextInt(60),
                                user,
                                random.nextInt(20) == 0 ? 500 : 200,
                                random.nextInt(20_000));
            case 1 ->
                "ts=2026-11-20T11:59:%02d.%03dZ caller=checkout.go:%d level=%s msg=\"order placed\" user=%d took=%dms"
                        .formatted(
                                random.nextInt(60),
                                millis,
                                random.nextInt(400),
                                random.nextInt(10) == 0 ? "warn" : "info",
                                user,
                                millis);
            case 2 ->
                "{\"time\":\"2026-11-20T11:59:%02d\",\"level\":\"info\",\"logger\":\"payments\",\"message\":\"authorised\",\"user\":%d,\"amount\":%d.%02d,\"took_ms\":%d}"
                        .formatted(random.nextInt(60), user, random.nextInt(900), random.nextInt(100), millis);
            default ->
                random.nextInt(30) == 0
                        ? ("2026-11-20 11:59:%02d ERROR [worker-%d] java.lang.IllegalStateException: no stock of %d\n"
                                        + "\tat shop.Stock.reserve(Stock.java:%d)\n\tat shop.Order.place(Order.java:88)\n"
                                        + "\tat java.base/java.lang.Thread.run(Thread.java:1474)")
                                .formatted(random.nextInt(60), random.nextInt(16), user, random.nextInt(300))
                        : "2026-11-20 11:59:%02d INFO  [worker-%d] shop.Stock - reserved %d of %d in %d ms"
                                .formatted(random.nextInt(60), random.nextInt(16), random.nextInt(9), user, millis);
        };
    }
}

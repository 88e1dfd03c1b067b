package io.lambdascope.testkit.logs;

import io.lambdascope.labels.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Random log entries: few streams, times that collide, lines that repeat, metadata with common and rare keys.
public final class RandomLogs {
    private static final List<String> LINES = List.of(
            "",
            "GET /cart 200 12ms",
            "level=error msg=\"checkout failed\" order=%d",
            "{\"level\":\"warn\",\"took\":%d}",
            "héllo wörld ✓ %d",
            "a\nline with\ttabs %d");

    private RandomLogs() {}

    /// @param span entries lie within so many nanoseconds from `startNanos`
    public static List<LogItem> items(SplittableRandom random, int count, long startNanos, long span) {
        List<LogItem> items = new ArrayList<>();
        int streams = 1 + random.nextInt(6);
        while (items.size() < count) {
            if (!items.isEmpty() && random.nextInt(10) == 0) {
                items.add(items.get(random.nextInt(items.size())));
                continue;
            }
            String line = LINES.get(random.nextInt(LINES.size())).formatted(random.nextInt(50));
            // half of the times lie on a coarse grid, so that they collide
            long time = startNanos + (random.nextBoolean() ? random.nextLong(span) : random.nextLong(8) * (span / 8));
            items.add(new LogItem(stream(random.nextInt(streams)), time, line, metadata(random)));
        }
        return items;
    }

    private static Labels stream(int number) {
        return number == 0
                ? Labels.of("app", "shop")
                : Labels.of("app", number % 2 == 0 ? "shop" : "bank", "pod", "p" + number, "env", "prod");
    }

    private static Labels metadata(SplittableRandom random) {
        Labels.Builder metadata = new Labels.Builder();
        if (random.nextInt(3) > 0) {
            metadata.set("detected_level", random.nextBoolean() ? "info" : "error");
        }
        if (random.nextInt(4) == 0) {
            metadata.set("trace_id", Long.toHexString(random.nextLong()));
        }
        if (random.nextInt(20) == 0) {
            metadata.set("key_%d".formatted(random.nextInt(30)), "v");
        }
        return metadata.build();
    }
}

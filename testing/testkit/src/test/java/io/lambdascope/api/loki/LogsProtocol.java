package io.lambdascope.api.loki;

import io.lambdascope.api.HttpRequest;
import io.lambdascope.ingest.PushWorld;
import io.lambdascope.testkit.logs.LogItem;
import io.lambdascope.testkit.logs.LokiPushBody;
import io.lambdascope.testkit.logs.OtlpLogsBody;
import io.lambdascope.testkit.logs.RandomLogs;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// The ways in for logs.
enum LogsProtocol {
    LOKI_PROTOBUF,
    LOKI_JSON,
    OTLP;

    /// A request with `content`, packed as the protocol wants it.
    HttpRequest request(byte[] content) {
        return packed(this == LOKI_PROTOBUF ? LokiPushBody.snappy(content) : content);
    }

    /// A request with a body that is packed already.
    HttpRequest packed(byte[] body) {
        String path = this == OTLP ? "/otlp/v1/logs" : "/loki/api/v1/push";
        String type = this == LOKI_JSON ? "application/json" : "application/x-protobuf";
        return new HttpRequest("POST", path, "", Map.of("content-type", type), body);
    }

    /// Content that a sender might send.
    byte[] content(SplittableRandom random) {
        long now = PushWorld.NOW.getEpochSecond() * 1_000_000_000L;
        return content(RandomLogs.items(random, 1 + random.nextInt(40), now - 1_000_000_000L, 1_000_000_000L));
    }

    byte[] content(List<LogItem> items) {
        return switch (this) {
            case LOKI_PROTOBUF -> LokiPushBody.message(items);
            case LOKI_JSON -> LokiPushBody.json(items).getBytes(StandardCharsets.UTF_8);
            case OTLP -> OtlpLogsBody.of(items);
        };
    }
}

package io.lambdascope.api.prometheus;

import io.lambdascope.api.HttpRequest;
import io.lambdascope.ingest.PushWorld;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.testkit.metrics.InfluxBody;
import io.lambdascope.testkit.metrics.RandomBatches;
import io.lambdascope.testkit.metrics.RemoteWrite2Body;
import io.lambdascope.testkit.metrics.RemoteWriteBody;
import java.util.Map;
import java.util.random.RandomGenerator;

/// The ways in for metrics that these tests know.
enum PushProtocol {
    REMOTE_WRITE_1,
    REMOTE_WRITE_2,
    INFLUX;

    /// A request with `content`, packed as the protocol wants it.
    HttpRequest request(byte[] content) {
        return packed(this == INFLUX ? content : RemoteWriteBody.snappy(content));
    }

    /// A request with a body that is packed already.
    HttpRequest packed(byte[] body) {
        return switch (this) {
            case REMOTE_WRITE_1 ->
                new HttpRequest("POST", "/api/v1/push", "", Map.of("content-type", "application/x-protobuf"), body);
            case REMOTE_WRITE_2 ->
                new HttpRequest(
                        "POST",
                        "/api/v1/push",
                        "",
                        Map.of("content-type", "application/x-protobuf;proto=io.prometheus.write.v2.Request"),
                        body);
            case INFLUX -> new HttpRequest("POST", "/api/v1/push/influx/write", "", Map.of(), body);
        };
    }

    /// Content that a sender might send.
    byte[] content(RandomGenerator random) {
        MetricsBatch batch = RandomBatches.from(random, PushWorld.NOW.toEpochMilli());
        return switch (this) {
            case REMOTE_WRITE_1 -> RemoteWriteBody.message(batch);
            case REMOTE_WRITE_2 -> RemoteWrite2Body.message(batch);
            case INFLUX -> InfluxBody.of(batch);
        };
    }
}

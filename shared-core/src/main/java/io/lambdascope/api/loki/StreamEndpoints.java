package io.lambdascope.api.loki;

import io.lambdascope.api.HttpResponse;
import io.lambdascope.api.JsonAnswer;
import io.lambdascope.api.Routes;
import io.lambdascope.query.Count;
import io.lambdascope.query.DetectedLabels;
import io.lambdascope.query.LogStreams;
import java.util.Map;

/// What there is to ask for: streams, and the names and values of their labels.
public final class StreamEndpoints implements LokiEndpoints {
    private final LogStreams streams;

    public StreamEndpoints(LogStreams streams) {
        this.streams = streams;
    }

    @Override
    public Map<String, Endpoint> byPath() {
        return Map.of(
                Routes.LOKI + "series",
                call -> call.responses().series(streams.streams(call.requests().series())),
                Routes.LOKI + "label",
                this::labelNames,
                Routes.LOKI + "labels",
                this::labelNames,
                Routes.LOKI + "label/{name}/values",
                this::labelValues,
                Routes.LOKI + "detected_labels",
                this::detectedLabels);
    }

    private HttpResponse labelNames(LokiCall call) {
        return call.responses().strings(streams.labelNames(call.requests().streams()));
    }

    private HttpResponse labelValues(LokiCall call) {
        return call.responses()
                .strings(streams.labelValues(
                        call.requests().name(), call.requests().streams()));
    }

    private HttpResponse detectedLabels(LokiCall call) {
        DetectedLabels labels = new DetectedLabels();
        streams.forEach(call.requests().streams(), labels);
        return call.responses().bare(out -> {
            out.writeArrayFieldStart("detectedLabels");
            for (Count label : labels.list()) {
                out.writeStartObject();
                out.writeStringField("label", JsonAnswer.unicode(label.name()));
                out.writeNumberField("cardinality", label.count());
                out.writeEndObject();
            }
            out.writeEndArray();
        });
    }
}

package io.lambdascope.api.loki;

import io.lambdascope.api.HttpResponse;
import io.lambdascope.api.Routes;
import io.lambdascope.query.LogStreams;
import io.lambdascope.query.SeriesRequest;
import io.lambdascope.query.StreamTotals;
import io.lambdascope.query.StreamVolumes;
import io.lambdascope.query.StreamVolumes.Volume;
import io.lambdascope.time.TimeRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// How much there is, by what is known without reading.
public final class VolumeEndpoints implements LokiEndpoints {
    private static final int DEFAULT_LIMIT = 100;

    private final LogStreams streams;

    public VolumeEndpoints(LogStreams streams) {
        this.streams = streams;
    }

    @Override
    public Map<String, Endpoint> byPath() {
        return Map.of(
                Routes.LOKI + "index/stats", this::stats,
                Routes.LOKI + "index/volume", this::volume,
                Routes.LOKI + "index/volume_range", this::volumeRange);
    }

    private HttpResponse stats(LokiCall call) {
        SeriesRequest request = call.requests().streams();
        StreamTotals totals = new StreamTotals(request.range());
        streams.forEach(request, totals);
        return call.responses().bare(out -> {
            out.writeNumberField("streams", totals.streams());
            out.writeNumberField("chunks", totals.pieces());
            out.writeNumberField("entries", totals.entries());
            out.writeNumberField("bytes", totals.bytes());
        });
    }

    private HttpResponse volume(LokiCall call) {
        SeriesRequest request = call.requests().streams();
        List<Volume> volumes = volumes(call, request, List.of(request.range()));
        return call.responses().data(out -> {
            out.writeStartObject();
            out.writeStringField("resultType", "vector");
            out.writeArrayFieldStart("result");
            for (Volume volume : volumes) {
                new LokiJson(out).sample(volume.labels(), millisOfEnd(request.range()), volume.bytes()[0]);
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    private HttpResponse volumeRange(LokiCall call) {
        SeriesRequest request = call.requests().streams();
        List<TimeRange> steps = stepsOf(request.range(), call.requests().step(request.range()));
        List<Volume> volumes = volumes(call, request, steps);
        return call.responses().data(out -> {
            out.writeStartObject();
            out.writeStringField("resultType", "matrix");
            out.writeArrayFieldStart("result");
            for (Volume volume : volumes) {
                int[] filled = volume.filled();
                long[] timestamps = new long[filled.length];
                double[] bytes = new double[filled.length];
                for (int i = 0; i < filled.length; i++) {
                    timestamps[i] = millisOfEnd(steps.get(filled[i]));
                    bytes[i] = volume.bytes()[filled[i]];
                }
                new LokiJson(out).series(volume.labels(), timestamps, bytes);
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    private List<Volume> volumes(LokiCall call, SeriesRequest request, List<TimeRange> stretches) {
        StreamVolumes volumes = call.requests().volumes(request.selectors().getFirst(), stretches);
        streams.forEach(request, volumes);
        return volumes.largest(call.requests().limit(DEFAULT_LIMIT));
    }

    private static List<TimeRange> stepsOf(TimeRange range, long stepNanos) {
        List<TimeRange> steps = new ArrayList<>();
        for (long from = range.fromNanos(); from < range.toNanos(); ) {
            long to = range.toNanos() - from > stepNanos ? from + stepNanos : range.toNanos();
            steps.add(new TimeRange(from, to));
            from = to;
        }
        return steps;
    }

    /// A volume stands at the end of its time.
    private static long millisOfEnd(TimeRange range) {
        return Math.floorDiv(range.toNanos(), 1_000_000L);
    }
}

package io.lambdascope.api.loki;

import io.lambdascope.api.HttpResponse;
import io.lambdascope.api.JsonAnswer;
import io.lambdascope.api.Routes;
import io.lambdascope.query.LogPattern;
import io.lambdascope.query.LogPatterns;
import io.lambdascope.query.SeriesRequest;
import io.lambdascope.time.TimeRange;
import java.util.List;
import java.util.Map;

/// What lines have in common.
public final class PatternEndpoints implements LokiEndpoints {
    /// Lines are counted by so much time, or by a multiple of it.
    private static final long RESOLUTION_NANOS = 10_000_000_000L;

    /// More counts than this of one pattern nobody can see.
    private static final int MOST_COUNTS = 1000;

    private static final int DEFAULT_LIMIT = 300;

    private final LogPatterns patterns;

    public PatternEndpoints(LogPatterns patterns) {
        this.patterns = patterns;
    }

    @Override
    public Map<String, Endpoint> byPath() {
        return Map.of(Routes.LOKI + "patterns", this::answer);
    }

    private HttpResponse answer(LokiCall call) {
        SeriesRequest request = call.requests().streams(call.requests().limit(DEFAULT_LIMIT));
        List<LogPattern> found =
                patterns.patterns(request, roundedUp(call.requests().step(request.range()), request.range()));
        return call.responses().data(out -> {
            out.writeStartArray();
            for (LogPattern pattern : found) {
                out.writeStartObject();
                out.writeStringField("pattern", JsonAnswer.unicode(pattern.text()));
                if (!pattern.level().isEmpty()) {
                    out.writeStringField("level", JsonAnswer.unicode(pattern.level()));
                }
                out.writeArrayFieldStart("samples");
                for (Map.Entry<Long, Long> count : pattern.counts().entrySet()) {
                    out.writeStartArray();
                    out.writeNumber(Math.floorDiv(count.getKey(), 1_000_000_000L));
                    out.writeNumber(count.getValue());
                    out.writeEndArray();
                }
                out.writeEndArray();
                out.writeEndObject();
            }
            out.writeEndArray();
        });
    }

    private static long roundedUp(long stepNanos, TimeRange range) {
        long least = Math.max(stepNanos, (range.toNanos() - range.fromNanos()) / MOST_COUNTS);
        return Math.ceilDiv(least, RESOLUTION_NANOS) * RESOLUTION_NANOS;
    }
}

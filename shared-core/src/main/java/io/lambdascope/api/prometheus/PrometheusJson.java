package io.lambdascope.api.prometheus;

import com.fasterxml.jackson.core.JsonGenerator;
import io.lambdascope.api.JsonAnswer;
import io.lambdascope.labels.Labels;
import io.lambdascope.labels.NumberText;
import io.lambdascope.model.metrics.Exemplar;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.query.QueryStats;
import io.lambdascope.result.PromResult;
import io.lambdascope.source.metrics.SeriesExemplars;
import io.lambdascope.vector.histogram.HistogramBuckets;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/// Writes results byte for byte as Prometheus does (prometheus `web/api/v1/json_codec.go`,
/// `util/jsonutil/marshal.go`).
final class PrometheusJson {
    private static final int MOST_PENDING = 8000;

    private final JsonGenerator out;
    private final StringBuilder pending = new StringBuilder();

    PrometheusJson(JsonGenerator out) {
        this.out = out;
    }

    /// `{"resultType":…,"result":…}`, and `"stats":…` if they are wanted.
    void data(PromResult result, int limit, QueryStats stats, StatsWanted wanted) throws IOException {
        out.writeStartObject();
        switch (result) {
            case PromResult.Scalar(long timestampMillis, double value, var _) -> {
                type("scalar");
                point(timestampMillis, value);
            }
            case PromResult.Text(long timestampMillis, String value, var _) -> {
                type("string");
                out.writeStartArray();
                timestamp(timestampMillis);
                out.writeString(JsonAnswer.unicode(value));
                out.writeEndArray();
            }
            case PromResult.Vector(List<PromResult.Sample> samples, var _) -> {
                type("vector");
                out.writeStartArray();
                for (PromResult.Sample sample : firstOf(samples, limit)) {
                    sample(sample);
                }
                out.writeEndArray();
            }
            case PromResult.Matrix(List<PromResult.Series> series, var _) -> {
                type("matrix");
                out.writeStartArray();
                for (PromResult.Series one : firstOf(series, limit)) {
                    series(one);
                }
                out.writeEndArray();
            }
        }
        if (wanted != StatsWanted.NONE) {
            stats(stats, wanted);
        }
        out.writeEndObject();
    }

    /// Prometheus' timings and counts (prometheus `util/stats/query_stats.go`). Nothing waits in a queue here, and
    /// sorting
    /// is not timed apart.
    private void stats(QueryStats stats, StatsWanted wanted) throws IOException {
        double preparation = stats.preparation().toNanos() / 1e9;
        double evaluation = stats.evaluation().toNanos() / 1e9;
        out.writeObjectFieldStart("stats");
        out.writeObjectFieldStart("timings");
        seconds("evalTotalTime", preparation + evaluation);
        seconds("resultSortTime", 0);
        seconds("queryPreparationTime", preparation);
        seconds("innerEvalTime", evaluation);
        seconds("execQueueTime", 0);
        seconds("execTotalTime", preparation + evaluation);
        out.writeEndObject();
        out.writeObjectFieldStart("samples");
        if (wanted == StatsWanted.BY_STEP) {
            out.writeArrayFieldStart("totalQueryableSamplesPerStep");
            for (int step = 0; step < stats.samplesByStep().length; step++) {
                out.writeStartArray();
                timestamp(stats.grid().atMillis(step));
                out.writeNumber(stats.samplesByStep()[step]);
                out.writeEndArray();
            }
            out.writeEndArray();
        }
        out.writeNumberField(
                "totalQueryableSamples", Arrays.stream(stats.samplesByStep()).sum());
        out.writeNumberField("peakSamples", stats.peakSamples());
        out.writeEndObject();
        out.writeEndObject();
    }

    private void seconds(String field, double seconds) throws IOException {
        out.writeFieldName(field);
        out.writeNumber(NumberText.json(seconds));
    }

    private static <T> List<T> firstOf(List<T> all, int limit) {
        return limit == 0 || all.size() <= limit ? all : all.subList(0, limit);
    }

    private void type(String name) throws IOException {
        out.writeStringField("resultType", name);
        out.writeFieldName("result");
    }

    void labels(Labels labels) throws IOException {
        JsonAnswer.writeLabels(labels, out);
    }

    private void sample(PromResult.Sample sample) throws IOException {
        out.writeStartObject();
        out.writeFieldName("metric");
        labels(sample.labels());
        NativeHistogram histogram = sample.histogram();
        if (histogram == null) {
            out.writeFieldName("value");
            point(sample.timestampMillis(), sample.value());
        } else {
            out.writeFieldName("histogram");
            point(sample.timestampMillis(), histogram);
        }
        out.writeEndObject();
    }

    private void series(PromResult.Series series) throws IOException {
        out.writeStartObject();
        out.writeFieldName("metric");
        labels(series.labels());
        points(series, false);
        points(series, true);
        out.writeEndObject();
    }

    private void points(PromResult.Series series, boolean histograms) throws IOException {
        boolean open = false;
        for (int i = 0; i < series.size(); i++) {
            NativeHistogram histogram = series.histogram(i);
            if ((histogram != null) == histograms) {
                if (!open) {
                    out.writeArrayFieldStart(histograms ? "histograms" : "values");
                    open = true;
                }
                if (histogram == null) {
                    pending(series.timestamps()[i], series.values()[i]);
                } else {
                    point(series.timestamps()[i], histogram);
                }
            }
        }
        writePending();
        if (open) {
            out.writeEndArray();
        }
    }

    /// Writes a point among others past the generator, which would ask itself with each bracket where it stands: points
    /// are most of what is written.
    private void pending(long timestampMillis, double value) throws IOException {
        if (pending.length() > MOST_PENDING) {
            writePending();
            pending.append(',');
        } else if (!pending.isEmpty()) {
            pending.append(',');
        }
        pending.append('[');
        seconds(timestampMillis, pending);
        pending.append(",\"").append(NumberText.json(value)).append("\"]");
    }

    private void writePending() throws IOException {
        out.writeRaw(pending.toString());
        pending.setLength(0);
    }

    private void point(long timestampMillis, double value) throws IOException {
        out.writeStartArray();
        timestamp(timestampMillis);
        out.writeString(NumberText.json(value));
        out.writeEndArray();
    }

    private void point(long timestampMillis, NativeHistogram histogram) throws IOException {
        out.writeStartArray();
        timestamp(timestampMillis);
        out.writeStartObject();
        out.writeStringField("count", NumberText.json(histogram.count()));
        out.writeStringField("sum", NumberText.json(histogram.sum()));
        List<HistogramBuckets.Bucket> buckets = HistogramBuckets.of(histogram);
        if (!buckets.isEmpty()) {
            out.writeArrayFieldStart("buckets");
            for (HistogramBuckets.Bucket bucket : buckets) {
                bucket(bucket);
            }
            out.writeEndArray();
        }
        out.writeEndObject();
        out.writeEndArray();
    }

    /// `{"seriesLabels":…,"exemplars":[…]}`.
    void exemplars(SeriesExemplars series) throws IOException {
        out.writeStartObject();
        out.writeFieldName("seriesLabels");
        labels(series.labels());
        out.writeArrayFieldStart("exemplars");
        for (Exemplar exemplar : series.exemplars()) {
            out.writeStartObject();
            out.writeFieldName("labels");
            labels(exemplar.labels());
            out.writeStringField("value", NumberText.json(exemplar.value()));
            out.writeFieldName("timestamp");
            timestamp(exemplar.timestampMillis());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    /// The first number says which bounds are inside: 0 the upper, 1 the lower, 2 neither, 3 both.
    private void bucket(HistogramBuckets.Bucket bucket) throws IOException {
        int rule = bucket.lowerInside() ? bucket.upperInside() ? 3 : 1 : bucket.upperInside() ? 0 : 2;
        out.writeStartArray();
        out.writeNumber(rule);
        out.writeString(NumberText.json(bucket.lower()));
        out.writeString(NumberText.json(bucket.upper()));
        out.writeString(NumberText.json(bucket.count()));
        out.writeEndArray();
    }

    /// Seconds, with three decimals where they are not whole.
    private void timestamp(long millis) throws IOException {
        StringBuilder text = new StringBuilder(20);
        seconds(millis, text);
        out.writeNumber(text.toString());
    }

    private static void seconds(long millis, StringBuilder seconds) {
        long fraction = Math.abs(millis % 1000);
        if (millis < 0) {
            seconds.append('-');
        }
        seconds.append(Math.abs(millis / 1000));
        if (fraction != 0) {
            seconds.append('.')
                    .append((char) ('0' + fraction / 100))
                    .append((char) ('0' + fraction / 10 % 10))
                    .append((char) ('0' + fraction % 10));
        }
    }
}

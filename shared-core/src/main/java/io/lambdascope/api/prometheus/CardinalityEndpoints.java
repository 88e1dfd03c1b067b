package io.lambdascope.api.prometheus;

import com.fasterxml.jackson.core.JsonGenerator;
import io.lambdascope.api.HttpResponse;
import io.lambdascope.api.JsonAnswer;
import io.lambdascope.api.Routes;
import io.lambdascope.labels.Labels;
import io.lambdascope.query.Cardinality;
import io.lambdascope.query.CardinalityRequest;
import io.lambdascope.query.Count;
import io.lambdascope.query.PrometheusQueries;
import io.lambdascope.query.SeriesCounts;
import io.lambdascope.query.SeriesRequest;
import io.lambdascope.source.Unit;
import io.lambdascope.source.metrics.MetricsUnits;
import io.lambdascope.time.TimeRange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/// Where series come from: Mimir's cardinality API, and the page that Prometheus has of its head.
public final class CardinalityEndpoints implements PrometheusEndpoints {
    private static final String CARDINALITY = Routes.PROMETHEUS + "cardinality/";

    private final Cardinality cardinality;
    private final PrometheusQueries queries;

    public CardinalityEndpoints(Cardinality cardinality, PrometheusQueries queries) {
        this.cardinality = cardinality;
        this.queries = queries;
    }

    @Override
    public Map<String, Endpoint> byPath() {
        return Map.of(
                CARDINALITY + "label_names", this::labelNames,
                CARDINALITY + "label_values", this::labelValues,
                CARDINALITY + "active_series", this::activeSeries,
                Routes.PROMETHEUS + "status/tsdb", this::headPage);
    }

    private HttpResponse labelNames(PrometheusCall call) {
        CardinalityRequests requests = new CardinalityRequests(call.requests());
        int limit = requests.limit();
        SeriesCounts counts = cardinality.count(requests.labelNames()).counts();
        return call.responses().bare(out -> {
            out.writeNumberField("label_values_count_total", counts.pairs());
            out.writeNumberField("label_names_count", counts.labels());
            list(out, "cardinality", "label_name", "label_values_count", counts.valuesByLabel(limit));
        });
    }

    private HttpResponse labelValues(PrometheusCall call) {
        CardinalityRequests requests = new CardinalityRequests(call.requests());
        int limit = requests.limit();
        CardinalityRequest request = requests.labelValues();
        SeriesCounts counts = cardinality.count(request).counts();
        List<Count> labels = new ArrayList<>();
        request.labels().forEach(label -> labels.add(new Count(label, counts.seriesWith(label))));
        labels.sort(Count.LARGEST_FIRST);
        return call.responses().bare(out -> {
            out.writeNumberField("series_count_total", counts.series());
            out.writeArrayFieldStart("labels");
            for (Count label : labels) {
                out.writeStartObject();
                out.writeStringField("label_name", JsonAnswer.unicode(label.name()));
                out.writeNumberField("label_values_count", counts.valuesOf(label.name()));
                out.writeNumberField("series_count", label.count());
                list(out, "cardinality", "label_value", "series_count", counts.seriesByValue(label.name(), limit));
                out.writeEndObject();
            }
            out.writeEndArray();
        });
    }

    private HttpResponse activeSeries(PrometheusCall call) {
        SeriesRequest request = new CardinalityRequests(call.requests()).activeSeries();
        SortedSet<Labels> series = queries.series(request).whole();
        return call.responses().bare(out -> {
            PrometheusJson json = new PrometheusJson(out);
            out.writeArrayFieldStart("data");
            for (Labels labels : series) {
                json.labels(labels);
            }
            out.writeEndArray();
        });
    }

    /// What Prometheus says of its head (prometheus `web/api/v1/api.go`, `status/tsdb`), said of the same time here.
    /// A chunk is what a unit holds of one series.
    private HttpResponse headPage(PrometheusCall call) {
        CardinalityRequests requests = new CardinalityRequests(call.requests());
        int most = requests.headLimit();
        Cardinality.Answer answer = cardinality.count(requests.head());
        SeriesCounts counts = answer.counts();
        return call.responses().data((out, json) -> {
            out.writeStartObject();
            out.writeObjectFieldStart("headStats");
            out.writeNumberField("numSeries", counts.series());
            out.writeNumberField("numLabelPairs", counts.pairs());
            units(out, answer.units());
            out.writeEndObject();
            list(out, "seriesCountByMetricName", "name", "value", counts.seriesByValue("__name__", most));
            list(out, "labelValueCountByLabelName", "name", "value", counts.valuesByLabel(most));
            list(out, "memoryInBytesByLabelName", "name", "value", counts.bytesByLabel(most));
            list(out, "seriesCountByLabelValuePair", "name", "value", counts.seriesByPair(most));
            out.writeEndObject();
        });
    }

    private static void units(JsonGenerator out, MetricsUnits units) throws IOException {
        Optional<TimeRange> time = units.units().stream().map(Unit::range).reduce(TimeRange::union);
        out.writeNumberField(
                "chunkCount", units.units().stream().mapToLong(Unit::rows).sum());
        out.writeNumberField("minTime", time.map(TimeRange::fromMillis).orElse(0L));
        out.writeNumberField("maxTime", time.map(TimeRange::lastMillis).orElse(0L));
    }

    private static void list(JsonGenerator out, String field, String name, String number, List<Count> counts)
            throws IOException {
        out.writeArrayFieldStart(field);
        for (Count count : counts) {
            out.writeStartObject();
            out.writeStringField(name, JsonAnswer.unicode(count.name()));
            out.writeNumberField(number, count.count());
            out.writeEndObject();
        }
        out.writeEndArray();
    }
}

package io.lambdascope.api.prometheus;

import com.fasterxml.jackson.core.JsonGenerator;
import io.lambdascope.api.HttpResponse;
import io.lambdascope.api.JsonAnswer;
import io.lambdascope.api.Routes;
import io.lambdascope.model.metrics.MetricMetadata;
import io.lambdascope.query.Found;
import io.lambdascope.query.MetricDetails;
import io.lambdascope.query.SeriesRequest;
import io.lambdascope.source.metrics.SeriesExemplars;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;

/// What is stored beside samples: exemplars, and what metrics say of themselves.
public final class MetricDetailEndpoints implements PrometheusEndpoints {
    private final MetricDetails details;

    public MetricDetailEndpoints(MetricDetails details) {
        this.details = details;
    }

    @Override
    public Map<String, Endpoint> byPath() {
        return Map.of(
                Routes.PROMETHEUS + "query_exemplars", this::exemplars,
                Routes.PROMETHEUS + "metadata", this::metadata);
    }

    private HttpResponse exemplars(PrometheusCall call) {
        SeriesRequest request = call.requests().exemplars();
        Found<List<SeriesExemplars>> found =
                request.selectors().isEmpty() ? Found.all(List.of()) : details.exemplars(request);
        PrometheusResponses.Data data = (out, json) -> {
            out.writeStartArray();
            for (SeriesExemplars series : found.items()) {
                json.exemplars(series);
            }
            out.writeEndArray();
        };
        return call.responses().data(data, found.warnings());
    }

    private HttpResponse metadata(PrometheusCall call) {
        long most = call.requests().number("limit").orElse(-1);
        long mostPerFamily = call.requests().number("limit_per_metric").orElse(-1);
        Found<SortedMap<String, SortedSet<MetricMetadata>>> found =
                details.metadata(call.requests().metadata());
        PrometheusResponses.Data data = (out, _) -> {
            out.writeStartObject();
            long left = most < 0 ? Long.MAX_VALUE : most;
            for (Map.Entry<String, SortedSet<MetricMetadata>> family :
                    found.items().entrySet()) {
                if (left-- <= 0) {
                    break;
                }
                out.writeArrayFieldStart(JsonAnswer.unicode(family.getKey()));
                write(out, family.getValue(), mostPerFamily <= 0 ? Long.MAX_VALUE : mostPerFamily);
                out.writeEndArray();
            }
            out.writeEndObject();
        };
        return call.responses().data(data, found.warnings());
    }

    private static void write(JsonGenerator out, Collection<MetricMetadata> items, long most) throws IOException {
        long left = most;
        for (MetricMetadata item : items) {
            if (left-- <= 0) {
                return;
            }
            out.writeStartObject();
            out.writeStringField("type", item.type().text());
            out.writeStringField("help", JsonAnswer.unicode(item.help()));
            out.writeStringField("unit", JsonAnswer.unicode(item.unit()));
            out.writeEndObject();
        }
    }
}

package io.lambdascope.api.loki;

import com.fasterxml.jackson.core.JsonGenerator;
import io.lambdascope.api.HttpResponse;
import io.lambdascope.api.JsonAnswer;
import io.lambdascope.api.Routes;
import io.lambdascope.query.DetectedField;
import io.lambdascope.query.FieldsRequest;
import io.lambdascope.query.LogFields;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// The fields of lines, and their values.
public final class FieldEndpoints implements LokiEndpoints {
    /// How many fields, or values of one, are answered where nothing is said.
    private static final int MOST_FIELDS = 1000;

    private final LogFields fields;

    public FieldEndpoints(LogFields fields) {
        this.fields = fields;
    }

    @Override
    public Map<String, Endpoint> byPath() {
        return Map.of(
                Routes.LOKI + "detected_fields", this::fields,
                Routes.LOKI + "detected_field/{name}/values", this::values);
    }

    private HttpResponse fields(LokiCall call) {
        FieldsRequest request = call.requests().fields(call.requests().limit(MOST_FIELDS));
        List<DetectedField> found = fields.fields(request);
        return call.responses().bare(out -> {
            out.writeArrayFieldStart("fields");
            for (DetectedField field : found) {
                field(field, out);
            }
            out.writeEndArray();
            out.writeNumberField("limit", request.limit());
        });
    }

    private static void field(DetectedField field, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("label", JsonAnswer.unicode(field.name()));
        out.writeStringField("type", field.type().text());
        out.writeNumberField("cardinality", field.values().size());
        out.writeFieldName("parsers");
        if (field.parsers().isEmpty()) {
            out.writeNull();
        } else {
            LokiJson.strings(field.parsers(), out);
        }
        if (!field.jsonPath().isEmpty()) {
            out.writeFieldName("jsonPath");
            LokiJson.strings(field.jsonPath(), out);
        }
        out.writeEndObject();
    }

    private HttpResponse values(LokiCall call) {
        String name = call.requests().name();
        FieldsRequest request = call.requests().fields(Integer.MAX_VALUE);
        int limit = call.requests().limit(MOST_FIELDS);
        List<String> found = fields.fields(request).stream()
                .filter(field -> field.name().equals(name))
                .flatMap(field -> field.values().stream())
                .limit(limit)
                .toList();
        return call.responses().bare(out -> {
            out.writeFieldName("values");
            LokiJson.strings(found, out);
            out.writeNumberField("limit", limit);
        });
    }
}

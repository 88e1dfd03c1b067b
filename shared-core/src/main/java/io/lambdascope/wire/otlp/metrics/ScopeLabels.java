package io.lambdascope.wire.otlp.metrics;

import static io.lambdascope.wire.ProtoReader.LENGTH;

import io.lambdascope.limits.OtlpSettings;
import io.lambdascope.wire.ProtoReader;
import io.lambdascope.wire.otlp.Attribute;
import java.util.ArrayList;
import java.util.List;

/// The labels that tell of the instrumentation scope, where settings want them: `otel_scope_name`, `…_version`,
/// `…_schema_url` and one for each attribute.
final class ScopeLabels {
    private static final String PREFIX = "otel_scope_";

    private ScopeLabels() {}

    /// Reads the current `ScopeMetrics`.
    ///
    /// @return labels by their names, a later one wins over an earlier one; none if the scope has no name
    static List<Attribute> read(ProtoReader in, OtlpSettings settings) {
        String schemaUrl = "";
        Scope scope = new Scope();
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case 1 << 3 | LENGTH -> scope.read(in);
                case 3 << 3 | LENGTH -> schemaUrl = in.text();
                default -> in.skipField(tag);
            }
        }
        return settings.promoteScopeMetadata() && !scope.name.isEmpty() ? scope.labels(schemaUrl, settings) : List.of();
    }

    private static final class Scope {
        String name = "";
        String version = "";
        final List<Attribute> attributes = new ArrayList<>();

        void read(ProtoReader in) {
            int outer = in.enter();
            for (int tag = in.tag(); tag != 0; tag = in.tag()) {
                switch (tag) {
                    case 1 << 3 | LENGTH -> name = in.text();
                    case 2 << 3 | LENGTH -> version = in.text();
                    case 3 << 3 | LENGTH -> Attribute.read(in, attributes);
                    default -> in.skipField(tag);
                }
            }
            in.leave(outer);
        }

        List<Attribute> labels(String schemaUrl, OtlpSettings settings) {
            List<Attribute> labels = new ArrayList<>();
            for (Attribute attribute : attributes) {
                String label = LabelNames.of(PREFIX + attribute.key(), settings.translationStrategy());
                labels.add(new Attribute(label, attribute.value()));
            }
            labels.add(new Attribute(PREFIX + "name", name));
            labels.add(new Attribute(PREFIX + "version", version));
            labels.add(new Attribute(PREFIX + "schema_url", schemaUrl));
            return labels;
        }
    }
}

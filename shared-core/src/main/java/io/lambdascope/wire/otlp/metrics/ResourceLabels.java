package io.lambdascope.wire.otlp.metrics;

import io.lambdascope.limits.OtlpSettings;
import io.lambdascope.model.metrics.MetricMetadata;
import io.lambdascope.wire.otlp.Attribute;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a resource tells of its series: `job` and `instance`, attributes that settings promote to labels, and
/// `target_info`, a series of its own that has the others as labels, for queries to join (`info()`).
final class ResourceLabels {
    private static final String SERVICE = "service.name";
    private static final String NAMESPACE = "service.namespace";
    private static final String INSTANCE = "service.instance.id";
    private static final Set<String> IDENTIFYING = Set.of(SERVICE, NAMESPACE, INSTANCE);

    private static final MetricMetadata INFO =
            new MetricMetadata("target_info", MetricMetadata.Type.GAUGE, "Target metadata", "");

    /// Half of how far PromQL looks back, so that a query finds `target_info` wherever it finds a point.
    private static final long INFO_INTERVAL_MILLIS = Duration.ofSeconds(150).toMillis();

    private final List<Attribute> attributes;
    private final OtlpSettings settings;
    private final List<Attribute> identity = new ArrayList<>();

    ResourceLabels(List<Attribute> attributes, OtlpSettings settings) {
        this.attributes = attributes;
        this.settings = settings;
        String service = valueOf(SERVICE);
        if (service != null) {
            String namespace = valueOf(NAMESPACE);
            identity.add(new Attribute("job", namespace == null ? service : namespace + "/" + service));
        }
        String instance = valueOf(INSTANCE);
        if (instance != null) {
            identity.add(new Attribute("instance", instance));
        }
    }

    private @Nullable String valueOf(String key) {
        for (Attribute attribute : attributes) {
            if (attribute.key().equals(key)) {
                return attribute.value();
            }
        }
        return null;
    }

    /// Sets the labels that the series of a scope have beside those of their points.
    void fix(List<Attribute> scope, PointLabels labels) {
        List<Attribute> winning = new ArrayList<>(scope);
        winning.addAll(identity);
        List<Attribute> promoted = attributes.stream()
                .filter(attribute -> settings.promotes(attribute.key()))
                .sorted(Comparator.comparing(Attribute::key))
                .map(attribute -> new Attribute(
                        LabelNames.of(attribute.key(), settings.translationStrategy()), attribute.value()))
                .toList();
        labels.fix(winning, promoted);
    }

    /// Writes `target_info` for the times of the resource's points; nothing if it would say no more than they do, or
    /// could not be joined to them.
    void writeInfo(PointWriter out) {
        boolean says = attributes.stream().anyMatch(attribute -> !IDENTIFYING.contains(attribute.key()));
        if (!says || identity.isEmpty() || out.times().isEmpty()) {
            return;
        }
        PointLabels labels = out.labels();
        labels.fix(identity, List.of());
        labels.clear();
        for (Attribute attribute : attributes) {
            if (settings.keepIdentifyingResourceAttributes() || !IDENTIFYING.contains(attribute.key())) {
                labels.add(attribute);
            }
        }
        out.info(INFO, out.times().thinned(INFO_INTERVAL_MILLIS));
    }
}

package io.lambdascope.limits;

import io.lambdascope.limits.AttributeRule.Action;
import java.util.List;
import java.util.Set;

/// How one tenant's OTLP logs become entries: which attributes become labels of a stream, which structured metadata.
public final class OtlpLogsSettings {
    /// The resource attributes that Loki makes labels of where nobody says otherwise.
    static final Set<String> DEFAULT_LABELS = Set.of(
            "service.name",
            "service.namespace",
            "service.instance.id",
            "deployment.environment",
            "deployment.environment.name",
            "cloud.region",
            "cloud.availability_zone",
            "k8s.cluster.name",
            "k8s.namespace.name",
            "k8s.pod.name",
            "k8s.container.name",
            "k8s.replicaset.name",
            "k8s.deployment.name",
            "k8s.statefulset.name",
            "k8s.daemonset.name",
            "k8s.cronjob.name",
            "k8s.job.name",
            "container.name");

    public static final OtlpLogsSettings DEFAULTS = of(TenantLimits.DEFAULTS);

    private final boolean ignoreDefaults;
    private final List<Rule> resource;
    private final List<Rule> scope;
    private final List<Rule> logRecord;
    private final boolean severityTextAsLabel;
    private final List<String> serviceNameSources;

    private record Rule(Action action, AttributeRule.Names names) {}

    private OtlpLogsSettings(TenantLimits limits) {
        this.ignoreDefaults = limits.get(LogsLimits.OTLP_IGNORE_DEFAULTS);
        this.resource = rules(limits.get(LogsLimits.OTLP_RESOURCE_ATTRIBUTES));
        this.scope = rules(limits.get(LogsLimits.OTLP_SCOPE_ATTRIBUTES));
        this.logRecord = rules(limits.get(LogsLimits.OTLP_LOG_ATTRIBUTES));
        this.severityTextAsLabel = limits.get(LogsLimits.OTLP_SEVERITY_TEXT_AS_LABEL);
        this.serviceNameSources = limits.get(LogsLimits.DISCOVER_SERVICE_NAME);
    }

    private static List<Rule> rules(List<AttributeRule> said) {
        return said.stream().map(rule -> new Rule(rule.action(), rule.names())).toList();
    }

    /// Those that a tenant's limits hold in their section `logs`.
    public static OtlpLogsSettings of(TenantLimits limits) {
        return new OtlpLogsSettings(limits);
    }

    /// What becomes of the resource attribute `key`.
    public Action ofResource(String key) {
        boolean label = !ignoreDefaults && DEFAULT_LABELS.contains(key);
        return of(resource, key, label ? Action.INDEX_LABEL : Action.STRUCTURED_METADATA);
    }

    /// What becomes of the attribute `key` of a scope.
    public Action ofScope(String key) {
        return of(scope, key, Action.STRUCTURED_METADATA);
    }

    /// What becomes of the attribute `key` of a log record.
    public Action ofRecord(String key) {
        return of(logRecord, key, Action.STRUCTURED_METADATA);
    }

    private static Action of(List<Rule> rules, String key, Action otherwise) {
        for (Rule rule : rules) {
            if (rule.names().include(key)) {
                return rule.action();
            }
        }
        return otherwise;
    }

    /// Whether the text of the severity becomes a label rather than structured metadata.
    public boolean severityTextAsLabel() {
        return severityTextAsLabel;
    }

    /// Names of labels of which the first that a resource has tells its `service_name`, if it does not say so itself;
    /// none where there shall be no such label.
    public List<String> serviceNameSources() {
        return serviceNameSources;
    }
}

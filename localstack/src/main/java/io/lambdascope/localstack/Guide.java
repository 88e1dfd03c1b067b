package io.lambdascope.localstack;

import java.net.URI;
import java.nio.file.Path;

/// What a person reads when the machine is up: what to open and what to type.
final class Guide {
    private Guide() {}

    static String text(URI endpoint, Path dataDir) {
        return """

                Lambdascope runs at %1$s

                  Ask whether it is there         curl %1$s/ready
                  Grafana, data source Prometheus %1$s/prometheus
                  Grafana, data source Loki       %1$s
                  Query                           curl -G %1$s/prometheus/api/v1/query --data-urlencode 'query=up'

                  Prometheus, in prometheus.yml:
                    remote_write:
                      - url: %1$s/api/v1/push

                  Loki's agents (Alloy, Promtail): %1$s/loki/api/v1/push

                  OpenTelemetry SDK or Collector (otlphttp): metrics and logs to the endpoint %1$s/otlp

                Another tenant than "anonymous": the header X-Scope-OrgID.
                Data and logs are in %2$s and stay. Ctrl-C stops.
                """.formatted(endpoint, dataDir);
    }
}

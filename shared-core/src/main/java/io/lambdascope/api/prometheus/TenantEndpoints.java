package io.lambdascope.api.prometheus;

import com.fasterxml.jackson.core.JsonGenerator;
import io.lambdascope.api.HttpResponse;
import io.lambdascope.catalog.Catalog;
import io.lambdascope.catalog.CatalogState;
import io.lambdascope.catalog.Usage;
import io.lambdascope.limits.Limit;
import io.lambdascope.limits.LimitsFile;
import io.lambdascope.limits.MetricsLimits;
import io.lambdascope.limits.Tenant;
import io.lambdascope.limits.TenantLimits;
import io.lambdascope.limits.TenantLimitsSource;
import io.lambdascope.model.Signal;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// What Mimir says of a tenant: what it pushes, and what it may. Fields that Mimir has (`http-api`, "Get tenant
/// ingestion
/// stats", "Get tenant limits") are called as there; of what has no limit here, the limit is 0.
public final class TenantEndpoints implements PrometheusEndpoints {
    private final Catalog catalog;
    private final TenantLimitsSource limits;
    private final InstantSource clock;

    public TenantEndpoints(Catalog catalog, TenantLimitsSource limits, InstantSource clock) {
        this.catalog = catalog;
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public Map<String, Endpoint> byPath() {
        return Map.of("/api/v1/user_stats", this::stats, "/api/v1/user_limits", this::limits);
    }

    private HttpResponse stats(PrometheusCall call) {
        Tenant tenant = call.access().tenantOf(call.http());
        Usage usage =
                catalog.state(tenant, Signal.METRICS).map(CatalogState::usage).orElse(Usage.NONE);
        long now = clock.millis();
        return call.responses().bare(out -> {
            out.writeNumberField("ingestionRate", usage.itemsPerSecond(now));
            out.writeNumberField("numSeries", usage.activeSeries(now));
            out.writeNumberField("APIIngestionRate", usage.itemsPerSecond(now));
            out.writeNumberField("RuleIngestionRate", 0);
            out.writeNumberField("storedSamples", usage.items());
            out.writeNumberField("storedBytes", usage.bytes());
        });
    }

    private HttpResponse limits(PrometheusCall call) {
        TenantLimits ofTenant = limits.of(call.access().tenantOf(call.http()));
        Duration retention = ofTenant.get(MetricsLimits.COMPACTOR_BLOCKS_RETENTION_PERIOD);
        return call.responses().bare(out -> {
            out.writeNumberField("compactor_blocks_retention_period_seconds", retention.toSeconds());
            out.writeNumberField("max_global_series_per_user", 0);
            out.writeNumberField("max_global_series_per_metric", 0);
            for (Limit<?> limit : LimitsFile.KNOWN) {
                write(limit, ofTenant, out);
            }
        });
    }

    private static <T> void write(Limit<T> limit, TenantLimits ofTenant, JsonGenerator out) throws IOException {
        out.writeFieldName(limit.name());
        write(limit.json(ofTenant.get(limit)), out);
    }

    private static void write(Object json, JsonGenerator out) throws IOException {
        switch (json) {
            case String text -> out.writeString(text);
            case Boolean flag -> out.writeBoolean(flag);
            case Long number -> out.writeNumber(number);
            case Double number -> out.writeNumber(number);
            case List<?> items -> {
                out.writeStartArray();
                for (Object item : items) {
                    write(item, out);
                }
                out.writeEndArray();
            }
            case Map<?, ?> fields -> {
                out.writeStartObject();
                for (Map.Entry<?, ?> field : fields.entrySet()) {
                    out.writeFieldName(String.valueOf(field.getKey()));
                    write(field.getValue(), out);
                }
                out.writeEndObject();
            }
            case Object other -> throw new IllegalStateException("no form of limits is written as " + other);
        }
    }
}

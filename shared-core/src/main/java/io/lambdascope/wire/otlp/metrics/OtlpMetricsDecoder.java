package io.lambdascope.wire.otlp.metrics;

import static io.lambdascope.wire.ProtoReader.LENGTH;

import io.lambdascope.limits.OtlpSettings;
import io.lambdascope.wire.ProtoReader;
import io.lambdascope.wire.otlp.Attribute;
import java.util.ArrayList;
import java.util.List;

/// Reads an `ExportMetricsServiceRequest` (opentelemetry-proto `collector/metrics/v1/metrics_service.proto`,
/// `metrics/v1/metrics.proto`) straight into series, as Prometheus translates OTLP
/// (opentelemetry-specification `compatibility/prometheus_and_openmetrics.md`); where it differs stands in
/// `docs/adr/0042-otlp-metrics-become-series.md`.
///
/// What a data point cannot be turned into is refused point by point; labels and samples are judged by who stores them.
public final class OtlpMetricsDecoder {
    /*
     * Fields come in any order, and the names and kinds that a point needs may stand behind it. So each message is
     * walked over twice: for what it says itself, passing over what it holds, then for what it holds.
     */
    private static final int RESOURCE_METRICS = 1 << 3 | LENGTH;
    private static final int RESOURCE = 1 << 3 | LENGTH;
    private static final int RESOURCE_ATTRIBUTES = 1 << 3 | LENGTH;
    private static final int SCOPE_METRICS = 2 << 3 | LENGTH;
    private static final int METRICS = 2 << 3 | LENGTH;

    private final ProtoReader in;
    private final OtlpSettings settings;
    private final PointWriter out;
    private final MetricReader metrics;

    private OtlpMetricsDecoder(byte[] message, OtlpSettings settings) {
        this.in = new ProtoReader(message);
        this.settings = settings;
        this.out = new PointWriter(settings);
        this.metrics = new MetricReader(in, out, settings);
    }

    /// @throws io.lambdascope.fault.Fault BAD_REQUEST if `message` is not what it should be, TOO_LARGE if it unfolds
    ///     to more than can be held
    public static OtlpMetrics decode(byte[] message, OtlpSettings settings) {
        OtlpMetricsDecoder decoder = new OtlpMetricsDecoder(message, settings);
        decoder.readRequest();
        return decoder.out.finish();
    }

    private void readRequest() {
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            if (tag == RESOURCE_METRICS) {
                readResourceMetrics();
            } else {
                in.skipField(tag);
            }
        }
    }

    private void readResourceMetrics() {
        int outer = in.enter();
        int from = in.position();
        List<Attribute> attributes = new ArrayList<>();
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            if (tag == RESOURCE) {
                readAttributes(attributes);
            } else {
                in.skipField(tag);
            }
        }
        ResourceLabels resource = new ResourceLabels(attributes, settings);
        out.times().clear();
        in.moveTo(from);
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            if (tag == SCOPE_METRICS) {
                readScopeMetrics(resource);
            } else {
                in.skipField(tag);
            }
        }
        in.leave(outer);
        resource.writeInfo(out);
    }

    private void readAttributes(List<Attribute> attributes) {
        int outer = in.enter();
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            if (tag == RESOURCE_ATTRIBUTES) {
                Attribute.read(in, attributes);
            } else {
                in.skipField(tag);
            }
        }
        in.leave(outer);
    }

    private void readScopeMetrics(ResourceLabels resource) {
        int outer = in.enter();
        int from = in.position();
        List<Attribute> scope = ScopeLabels.read(in, settings);
        in.moveTo(from);
        boolean fixed = false;
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            if (tag == METRICS) {
                if (!fixed) {
                    resource.fix(scope, out.labels());
                    fixed = true;
                }
                metrics.read();
            } else {
                in.skipField(tag);
            }
        }
        in.leave(outer);
    }
}

package io.lambdascope.api.prometheus;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.result.PromResult;
import io.lambdascope.wire.ProtoWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/// Writes metrics as messages of `io.prometheus.client.MetricFamily`, each behind its length (prometheus/client_model
/// `io/prometheus/client/metrics.proto`).
final class ExpositionProtobuf {
    private final ExposedNames names;
    private final OutputStream out;

    ExpositionProtobuf(ExposedNames names, OutputStream out) {
        this.names = names;
        this.out = out;
    }

    void write(List<MetricFamily> families) throws IOException {
        for (MetricFamily family : families) {
            ProtoWriter message = new ProtoWriter(1 << 10);
            message.text(1, names.metric(family.name()));
            message.varint(
                    3,
                    switch (family.kind()) {
                        case UNTYPED -> 3;
                        case CLASSIC_HISTOGRAM, HISTOGRAM -> 4;
                        case GAUGE_HISTOGRAM -> 5;
                    });
            for (PromResult.Sample sample : family.samples()) {
                metric(sample, message);
            }
            ProtoWriter length = new ProtoWriter(16);
            length.rawVarint(message.size());
            out.write(length.toByteArray());
            out.write(message.toByteArray());
        }
    }

    private void metric(PromResult.Sample sample, ProtoWriter to) {
        int metric = to.begin(4);
        Labels labels = sample.labels();
        for (int i = 0; i < labels.size(); i++) {
            if (!labels.name(i).equals(Labels.NAME)) {
                label(names.label(labels.name(i)), labels.value(i), to);
            }
        }
        if (!labels.has(ExpositionText.INSTANCE)) {
            label(ExpositionText.INSTANCE, "", to);
        }
        NativeHistogram histogram = sample.histogram();
        if (histogram == null) {
            int untyped = to.begin(5);
            to.float64(1, sample.value());
            to.end(untyped);
        }
        to.varint(6, sample.timestampMillis());
        if (histogram != null) {
            int message = to.begin(7);
            histogram(histogram, to);
            to.end(message);
        }
        to.end(metric);
    }

    private static void label(String name, String value, ProtoWriter to) {
        int label = to.begin(1);
        to.text(1, name);
        to.text(2, value);
        to.end(label);
    }

    private static void histogram(NativeHistogram histogram, ProtoWriter to) {
        to.float64(4, histogram.count());
        to.float64(2, histogram.sum());
        if (histogram.schema() == NativeHistogram.CUSTOM_BUCKETS) {
            for (ClassicBucket bucket : ClassicBucket.of(histogram)) {
                int message = to.begin(3);
                to.float64(4, bucket.count());
                to.float64(2, bucket.upper());
                to.end(message);
            }
            return;
        }
        to.zigzag(5, histogram.schema());
        to.float64(6, histogram.zeroThreshold());
        to.float64(8, histogram.zeroCount());
        spans(9, histogram.negativeSpans(), to);
        floats(11, histogram.negativeBuckets(), to);
        spans(12, histogram.positiveSpans(), to);
        floats(14, histogram.positiveBuckets(), to);
    }

    private static void spans(int field, int[] spans, ProtoWriter to) {
        for (int i = 0; i < spans.length; i += 2) {
            int span = to.begin(field);
            to.zigzag(1, spans[i]);
            to.varint(2, spans[i + 1]);
            to.end(span);
        }
    }

    /// One field for each, as the message is defined: packed they would be smaller, and not what every reader expects.
    private static void floats(int field, double[] values, ProtoWriter to) {
        for (double value : values) {
            to.float64(field, value);
        }
    }
}

package io.lambdascope.api.prometheus;

import io.lambdascope.api.prometheus.MetricFamily.Kind;
import io.lambdascope.labels.LabelText;
import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.result.PromResult;
import io.lambdascope.vector.GoFloat;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes metrics in the text format 0.0.4 (prometheus/docs `instrumenting/exposition_formats.md`). It has no way to
/// say a native histogram with exponential buckets; how many are left out for that stands in a comment.
final class ExpositionText {
    /// What a scraper would set; that a series has none is said with an empty one (prometheus `web/federate.go`).
    static final String INSTANCE = "instance";

    private final ExposedNames names;
    private final BufferedWriter out;

    ExpositionText(ExposedNames names, OutputStream out) {
        this.names = names;
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    }

    void write(List<MetricFamily> families) throws IOException {
        int leftOut = 0;
        for (MetricFamily family : families) {
            switch (family.kind()) {
                case UNTYPED -> floats(family);
                case CLASSIC_HISTOGRAM -> histograms(family);
                case HISTOGRAM, GAUGE_HISTOGRAM -> leftOut += family.samples().size();
            }
        }
        if (leftOut > 0) {
            out.write("# %d native histograms are left out: accept application/vnd.google.protobuf to get them\n"
                    .formatted(leftOut));
        }
        out.flush();
    }

    private void floats(MetricFamily family) throws IOException {
        type(family);
        for (PromResult.Sample sample : family.samples()) {
            line(family.name(), "", sample, null, sample.value());
        }
    }

    private void histograms(MetricFamily family) throws IOException {
        type(family);
        for (PromResult.Sample sample : family.samples()) {
            NativeHistogram histogram = sample.histogram();
            if (histogram != null) {
                for (ClassicBucket bucket : ClassicBucket.of(histogram)) {
                    line(family.name(), "_bucket", sample, bucket.upper(), bucket.count());
                }
                line(family.name(), "_bucket", sample, Double.POSITIVE_INFINITY, histogram.count());
                line(family.name(), "_sum", sample, null, histogram.sum());
                line(family.name(), "_count", sample, null, histogram.count());
            }
        }
    }

    private void type(MetricFamily family) throws IOException {
        String name = names.metric(family.name());
        out.write("# TYPE ");
        out.write(LabelText.isPlainMetricName(name) ? name : quote(name));
        out.write(family.kind() == Kind.UNTYPED ? " untyped\n" : " histogram\n");
    }

    /// @param upper of a bucket, null where there is none
    private void line(String name, String suffix, PromResult.Sample sample, @Nullable Double upper, double value)
            throws IOException {
        String exposed = names.metric(name) + suffix;
        boolean plain = LabelText.isPlainMetricName(exposed);
        out.write(plain ? exposed + "{" : "{" + quote(exposed));
        boolean first = plain;
        Labels labels = sample.labels();
        for (int i = 0; i < labels.size(); i++) {
            if (!labels.name(i).equals(Labels.NAME)) {
                label(labels.name(i), labels.value(i), first);
                first = false;
            }
        }
        if (!labels.has(INSTANCE)) {
            label(INSTANCE, "", first);
            first = false;
        }
        if (upper != null) {
            label("le", number(upper), first);
        }
        out.write("} " + number(value) + " " + sample.timestampMillis() + "\n");
    }

    private void label(String name, String value, boolean first) throws IOException {
        String exposed = names.label(name);
        if (!first) {
            out.write(',');
        }
        out.write(LabelText.isPlainLabelName(exposed) ? exposed : quote(exposed));
        out.write('=');
        out.write(quote(value));
    }

    private static String quote(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\n", "\\n").replace("\"", "\\\"") + '"';
    }

    private static String number(double value) {
        return value == 0 ? "0" : GoFloat.general(value);
    }
}

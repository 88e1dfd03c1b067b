package io.lambdascope.wire.otlp.metrics;

import static io.lambdascope.wire.ProtoReader.FIXED64;
import static io.lambdascope.wire.ProtoReader.LENGTH;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.Exemplar;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.wire.ProtoReader;
import io.lambdascope.wire.otlp.Attribute;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.DoubleToIntFunction;
import org.jspecify.annotations.Nullable;

/// The exemplars of one data point: noted where they are met, read when the point has its series.
final class PointExemplars {
    /// What all names and values of an exemplar may have in characters (OpenMetrics 1.0, "Exemplars"): attributes that
    /// would make it more are left out.
    private static final int MAX_CHARACTERS = 128;

    private final PointWriter out;
    private int[] positions = new int[8];
    private int count;

    PointExemplars(PointWriter out) {
        this.out = out;
    }

    void clear() {
        count = 0;
    }

    /// Notes the `Exemplar` that begins here and goes past it.
    void note(ProtoReader in) {
        if (count == positions.length) {
            positions = Arrays.copyOf(positions, 2 * count);
        }
        positions[count++] = in.position();
        in.skip(in.length());
    }

    /// Adds those noted to the batch.
    ///
    /// @param seriesOf the series that an exemplar belongs to, by its value
    void write(ProtoReader in, Metric metric, DoubleToIntFunction seriesOf) {
        if (count == 0) {
            return;
        }
        int behind = in.position();
        for (int i = 0; i < count; i++) {
            in.moveTo(positions[i]);
            Exemplar exemplar = read(in);
            if (exemplar == null) {
                out.warn("exemplar-without-value", () -> "an exemplar of %s has no value".formatted(metric.quoted()));
            } else {
                out.batch()
                        .exemplars()
                        .add(new MetricsBatch.SeriesExemplar(seriesOf.applyAsInt(exemplar.value()), exemplar));
            }
        }
        in.moveTo(behind);
    }

    private @Nullable Exemplar read(ProtoReader in) {
        List<Attribute> attributes = new ArrayList<>();
        Labels.Builder labels = new Labels.Builder();
        Double value = null;
        long timeNanos = 0;
        int outer = in.enter();
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case 2 << 3 | FIXED64 -> timeNanos = in.fixed64();
                case 3 << 3 | FIXED64 -> value = in.float64();
                case 4 << 3 | LENGTH -> labels.set("span_id", id(in));
                case 5 << 3 | LENGTH -> labels.set("trace_id", id(in));
                case 6 << 3 | FIXED64 -> value = (double) in.fixed64();
                case 7 << 3 | LENGTH -> Attribute.read(in, attributes);
                default -> in.skipField(tag);
            }
        }
        in.leave(outer);
        if (value == null) {
            return null;
        }
        long time = timeNanos == 0 ? out.timeMillis() : PointWriter.millis(timeNanos);
        return new Exemplar(withAttributes(labels, attributes), value, time);
    }

    /// In hexadecimal; empty for the id of all zeros, which is none.
    private static String id(ProtoReader in) {
        int length = in.length();
        int from = in.position();
        in.skip(length);
        boolean none = true;
        for (int i = from; i < from + length; i++) {
            none &= in.bytes()[i] == 0;
        }
        return none ? "" : HexFormat.of().formatHex(in.bytes(), from, from + length);
    }

    private static Labels withAttributes(Labels.Builder ids, List<Attribute> attributes) {
        Labels labels = ids.build();
        long characters = 0;
        for (int i = 0; i < labels.size(); i++) {
            characters += characters(labels.name(i)) + characters(labels.value(i));
        }
        for (Attribute attribute : attributes) {
            characters += characters(attribute.key()) + characters(attribute.value());
        }
        if (characters > MAX_CHARACTERS || attributes.isEmpty()) {
            return labels;
        }
        Labels.Builder all = new Labels.Builder();
        attributes.forEach(attribute -> all.set(attribute.key(), attribute.value()));
        labels.forEach(all::set);
        return all.build();
    }

    private static long characters(String text) {
        return text.codePointCount(0, text.length());
    }
}

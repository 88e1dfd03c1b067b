package io.lambdascope.wire.otlp.metrics;

import static io.lambdascope.wire.ProtoReader.FIXED64;
import static io.lambdascope.wire.ProtoReader.LENGTH;
import static io.lambdascope.wire.ProtoReader.VARINT;

import io.lambdascope.wire.ProtoReader;

/// Reads `NumberDataPoint`s: one float each.
final class NumberPoints {
    private final PointWriter out;
    private final PointExemplars exemplars;

    NumberPoints(PointWriter out) {
        this.out = out;
        this.exemplars = new PointExemplars(out);
    }

    /// @param counts whether the value has been counted since the point's start
    void read(ProtoReader in, Metric metric, boolean counts) {
        double value = 0;
        boolean hasValue = false;
        long start = 0;
        long time = 0;
        long flags = 0;
        out.begin();
        exemplars.clear();
        int outer = in.enter();
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case 2 << 3 | FIXED64 -> start = in.fixed64();
                case 3 << 3 | FIXED64 -> time = in.fixed64();
                case 4 << 3 | FIXED64 -> {
                    value = in.float64();
                    hasValue = true;
                }
                case 5 << 3 | LENGTH -> exemplars.note(in);
                case 6 << 3 | FIXED64 -> {
                    value = in.fixed64();
                    hasValue = true;
                }
                case 7 << 3 | LENGTH -> out.labels().read(in);
                case 8 << 3 | VARINT -> flags = in.varint();
                default -> in.skipField(tag);
            }
        }
        in.leave(outer);
        out.at(start, time, flags);
        if (!hasValue && !out.isStale()) {
            out.refuse("no-value", () -> "a data point of %s has no value".formatted(metric.quoted()));
            return;
        }
        int series = out.startSeries(metric.name());
        if (counts) {
            out.count(value);
        } else {
            out.gauge(value);
        }
        exemplars.write(in, metric, _ -> series);
    }
}

package io.lambdascope.wire.otlp.metrics;

import static io.lambdascope.wire.ProtoReader.FIXED64;
import static io.lambdascope.wire.ProtoReader.LENGTH;
import static io.lambdascope.wire.ProtoReader.VARINT;

import io.lambdascope.labels.NumberText;
import io.lambdascope.model.SymbolTable;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.wire.ProtoReader;
import java.util.Arrays;

/// Reads `SummaryDataPoint`s: sum, count, and a float for each quantile.
final class SummaryPoints {
    private final PointWriter out;
    private final SymbolTable symbols;
    private final int quantileName;

    private double[] quantiles = new double[8];
    private double[] values = new double[8];
    private int size;

    SummaryPoints(PointWriter out) {
        this.out = out;
        this.symbols = out.batch().symbols();
        this.quantileName = symbols.intern("quantile");
    }

    void read(ProtoReader in, Metric metric) {
        double count = 0;
        double sum = 0;
        long start = 0;
        long time = 0;
        long flags = 0;
        size = 0;
        out.begin();
        int outer = in.enter();
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case 2 << 3 | FIXED64 -> start = in.fixed64();
                case 3 << 3 | FIXED64 -> time = in.fixed64();
                case 4 << 3 | FIXED64 -> count = NativeHistogram.population(in.fixed64());
                case 5 << 3 | FIXED64 -> sum = in.float64();
                case 6 << 3 | LENGTH -> readQuantile(in);
                case 7 << 3 | LENGTH -> out.labels().read(in);
                case 8 << 3 | VARINT -> flags = in.varint();
                default -> in.skipField(tag);
            }
        }
        in.leave(outer);
        out.at(start, time, flags);
        out.startSeries(metric.suffixed("_sum", symbols));
        out.count(sum);
        out.startSeries(metric.suffixed("_count", symbols));
        out.count(count);
        for (int i = 0; i < size; i++) {
            out.startSeries(metric.name(), quantileName, symbols.intern(NumberText.plain(quantiles[i])));
            out.gauge(values[i]);
        }
    }

    private void readQuantile(ProtoReader in) {
        double quantile = 0;
        double value = 0;
        int outer = in.enter();
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case 1 << 3 | FIXED64 -> quantile = in.float64();
                case 2 << 3 | FIXED64 -> value = in.float64();
                default -> in.skipField(tag);
            }
        }
        in.leave(outer);
        if (size == quantiles.length) {
            quantiles = Arrays.copyOf(quantiles, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        quantiles[size] = quantile;
        values[size++] = value;
    }
}

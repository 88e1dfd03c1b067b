package io.lambdascope.wire.remoteread;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.SeriesSamples;
import io.lambdascope.wire.ProtoWriter;
import io.lambdascope.wire.SnappyBlock;

/// `prometheus.ReadResponse`: a result for each query, in it whole series (prometheus `prompb/{remote,types}.proto`).
/// Values that are 0 are left out, as Prometheus leaves them out.
final class SamplesAnswer implements ReadAnswer {
    /// The most that is compressed at once, in bytes of the answer: more than that never shrinks enough.
    private static final int MOST_RATIO = 16;

    private final int queries;
    private final int maxBytes;
    private final TooLarge tooLarge;
    private final ProtoWriter out = new ProtoWriter(1 << 12);
    private int query;
    private int result;

    SamplesAnswer(int queries, int maxBytes, TooLarge tooLarge) {
        this.queries = queries;
        this.maxBytes = maxBytes;
        this.tooLarge = tooLarge;
        if (queries > 0) {
            result = out.begin(1);
        }
    }

    @Override
    public void add(int toQuery, Labels labels, SeriesSamples samples) {
        goTo(toQuery);
        int series = out.begin(1);
        ReadAnswer.writeLabels(labels, out);
        for (int i = 0; i < samples.size(); i++) {
            NativeHistogram histogram = samples.histogram(i);
            if (histogram == null) {
                writeFloat(samples.timestamp(i), samples.value(i));
            } else {
                HistogramEncoder.write(4, samples.timestamp(i), histogram, out);
            }
            if (out.size() / MOST_RATIO > maxBytes) {
                throw tooLarge.fault(maxBytes);
            }
        }
        out.end(series);
    }

    /// Ends results until the one of query number `next` is open.
    private void goTo(int next) {
        while (query < next) {
            out.end(result);
            query++;
            result = out.begin(1);
        }
    }

    private void writeFloat(long timestampMillis, double value) {
        int sample = out.begin(2);
        if (Double.doubleToRawLongBits(value) != 0) {
            out.float64(1, value);
        }
        if (timestampMillis != 0) {
            out.varint(2, timestampMillis);
        }
        out.end(sample);
    }

    @Override
    public byte[] finish() {
        if (queries > 0) {
            goTo(queries - 1);
            out.end(result);
        }
        byte[] body = SnappyBlock.compress(out.toByteArray());
        if (body.length > maxBytes) {
            throw tooLarge.fault(maxBytes);
        }
        return body;
    }

    @Override
    public String contentType() {
        return "application/x-protobuf";
    }

    @Override
    public boolean isSnappy() {
        return true;
    }
}

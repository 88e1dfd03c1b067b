package io.lambdascope.testkit.metrics;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.Exemplar;
import io.lambdascope.model.metrics.MetricMetadata;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.testkit.metrics.RemoteWriteBody.Message;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a sender of remote write 2.0 puts on the wire: series, and the symbols that they refer to.
public final class RemoteWrite2Body {
    /// Fields of `TimeSeries`.
    public static final int SAMPLES = 2;

    public static final int HISTOGRAMS = 3;
    public static final int EXEMPLARS = 4;
    public static final int METADATA = 5;

    private final Map<String, Integer> symbols = new LinkedHashMap<>();
    private final Message series = new Message();

    public RemoteWrite2Body() {
        symbol("");
    }

    /// `batch` as a body, its metadata with the series whose names are the families'.
    public static byte[] of(MetricsBatch batch) {
        return RemoteWriteBody.snappy(message(batch));
    }

    /// `batch` as `io.prometheus.write.v2.Request`.
    public static byte[] message(MetricsBatch batch) {
        RemoteWrite2Body body = new RemoteWrite2Body();
        Map<Integer, Message> exemplars = new LinkedHashMap<>();
        for (MetricsBatch.SeriesExemplar item : batch.exemplars()) {
            exemplars
                    .computeIfAbsent(item.series(), _ -> new Message())
                    .message(EXEMPLARS, body.exemplar(item.exemplar()));
        }
        for (int number = 0; number < batch.seriesCount(); number++) {
            Message extras = exemplars.getOrDefault(number, new Message());
            for (MetricMetadata item : batch.metadata()) {
                if (item.family().equals(batch.labels(number).metricName())) {
                    extras.message(METADATA, body.metadata(item.type().code(), item.help(), item.unit()));
                }
            }
            boolean told = body.addSeries(batch, number, false, extras);
            body.addSeries(batch, number, true, told ? new Message() : extras);
        }
        return body.message();
    }

    /// The floats or the histograms of a series of `batch`, which 2.0 wants apart, if there are any.
    private boolean addSeries(MetricsBatch batch, int number, boolean histograms, Message extras) {
        Message out = labels(batch.labels(number));
        boolean empty = true;
        for (int s = batch.sampleStart(number); s < batch.sampleEnd(number); s++) {
            NativeHistogram histogram = batch.histogram(s);
            if (histograms == (histogram != null)) {
                long time = batch.timestamps()[s];
                Message sample = histogram == null
                        ? new Message().float64(1, batch.values()[s]).varint(2, time)
                        : RemoteWriteBody.histogram(histogram, time);
                if (batch.startMillis(s) != 0) {
                    sample.varint(histogram == null ? 3 : 17, batch.startMillis(s));
                }
                out.message(histogram == null ? SAMPLES : HISTOGRAMS, sample);
                empty = false;
            }
        }
        if (!empty) {
            add(out.append(extras));
        }
        return !empty;
    }

    /// The index of `text` among the symbols.
    public int symbol(String text) {
        return symbols.computeIfAbsent(text, _ -> symbols.size());
    }

    /// A series that has labels only so far: `name, value, name, value …` as they come.
    public Message labels(String... pairs) {
        int[] refs = new int[pairs.length];
        for (int i = 0; i < pairs.length; i++) {
            refs[i] = symbol(pairs[i]);
        }
        return new Message().packed(1, refs);
    }

    private Message labels(Labels labels) {
        String[] pairs = new String[2 * labels.size()];
        for (int i = 0; i < labels.size(); i++) {
            pairs[2 * i] = labels.name(i);
            pairs[2 * i + 1] = labels.value(i);
        }
        return labels(pairs);
    }

    public Message exemplar(Exemplar exemplar) {
        return labels(exemplar.labels()).float64(2, exemplar.value()).varint(3, exemplar.timestampMillis());
    }

    public Message metadata(int type, String help, String unit) {
        return new Message().varint(1, type).varint(3, symbol(help)).varint(4, symbol(unit));
    }

    public RemoteWrite2Body add(Message oneSeries) {
        series.message(5, oneSeries);
        return this;
    }

    /// `io.prometheus.write.v2.Request`.
    public byte[] message() {
        Message request = new Message();
        symbols.keySet().forEach(text -> request.text(4, text));
        return request.append(series).bytes();
    }

    public byte[] bytes() {
        return RemoteWriteBody.snappy(message());
    }
}

package io.lambdascope.testkit.metrics;

import io.airlift.compress.v3.snappy.SnappyJavaCompressor;
import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.Exemplar;
import io.lambdascope.model.metrics.MetricMetadata;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.model.metrics.NativeHistogram;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What a sender of remote write 1.0 puts on the wire.
public final class RemoteWriteBody {
    private RemoteWriteBody() {}

    /// `batch` as a body.
    public static byte[] of(MetricsBatch batch) {
        return snappy(message(batch));
    }

    public static byte[] snappy(byte[] content) {
        SnappyJavaCompressor compressor = new SnappyJavaCompressor();
        byte[] block = new byte[compressor.maxCompressedLength(content.length)];
        return Arrays.copyOf(block, compressor.compress(content, 0, content.length, block, 0, block.length));
    }

    /// `batch` as `prometheus.WriteRequest`.
    public static byte[] message(MetricsBatch batch) {
        Message request = new Message();
        for (int series = 0; series < batch.seriesCount(); series++) {
            Message out = new Message();
            for (int at = batch.labelStart(series); at < batch.labelEnd(series); at += 2) {
                out.label(
                        batch.symbols().text(batch.labelSymbols()[at]),
                        batch.symbols().text(batch.labelSymbols()[at + 1]));
            }
            for (int sample = batch.sampleStart(series); sample < batch.sampleEnd(series); sample++) {
                NativeHistogram histogram = batch.histogram(sample);
                long time = batch.timestamps()[sample];
                if (histogram == null) {
                    out.message(
                            2, new Message().float64(1, batch.values()[sample]).varint(2, time));
                } else {
                    out.message(4, histogram(histogram, time));
                }
            }
            for (MetricsBatch.SeriesExemplar item : batch.exemplars()) {
                if (item.series() == series) {
                    out.message(3, exemplar(item.exemplar()));
                }
            }
            request.message(1, out);
        }
        for (MetricMetadata item : batch.metadata()) {
            request.message(
                    3,
                    new Message()
                            .varint(1, item.type().code())
                            .text(2, item.family())
                            .text(4, item.help())
                            .text(5, item.unit()));
        }
        return request.bytes();
    }

    private static Message exemplar(Exemplar exemplar) {
        Message out = new Message();
        Labels labels = exemplar.labels();
        labels.forEach(out::label);
        return out.float64(2, exemplar.value()).varint(3, exemplar.timestampMillis());
    }

    /// With integer populations where they all are integers, with floats otherwise.
    static Message histogram(NativeHistogram histogram, long time) {
        boolean integer = isInteger(histogram.count())
                && isInteger(histogram.zeroCount())
                && Arrays.stream(histogram.positiveBuckets()).allMatch(RemoteWriteBody::isInteger)
                && Arrays.stream(histogram.negativeBuckets()).allMatch(RemoteWriteBody::isInteger);
        Message out = new Message();
        if (integer) {
            out.varint(1, (long) histogram.count());
        } else {
            out.float64(2, histogram.count());
        }
        out.float64(3, histogram.sum());
        out.varint(4, zigzag(histogram.schema()));
        out.float64(5, histogram.zeroThreshold());
        if (integer) {
            out.varint(6, (long) histogram.zeroCount());
        } else {
            out.float64(7, histogram.zeroCount());
        }
        buckets(out, 8, histogram.negativeSpans(), histogram.negativeBuckets(), integer);
        buckets(out, 11, histogram.positiveSpans(), histogram.positiveBuckets(), integer);
        out.varint(14, histogram.resetHint().code());
        out.varint(15, time);
        Message custom = new Message();
        for (double bound : histogram.customValues()) {
            custom.rawDouble(bound);
        }
        return histogram.customValues().length == 0 ? out : out.message(16, custom);
    }

    private static void buckets(Message out, int firstField, int[] spans, double[] populations, boolean integer) {
        for (int i = 0; i < spans.length; i += 2) {
            out.message(firstField, new Message().varint(1, zigzag(spans[i])).varint(2, spans[i + 1]));
        }
        if (populations.length == 0) {
            return;
        }
        Message packed = new Message();
        long last = 0;
        for (double population : populations) {
            if (integer) {
                packed.rawVarint(zigzag((long) population - last));
                last = (long) population;
            } else {
                packed.rawDouble(population);
            }
        }
        out.message(integer ? firstField + 1 : firstField + 2, packed);
    }

    private static boolean isInteger(double value) {
        return value == Math.rint(value) && Math.abs(value) < 0x1p53;
    }

    private static long zigzag(long value) {
        return value << 1 ^ value >> 63;
    }

    /// A protobuf message that grows.
    public static final class Message {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        public byte[] bytes() {
            return out.toByteArray();
        }

        public Message raw(byte[] fields) {
            out.writeBytes(fields);
            return this;
        }

        /// All fields of `other` behind those of this one.
        public Message append(Message other) {
            return raw(other.bytes());
        }

        public Message rawVarint(long value) {
            long rest = value;
            while ((rest & ~0x7fL) != 0) {
                out.write((int) (rest | 0x80));
                rest >>>= 7;
            }
            out.write((int) rest);
            return this;
        }

        public Message rawDouble(double value) {
            long bits = Double.doubleToRawLongBits(value);
            for (int i = 0; i < 8; i++) {
                out.write((int) (bits >>> 8 * i));
            }
            return this;
        }

        public Message varint(int field, long value) {
            return rawVarint((long) field << 3).rawVarint(value);
        }

        public Message float64(int field, double value) {
            return rawVarint((long) field << 3 | 1).rawDouble(value);
        }

        public Message bytes(int field, byte[] value) {
            rawVarint((long) field << 3 | 2).rawVarint(value.length);
            out.writeBytes(value);
            return this;
        }

        public Message text(int field, String value) {
            return bytes(field, value.getBytes(StandardCharsets.UTF_8));
        }

        /// Numbers one behind the other in one field.
        public Message packed(int field, int... values) {
            Message packed = new Message();
            for (int value : values) {
                packed.rawVarint(value & 0xffffffffL);
            }
            return message(field, packed);
        }

        public Message message(int field, Message value) {
            return bytes(field, value.bytes());
        }

        public Message label(String name, String value) {
            return message(1, new Message().text(1, name).text(2, value));
        }

        public Message sample(double value, long timestampMillis) {
            return message(2, new Message().float64(1, value).varint(2, timestampMillis));
        }
    }
}

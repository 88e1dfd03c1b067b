package io.lambdascope.wire.remoteread;

import io.lambdascope.model.metrics.SeriesSamples;
import java.util.function.Consumer;

/// Cuts a series into chunks as Prometheus would: floats and histograms apart, and of either at most
/// [#MOST_SAMPLES] in one.
final class Chunker {
    /// What Prometheus puts into a chunk; a reader may take its size for granted.
    static final int MOST_SAMPLES = 120;

    private Chunker() {}

    static void cut(SeriesSamples samples, Consumer<Chunk> chunks) {
        int from = 0;
        while (from < samples.size()) {
            int to;
            if (samples.histogram(from) == null) {
                to = endOfFloats(samples, from);
                chunks.accept(chunk(Chunk.Encoding.XOR, samples, from, to, XorChunk.encode(samples, from, to)));
            } else {
                HistogramRun run = HistogramRun.of(samples, from);
                to = run.to();
                chunks.accept(chunk(
                        Chunk.Encoding.FLOAT_HISTOGRAM, samples, from, to, FloatHistogramChunk.encode(samples, run)));
            }
            from = to;
        }
    }

    private static Chunk chunk(Chunk.Encoding encoding, SeriesSamples samples, int from, int to, byte[] data) {
        return new Chunk(encoding, samples.timestamp(from), samples.timestamp(to - 1), data);
    }

    private static int endOfFloats(SeriesSamples samples, int from) {
        int most = Math.min(samples.size(), from + MOST_SAMPLES);
        int to = from + 1;
        while (to < most && samples.histogram(to) == null) {
            to++;
        }
        return to;
    }
}

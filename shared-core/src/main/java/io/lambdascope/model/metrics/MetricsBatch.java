package io.lambdascope.model.metrics;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.LabelSets;
import io.lambdascope.model.SymbolTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Series with samples on their way in, as columns: what decoders fill, validation trims and segments store. Labels
/// are numbers in a [SymbolTable]; series may repeat; samples of a series come in any order.
///
/// A decoder calls [#startSeries], adds labels, then samples; the series is finished by the next one or by the end.
public final class MetricsBatch {
    private final SymbolTable symbols = new SymbolTable();

    private final LabelSets series = new LabelSets(symbols);
    private int[] sampleEnds = new int[64];

    private int samples;
    private long[] timestamps = new long[256];
    private double[] values = new double[256];
    /// null as long as no sample is a histogram; else null where the sample is a float
    private @Nullable NativeHistogram @Nullable [] histograms;
    /// null as long as no sample has one
    private long @Nullable [] startTimestamps;

    private final List<SeriesExemplar> exemplars = new ArrayList<>();
    private final List<MetricMetadata> metadata = new ArrayList<>();

    /// An exemplar of series number `series`.
    public record SeriesExemplar(int series, Exemplar exemplar) {}

    public SymbolTable symbols() {
        return symbols;
    }

    /// The labels of the series, by number. They come sorted by name, each name once, in every batch that is stored:
    /// decoders take them as they came, and validation sorts them and drops series that have one twice.
    public LabelSets series() {
        return series;
    }

    /// Begins the next series and gives its number.
    public int startSeries() {
        int number = series.begin();
        if (number == sampleEnds.length) {
            sampleEnds = Arrays.copyOf(sampleEnds, 2 * number);
        }
        sampleEnds[number] = samples;
        return number;
    }

    /// Adds a label to the series begun last.
    public void addLabel(int nameSymbol, int valueSymbol) {
        series.add(nameSymbol, valueSymbol);
    }

    /// Begins the next series with `labels`.
    public int startSeries(Labels labels) {
        int number = startSeries();
        series.add(labels);
        return number;
    }

    /// Takes back the series begun last and all that was added to it.
    public void dropSeries() {
        series.dropLast();
        int last = series.size();
        int kept = sampleStart(last);
        if (histograms != null) {
            Arrays.fill(histograms, kept, samples, null);
        }
        if (startTimestamps != null) {
            Arrays.fill(startTimestamps, kept, samples, 0);
        }
        samples = kept;
        while (!exemplars.isEmpty() && exemplars.getLast().series() == last) {
            exemplars.removeLast();
        }
    }

    /// Adds a float to the series begun last.
    public void addSample(long timestampMillis, double value) {
        if (samples == timestamps.length) {
            timestamps = Arrays.copyOf(timestamps, 2 * samples);
            values = Arrays.copyOf(values, 2 * samples);
            histograms = histograms == null ? null : Arrays.copyOf(histograms, 2 * samples);
            startTimestamps = startTimestamps == null ? null : Arrays.copyOf(startTimestamps, 2 * samples);
        }
        timestamps[samples] = timestampMillis;
        values[samples] = value;
        samples++;
        sampleEnds[series.size() - 1] = samples;
    }

    /// Adds a histogram to the series begun last.
    public void addSample(long timestampMillis, NativeHistogram histogram) {
        addSample(timestampMillis, histogram.sum());
        @Nullable NativeHistogram[] into = histograms;
        if (into == null) {
            into = new NativeHistogram[timestamps.length];
            histograms = into;
        }
        into[samples - 1] = histogram;
    }

    /// Says since when the counter of the sample added last has been counting, milliseconds, 0 for unknown.
    public void startedAt(long startMillis) {
        startedAt(samples - 1, startMillis);
    }

    /// The same of sample number `sample`.
    public void startedAt(int sample, long startMillis) {
        if (startMillis == 0 && startTimestamps == null) {
            return;
        }
        if (startTimestamps == null) {
            startTimestamps = new long[timestamps.length];
        }
        startTimestamps[sample] = startMillis;
    }

    /// Adds all of `run` to the series begun last.
    public void addSamples(SeriesSamples run) {
        for (int i = 0; i < run.size(); i++) {
            NativeHistogram histogram = run.histogram(i);
            if (histogram == null) {
                addSample(run.timestamp(i), run.value(i));
            } else {
                addSample(run.timestamp(i), histogram);
            }
            startedAt(run.startMillis(i));
        }
    }

    /// Adds an exemplar to the series begun last.
    public void addExemplar(Exemplar exemplar) {
        exemplars.add(new SeriesExemplar(series.size() - 1, exemplar));
    }

    public void addMetadata(MetricMetadata item) {
        metadata.add(item);
    }

    public int seriesCount() {
        return series.size();
    }

    /// Floats and histograms of all series.
    public int sampleCount() {
        return samples;
    }

    /// How many of them are histograms.
    public int histogramCount() {
        int count = 0;
        for (int s = 0; histograms != null && s < samples; s++) {
            count += histograms[s] == null ? 0 : 1;
        }
        return count;
    }

    public boolean isEmpty() {
        return samples == 0 && exemplars.isEmpty() && metadata.isEmpty();
    }

    /// Where the labels of series number `number` begin in [#labelSymbols].
    public int labelStart(int number) {
        return series.start(number);
    }

    /// Where they end.
    public int labelEnd(int number) {
        return series.end(number);
    }

    /// Symbols of name, value, name, value … of all series, one behind the other. Not a copy.
    public int[] labelSymbols() {
        return series.pairs();
    }

    /// The labels of series number `number` as an object.
    public Labels labels(int number) {
        return series.labels(number);
    }

    /// Where the samples of series number `number` begin.
    public int sampleStart(int number) {
        return number == 0 ? 0 : sampleEnds[number - 1];
    }

    /// Where they end.
    public int sampleEnd(int number) {
        return sampleEnds[number];
    }

    /// Milliseconds since the Unix epoch, of all samples of all series. Not a copy.
    public long[] timestamps() {
        return timestamps;
    }

    /// Floats, and for histograms their sums. Not a copy.
    public double[] values() {
        return values;
    }

    public boolean hasHistograms() {
        return histograms != null;
    }

    /// The histogram at `sample`, or null if that sample is a float.
    public @Nullable NativeHistogram histogram(int sample) {
        return histograms == null ? null : histograms[sample];
    }

    public boolean hasStartTimestamps() {
        return startTimestamps != null;
    }

    /// Since when the counter has been counting, milliseconds, 0 for unknown.
    public long startMillis(int sample) {
        return startTimestamps == null ? 0 : startTimestamps[sample];
    }

    public List<SeriesExemplar> exemplars() {
        return exemplars;
    }

    public List<MetricMetadata> metadata() {
        return metadata;
    }
}

package io.lambdascope.vector;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.ql.SourceRange;
import org.jspecify.annotations.Nullable;

/// The samples of one series inside a sliding range, as the evaluation steps forward.
public final class RangeWindow {
    /*
     * Two pairs of indices into the columns of a SampleRun, one for floats and one for histograms. Each step moves
     * them forward past what has left the range and what has entered it, so that finding the samples of all steps
     * costs O(samples + steps). The range is left-open and right-closed, as in Prometheus 3: a sample exactly
     * `range` old is out. Steps go forward in time only.
     */
    private final Annotations annotations;
    private final SourceRange at;
    private SampleRun run;
    private Labels labels = Labels.EMPTY;

    /// First float inside and first behind.
    int floatFrom;

    int floatTo;

    /// First histogram inside and first behind.
    int histogramFrom;

    int histogramTo;

    /// The edges of the range: samples are later than the first and not later than the second.
    long startMillis;

    long endMillis;
    /// The moment that is evaluated, which differs from the end under `offset` and `@`.
    long evalMillis;

    /// What a function with a scalar argument gets, per step.
    double parameter;

    double secondParameter;

    /// Set by a function instead of returning a float.
    @Nullable
    NativeHistogram histogramResult;

    /// @param at the argument that messages point to
    public RangeWindow(SampleRun run, Annotations annotations, SourceRange at) {
        this.run = run;
        this.annotations = annotations;
        this.at = at;
    }

    /// Goes on with another series, from its beginning.
    public void reset(SampleRun newRun, Labels newLabels) {
        run = newRun;
        labels = newLabels;
        floatFrom = 0;
        floatTo = 0;
        histogramFrom = 0;
        histogramTo = 0;
    }

    /// Moves to the range `(fromMillis, toMillis]` of the step at `atMillis`.
    ///
    /// @param moreMillis by how much samples before the range are wanted too, for a function that looks beyond
    ///     its edge
    /// @param moreAfterMillis the same behind it
    public void moveTo(long rangeFrom, long rangeTo, long atMillis, long moreMillis, long moreAfterMillis) {
        startMillis = rangeFrom;
        endMillis = rangeTo;
        evalMillis = atMillis;
        long fromMillis = rangeFrom - moreMillis;
        long toMillis = rangeTo + moreAfterMillis;
        long[] times = run.floatTimes;
        while (floatTo < run.floatCount && times[floatTo] <= toMillis) {
            floatTo++;
        }
        while (floatFrom < floatTo && times[floatFrom] <= fromMillis) {
            floatFrom++;
        }
        long[] histogramTimes = run.histogramTimes;
        while (histogramTo < run.histogramCount && histogramTimes[histogramTo] <= toMillis) {
            histogramTo++;
        }
        while (histogramFrom < histogramTo && histogramTimes[histogramFrom] <= fromMillis) {
            histogramFrom++;
        }
    }

    /// What functions with scalar arguments get at this step.
    public void parameters(double first, double second) {
        parameter = first;
        secondParameter = second;
    }

    /// Takes the histogram that a function has left, if any.
    public @Nullable NativeHistogram takeHistogram() {
        NativeHistogram taken = histogramResult;
        histogramResult = null;
        return taken;
    }

    SampleRun run() {
        return run;
    }

    int floatCount() {
        return floatTo - floatFrom;
    }

    int histogramCount() {
        return histogramTo - histogramFrom;
    }

    public boolean isEmpty() {
        return floatFrom == floatTo && histogramFrom == histogramTo;
    }

    /// How many samples are inside, histograms by their weight.
    public long weight() {
        long weight = floatTo - floatFrom;
        for (int i = histogramFrom; i < histogramTo; i++) {
            weight += run.histograms[i].weight();
        }
        return weight;
    }

    String metricName() {
        return labels.metricName();
    }

    Annotations annotations() {
        return annotations;
    }

    SourceRange at() {
        return at;
    }

    /// Says that histograms were left out, if there are some beside the floats.
    void noteIgnoredHistograms() {
        if (histogramTo > histogramFrom) {
            annotations.histogramIgnoredInMixedRange(metricName(), at);
        }
    }
}

package io.lambdascope.query;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.labels.Labels;
import io.lambdascope.source.logs.StreamSummary;
import io.lambdascope.time.TimeRange;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// How many bytes of lines and structured metadata lie in each of some stretches of time, by labels of the streams;
/// estimated as [StreamTotals] does.
public final class StreamVolumes implements Consumer<StreamSummary> {
    /// By what bytes are added up.
    public enum By {
        /// Sets of labels.
        SERIES,
        /// Names of labels: bytes of a stream count for each of its labels.
        LABELS
    }

    /// Bytes of one set of labels, or of one name, which then stands with an empty value.
    ///
    /// @param bytes by stretch of time
    public record Volume(Labels labels, long[] bytes) {
        /// The stretches in which there are bytes, by number.
        public int[] filled() {
            return IntStream.range(0, bytes.length).filter(i -> bytes[i] > 0).toArray();
        }

        long total() {
            return Arrays.stream(bytes).sum();
        }
    }

    /// What one function can hold.
    private static final long MAX_NUMBERS = 20_000_000;

    private final By by;
    private final Set<String> wanted;
    private final boolean allNeeded;
    private final List<TimeRange> stretches;
    private final Map<Labels, double[]> bytes = new HashMap<>();

    /// @param wanted the labels to tell streams apart by; empty: all
    /// @param allNeeded whether a stream that lacks one of these does not count
    /// @param stretches one behind the other
    public StreamVolumes(By by, Set<String> wanted, boolean allNeeded, List<TimeRange> stretches) {
        this.by = by;
        this.wanted = Set.copyOf(wanted);
        this.allNeeded = allNeeded;
        this.stretches = List.copyOf(stretches);
    }

    /// @throws Fault OVER_LIMIT if there are more sets of labels than can be held
    @Override
    public void accept(StreamSummary stream) {
        Labels labels = stream.labels();
        if (allNeeded && !wanted.stream().allMatch(labels::has)) {
            return;
        }
        Labels kept = wanted.isEmpty() ? labels : labels.filter(wanted::contains);
        switch (by) {
            case SERIES -> add(kept, stream);
            case LABELS -> kept.forEach((name, _) -> add(Labels.ofSorted(new String[] {name, ""}), stream));
        }
    }

    private void add(Labels key, StreamSummary stream) {
        double[] sums = bytes.computeIfAbsent(key, _ -> newSums());
        for (int i = 0; i < sums.length; i++) {
            if (stretches.get(i).overlaps(stream.range())) {
                sums[i] += StreamTotals.share(stream, stretches.get(i)) * stream.bytes();
            }
        }
    }

    private double[] newSums() {
        if ((bytes.size() + 1L) * stretches.size() > MAX_NUMBERS) {
            throw new Fault(
                    FaultKind.OVER_LIMIT,
                    "more than %d sets of labels in %d steps: name fewer targetLabels, or ask for a larger step"
                            .formatted(bytes.size(), stretches.size()));
        }
        return new double[stretches.size()];
    }

    /// The largest, by the bytes of all stretches; of equal ones the first by labels.
    public List<Volume> largest(int most) {
        return bytes.entrySet().stream()
                .map(entry -> new Volume(
                        entry.getKey(),
                        Arrays.stream(entry.getValue()).mapToLong(Math::round).toArray()))
                .filter(volume -> volume.total() > 0)
                .sorted(Comparator.comparingLong(Volume::total).reversed().thenComparing(Volume::labels))
                .limit(most)
                .toList();
    }
}

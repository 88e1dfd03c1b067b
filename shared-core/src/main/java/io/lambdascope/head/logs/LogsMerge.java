package io.lambdascope.head.logs;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.LabelSets;
import io.lambdascope.model.logs.LogsBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Merges batches: every stream once, by labels; its entries by time, those of one moment in the order in which they
/// were taken in; an entry with the same time, line and structured metadata as another is left out.
final class LogsMerge {
    private final List<LogsBatch> batches = new ArrayList<>();
    private final Map<Labels, List<Part>> streams = new TreeMap<>();
    private final LogsBatch merged = new LogsBatch();
    /// by batch: the symbol in `merged` of each of its symbols + 1
    private final List<int[]> symbols = new ArrayList<>();

    /// A stream of a batch.
    private record Part(int batch, int stream) {}

    /// An entry of a batch, where it comes in a stream.
    private record Place(long time, int batch, int entry) {}

    /// What makes entries of one stream and one moment the same.
    private record Content(ByteBuffer line, Labels metadata) {}

    /// @param batches in the order in which they arrived
    static LogsMerge of(List<LogsBatch> batches) {
        LogsMerge merge = new LogsMerge();
        batches.forEach(merge::add);
        return merge;
    }

    /// Takes `batch` in, behind what was taken in before.
    void add(LogsBatch batch) {
        batches.add(batch);
        for (int stream = 0; stream < batch.streamCount(); stream++) {
            streams.computeIfAbsent(batch.streams().labels(stream), _ -> new ArrayList<>())
                    .add(new Part(batches.size() - 1, stream));
        }
    }

    /// All that was taken in, as one batch.
    LogsBatch result() {
        batches.forEach(batch -> symbols.add(new int[batch.symbols().size()]));
        streams.forEach((labels, parts) -> {
            merged.startStream(labels);
            addAll(placesOf(parts));
        });
        return merged;
    }

    private Place[] placesOf(List<Part> parts) {
        List<Place> places = new ArrayList<>();
        boolean ordered = true;
        long last = Long.MIN_VALUE;
        for (Part part : parts) {
            LogsBatch batch = batches.get(part.batch());
            for (int entry = batch.entryStart(part.stream()); entry < batch.entryEnd(part.stream()); entry++) {
                long time = batch.times()[entry];
                ordered &= time >= last;
                last = time;
                places.add(new Place(time, part.batch(), entry));
            }
        }
        Place[] sorted = places.toArray(Place[]::new);
        if (!ordered) {
            // stable, so that what was taken in first stays first
            Arrays.sort(sorted, (a, b) -> Long.compare(a.time(), b.time()));
        }
        return sorted;
    }

    private void addAll(Place[] places) {
        int from = 0;
        while (from < places.length) {
            int to = from + 1;
            while (to < places.length && places[to].time() == places[from].time()) {
                to++;
            }
            if (to == from + 1) {
                add(places[from]);
            } else {
                Set<Content> seen = new HashSet<>();
                for (int i = from; i < to; i++) {
                    if (seen.add(contentOf(places[i]))) {
                        add(places[i]);
                    }
                }
            }
            from = to;
        }
    }

    private Content contentOf(Place place) {
        LogsBatch batch = batches.get(place.batch());
        int start = batch.lineStart(place.entry());
        return new Content(
                ByteBuffer.wrap(batch.lines(), start, batch.lineEnd(place.entry()) - start),
                batch.metadata().labels(place.entry()));
    }

    private void add(Place place) {
        LogsBatch batch = batches.get(place.batch());
        int start = batch.lineStart(place.entry());
        merged.addEntry(place.time(), batch.lines(), start, batch.lineEnd(place.entry()) - start);
        LabelSets metadata = batch.metadata();
        for (int at = metadata.start(place.entry()); at < metadata.end(place.entry()); at += 2) {
            merged.metadata()
                    .add(
                            symbolOf(place.batch(), metadata.pairs()[at]),
                            symbolOf(place.batch(), metadata.pairs()[at + 1]));
        }
    }

    private int symbolOf(int batch, int symbol) {
        int[] known = symbols.get(batch);
        if (known[symbol] == 0) {
            var table = batches.get(batch).symbols();
            known[symbol] = 1 + merged.symbols().intern(table.bytes(), table.start(symbol), table.length(symbol));
        }
        return known[symbol] - 1;
    }
}

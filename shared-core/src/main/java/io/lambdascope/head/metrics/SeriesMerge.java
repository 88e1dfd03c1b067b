package io.lambdascope.head.metrics;

import io.lambdascope.model.SymbolTable;
import io.lambdascope.model.metrics.MetricsBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Merges batches: finds out which of their series are the same, and lays those of one behind the other.
final class SeriesMerge {
    /*
     * Labels become symbols of one table, and a series is the sequence of its symbols; sequences are found by hash in
     * `slots` (linear probing, at most half full). Parts (a series of a batch) hang in a list per merged series:
     * nextPart[p] is the part before p of the same series, lastPart[s] where the list begins.
     */
    private final MetricsBatch merged = new MetricsBatch();
    private final List<MetricsBatch> batches = new ArrayList<>();

    private int[] labels = new int[1024];
    private int[] labelEnds = new int[256];
    private int[] hashes = new int[256];
    private int[] lastPart = new int[256];
    private int series;
    private int[] slots = new int[512];

    private int[] partBatch = new int[256];
    private int[] partSeries = new int[256];
    private int[] nextPart = new int[256];
    private int parts;

    /// Takes `batch` in.
    void add(MetricsBatch batch) {
        int[] symbols = new int[batch.symbols().size()];
        Arrays.fill(symbols, -1);
        batches.add(batch);
        for (int i = 0; i < batch.seriesCount(); i++) {
            addPart(find(batch, i, symbols), batches.size() - 1, i);
        }
    }

    /// All that was taken in, as one batch.
    MetricsBatch result() {
        SampleCollector collector = new SampleCollector();
        int[][] newNumbers = new int[batches.size()][];
        for (int i = 0; i < newNumbers.length; i++) {
            newNumbers[i] = new int[batches.get(i).seriesCount()];
        }
        for (int number = 0; number < series; number++) {
            merged.startSeries();
            for (int at = number == 0 ? 0 : labelEnds[number - 1]; at < labelEnds[number]; at += 2) {
                merged.addLabel(labels[at], labels[at + 1]);
            }
            collector.clear();
            for (int part = reverse(lastPart[number]); part >= 0; part = nextPart[part]) {
                MetricsBatch batch = batches.get(partBatch[part]);
                int from = partSeries[part];
                newNumbers[partBatch[part]][from] = number;
                for (int sample = batch.sampleStart(from); sample < batch.sampleEnd(from); sample++) {
                    collector.add(batch, sample);
                }
            }
            merged.addSamples(collector.result());
        }
        Set<MetricsBatch.SeriesExemplar> exemplars = new LinkedHashSet<>();
        for (int i = 0; i < newNumbers.length; i++) {
            for (MetricsBatch.SeriesExemplar item : batches.get(i).exemplars()) {
                exemplars.add(new MetricsBatch.SeriesExemplar(newNumbers[i][item.series()], item.exemplar()));
            }
        }
        merged.exemplars().addAll(exemplars);
        MetricsSegmentMerger.addMetadata(batches, merged);
        return merged;
    }

    /// The number of the merged series with the labels of series `from` of `batch`.
    private int find(MetricsBatch batch, int from, int[] symbols) {
        SymbolTable table = batch.symbols();
        int start = series == 0 ? 0 : labelEnds[series - 1];
        int end = start;
        int hash = 0;
        for (int at = batch.labelStart(from); at < batch.labelEnd(from); at++) {
            int symbol = batch.labelSymbols()[at];
            if (symbols[symbol] < 0) {
                symbols[symbol] = merged.symbols().intern(table.bytes(), table.start(symbol), table.length(symbol));
            }
            if (end == labels.length) {
                labels = Arrays.copyOf(labels, 2 * end);
            }
            labels[end++] = symbols[symbol];
            hash = 31 * hash + symbols[symbol];
        }
        hash *= 0x9E3779B1;
        hash ^= hash >>> 15;
        int mask = slots.length - 1;
        int slot = hash & mask;
        while (slots[slot] != 0) {
            int known = slots[slot] - 1;
            int knownStart = known == 0 ? 0 : labelEnds[known - 1];
            if (hashes[known] == hash && Arrays.equals(labels, knownStart, labelEnds[known], labels, start, end)) {
                return known;
            }
            slot = slot + 1 & mask;
        }
        return insert(hash, slot, end);
    }

    private int insert(int hash, int slot, int end) {
        if (series == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * series);
            labelEnds = Arrays.copyOf(labelEnds, 2 * series);
            lastPart = Arrays.copyOf(lastPart, 2 * series);
        }
        hashes[series] = hash;
        labelEnds[series] = end;
        lastPart[series] = -1;
        slots[slot] = ++series;
        if (2 * series > slots.length) {
            slots = new int[2 * slots.length];
            int mask = slots.length - 1;
            for (int known = 0; known < series; known++) {
                int free = hashes[known] & mask;
                while (slots[free] != 0) {
                    free = free + 1 & mask;
                }
                slots[free] = known + 1;
            }
        }
        return series - 1;
    }

    private void addPart(int number, int batch, int from) {
        if (parts == partBatch.length) {
            partBatch = Arrays.copyOf(partBatch, 2 * parts);
            partSeries = Arrays.copyOf(partSeries, 2 * parts);
            nextPart = Arrays.copyOf(nextPart, 2 * parts);
        }
        partBatch[parts] = batch;
        partSeries[parts] = from;
        nextPart[parts] = lastPart[number];
        lastPart[number] = parts++;
    }

    /// Turns a list round, so that what came first is first: mostly samples are then in order already.
    private int reverse(int part) {
        int reversed = -1;
        int at = part;
        while (at >= 0) {
            int next = nextPart[at];
            nextPart[at] = reversed;
            reversed = at;
            at = next;
        }
        return reversed;
    }
}

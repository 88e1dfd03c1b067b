package io.lambdascope.api.loki;

import com.fasterxml.jackson.core.JsonGenerator;
import io.lambdascope.api.HttpRequest;
import io.lambdascope.api.JsonAnswer;
import io.lambdascope.labels.Labels;
import io.lambdascope.labels.NumberText;
import io.lambdascope.query.LokiAnswer;
import io.lambdascope.query.LokiStats;
import io.lambdascope.result.LogsResult;
import io.lambdascope.source.logs.LogsStats;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Writes results as Loki does.
final class LokiJson {
    private static final String FLAGS_HEADER = "x-loki-response-encoding-flags";
    private static final String CATEGORIZE_LABELS = "categorize-labels";

    private final JsonGenerator out;

    LokiJson(JsonGenerator out) {
        this.out = out;
    }

    /// Whether a request asks for labels by where they come from.
    static boolean isCategorized(HttpRequest request) {
        String flags = request.header(FLAGS_HEADER);
        return flags != null
                && Arrays.stream(flags.split(",")).map(String::strip).anyMatch(CATEGORIZE_LABELS::equals);
    }

    /// `{"resultType":…,"result":…,"stats":…}`.
    ///
    /// @param categorized whether only labels of streams tell streams apart, and lines carry the others
    void data(LokiAnswer answer, boolean categorized) throws IOException {
        out.writeStartObject();
        int entries = switch (answer.result()) {
            case LogsResult.Lines(List<LogsResult.Line> lines) -> lines(lines, categorized);
            case LogsResult.Scalar(long timestampMillis, double value) -> {
                type("scalar");
                point(timestampMillis, value);
                yield 1;
            }
            case LogsResult.Vector(List<LogsResult.Sample> samples) -> vector(samples);
            case LogsResult.Matrix(List<LogsResult.Series> series) -> matrix(series);
        };
        out.writeFieldName("stats");
        stats(answer.stats(), entries);
        out.writeEndObject();
    }

    private void type(String name) throws IOException {
        out.writeStringField("resultType", name);
        out.writeFieldName("result");
    }

    private int vector(List<LogsResult.Sample> samples) throws IOException {
        type("vector");
        out.writeStartArray();
        for (LogsResult.Sample sample : samples) {
            sample(sample.labels(), sample.timestampMillis(), sample.value());
        }
        out.writeEndArray();
        return samples.size();
    }

    private int matrix(List<LogsResult.Series> all) throws IOException {
        type("matrix");
        out.writeStartArray();
        int points = 0;
        for (LogsResult.Series series : all) {
            series(series.labels(), series.timestampsMillis(), series.values());
            points += series.values().length;
        }
        out.writeEndArray();
        return points;
    }

    private int lines(List<LogsResult.Line> lines, boolean categorized) throws IOException {
        SortedMap<Labels, List<LogsResult.Line>> streams = new TreeMap<>();
        for (LogsResult.Line line : lines) {
            Labels stream = categorized ? line.labels().stream() : line.labels().all();
            streams.computeIfAbsent(stream, _ -> new ArrayList<>()).add(line);
        }
        out.writeStringField("resultType", "streams");
        if (categorized) {
            out.writeArrayFieldStart("encodingFlags");
            out.writeString(CATEGORIZE_LABELS);
            out.writeEndArray();
        }
        out.writeArrayFieldStart("result");
        for (Map.Entry<Labels, List<LogsResult.Line>> stream : streams.entrySet()) {
            out.writeStartObject();
            out.writeFieldName("stream");
            JsonAnswer.writeLabels(stream.getKey(), out);
            out.writeArrayFieldStart("values");
            for (LogsResult.Line line : stream.getValue()) {
                line(line, categorized);
            }
            out.writeEndArray();
            out.writeEndObject();
        }
        out.writeEndArray();
        return lines.size();
    }

    private void line(LogsResult.Line line, boolean categorized) throws IOException {
        out.writeStartArray();
        out.writeString(Long.toString(line.timeNanos()));
        out.writeString(JsonAnswer.unicode(line.text()));
        if (categorized) {
            out.writeStartObject();
            labels("structuredMetadata", line.labels().metadata());
            labels("parsed", line.labels().parsed());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private void labels(String field, Labels labels) throws IOException {
        if (!labels.isEmpty()) {
            out.writeFieldName(field);
            JsonAnswer.writeLabels(labels, out);
        }
    }

    /// An element of a vector.
    void sample(Labels labels, long timestampMillis, double value) throws IOException {
        out.writeStartObject();
        out.writeFieldName("metric");
        JsonAnswer.writeLabels(labels, out);
        out.writeFieldName("value");
        point(timestampMillis, value);
        out.writeEndObject();
    }

    /// An element of a matrix.
    void series(Labels labels, long[] timestampsMillis, double[] values) throws IOException {
        out.writeStartObject();
        out.writeFieldName("metric");
        JsonAnswer.writeLabels(labels, out);
        out.writeArrayFieldStart("values");
        for (int i = 0; i < timestampsMillis.length; i++) {
            point(timestampsMillis[i], values[i]);
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    /// Seconds, with as many decimals as they have, and the value as text.
    private void point(long timestampMillis, double value) throws IOException {
        out.writeStartArray();
        out.writeNumber(NumberText.plain(timestampMillis / 1000.0));
        out.writeString(NumberText.plain(value));
        out.writeEndArray();
    }

    static void strings(Collection<String> strings, JsonGenerator out) throws IOException {
        out.writeStartArray();
        for (String string : strings) {
            out.writeString(JsonAnswer.unicode(string));
        }
        out.writeEndArray();
    }

    /// What a query took. A row group (of a segment: the whole of it) is what Loki calls a chunk. There are no
    /// ingesters and caches to tell of.
    private void stats(LokiStats stats, int entries) throws IOException {
        LogsStats read = stats.read();
        double seconds = stats.took().toNanos() / 1e9;
        long bytes = read.lineBytes() + read.metadataBytes();
        out.writeStartObject();
        out.writeObjectFieldStart("summary");
        out.writeNumberField("bytesProcessedPerSecond", perSecond(bytes, seconds));
        out.writeNumberField("linesProcessedPerSecond", perSecond(read.lines(), seconds));
        out.writeNumberField("totalBytesProcessed", bytes);
        out.writeNumberField("totalLinesProcessed", read.lines());
        out.writeFieldName("execTime");
        out.writeNumber(NumberText.plain(seconds));
        out.writeNumberField("queueTime", 0);
        out.writeNumberField("subqueries", stats.pieces());
        out.writeNumberField("totalEntriesReturned", entries);
        out.writeNumberField("splits", stats.pieces());
        out.writeNumberField("shards", stats.pieces());
        out.writeNumberField("totalPostFilterLines", stats.keptLines());
        out.writeNumberField("totalStructuredMetadataBytesProcessed", read.metadataBytes());
        out.writeEndObject();
        out.writeObjectFieldStart("querier");
        out.writeObjectFieldStart("store");
        out.writeNumberField("totalChunksRef", read.groupsRead() + read.groupsSkipped());
        out.writeNumberField("totalChunksDownloaded", read.groupsRead());
        out.writeObjectFieldStart("chunk");
        out.writeNumberField("decompressedBytes", bytes);
        out.writeNumberField("decompressedLines", read.lines());
        out.writeNumberField("decompressedStructuredMetadataBytes", read.metadataBytes());
        out.writeNumberField("compressedBytes", read.storedBytes());
        out.writeNumberField("postFilterLines", stats.keptLines());
        out.writeEndObject();
        out.writeEndObject();
        out.writeEndObject();
        out.writeObjectFieldStart("ingester");
        out.writeNumberField("totalReached", 0);
        out.writeEndObject();
        out.writeObjectFieldStart("index");
        out.writeNumberField("totalChunks", read.groupsRead() + read.groupsSkipped());
        out.writeNumberField("postFilterChunks", read.groupsRead());
        out.writeEndObject();
        out.writeEndObject();
    }

    private static long perSecond(long count, double seconds) {
        return seconds <= 0 ? 0 : Math.round(count / seconds);
    }
}

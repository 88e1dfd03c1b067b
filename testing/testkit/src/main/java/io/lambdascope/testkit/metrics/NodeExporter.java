package io.lambdascope.testkit.metrics;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.MetricMetadata;
import io.lambdascope.model.metrics.MetricsBatch;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/// What hosts that run a node exporter send. Series, labels and values are those of one scrape of a real one (its
/// hardware addresses, host and kernel names replaced), varied from host to host and from scrape to scrape.
public final class NodeExporter {
    /// A line of the scrape.
    ///
    /// @param decimals digits behind the point
    /// @param counter whether it is one
    public record Line(Labels labels, double value, int decimals, boolean counter) {
        /*
         * Hosts of a kind have values of a size, not the same ones: each number but small ones (flags, states) is
         * scaled by a factor of the host, each counter that counts grows by about a 20,000th from scrape to scrape,
         * and some gauges (two thirds of the large ones) waver by a hundredth.
         */
        double at(int host, int scrape) {
            if (!Double.isFinite(value) || Math.abs(value) < 10 && decimals == 0) {
                return value;
            }
            SplittableRandom random = new SplittableRandom(31L * host + labels.stableHash());
            double scaled = value * (0.5 + random.nextDouble());
            boolean wavers = random.nextInt(3) > 0;
            double chance = new SplittableRandom(1000L * scrape + random.nextLong()).nextDouble();
            if (counter) {
                return round(scaled * (1 + (scrape + chance) / SCRAPES_OF_A_LIFE));
            }
            return round(wavers ? scaled * (1 + chance / 100) : scaled);
        }

        private double round(double number) {
            BigDecimal decimal = new BigDecimal(number).setScale(decimals, RoundingMode.HALF_UP);
            return decimal.doubleValue();
        }
    }

    private static final String RESOURCE = "node-exporter.txt.gz";
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\",?");
    private static final int SCRAPES_OF_A_LIFE = 20_000;

    private final List<Line> lines;
    private final List<MetricMetadata> metadata;

    private NodeExporter(String scrape) {
        Map<String, String> helps = new HashMap<>();
        Map<String, String> types = new HashMap<>();
        List<MetricMetadata> described = new ArrayList<>();
        List<Line> sampled = new ArrayList<>();
        for (String line : scrape.split("\n")) {
            String[] words = line.split(" ", 4);
            if (line.startsWith("# HELP ")) {
                helps.put(words[2], words[3]);
            } else if (line.startsWith("# TYPE ")) {
                types.put(words[2], words[3]);
                described.add(new MetricMetadata(words[2], type(words[3]), helps.getOrDefault(words[2], ""), ""));
            } else if (!line.isEmpty()) {
                sampled.add(parseLine(line, types));
            }
        }
        this.lines = List.copyOf(sampled);
        this.metadata = List.copyOf(described);
    }

    private static MetricMetadata.Type type(String text) {
        return Arrays.stream(MetricMetadata.Type.values())
                .filter(type -> type.text().equals(text))
                .findFirst()
                .orElse(MetricMetadata.Type.UNKNOWN);
    }

    public static NodeExporter load() {
        try (InputStream packed = NodeExporter.class.getResourceAsStream(RESOURCE)) {
            if (packed == null) {
                throw new IllegalStateException("resource %s is missing".formatted(RESOURCE));
            }
            try (InputStream in = new GZIPInputStream(packed)) {
                return new NodeExporter(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Line parseLine(String line, Map<String, String> types) {
        Matcher sample = SAMPLE.matcher(line);
        if (!sample.matches()) {
            throw new IllegalStateException("no sample: " + line);
        }
        Labels.Builder labels = new Labels.Builder().set(Labels.NAME, sample.group(1));
        if (sample.group(2) != null) {
            Matcher label = LABEL.matcher(sample.group(2));
            while (label.find()) {
                labels.set(label.group(1), label.group(2).replace("\\\"", "\"").replace("\\\\", "\\"));
            }
        }
        double value = Double.parseDouble(sample.group(3).replace("Inf", "Infinity"));
        int decimals = Double.isFinite(value) ? Math.max(0, new BigDecimal(sample.group(3)).scale()) : 0;
        return new Line(labels.build(), value, decimals, "counter".equals(types.get(sample.group(1))));
    }

    public List<Line> lines() {
        return lines;
    }

    /// What the scrape says of its metric families.
    public List<MetricMetadata> metadata() {
        return metadata;
    }

    /// How many samples a scrape has.
    public int size() {
        return lines.size();
    }

    /// What a Prometheus sends of `hosts` hosts, cut into requests.
    ///
    /// @param scrape which scrape, counted from 0
    /// @param perRequest samples in a request; Prometheus' default is 2,000
    public List<MetricsBatch> requests(int hosts, int scrape, long timestampMillis, int perRequest) {
        List<MetricsBatch> requests = new ArrayList<>();
        MetricsBatch request = new MetricsBatch();
        for (int host = 0; host < hosts; host++) {
            String instance = "host-%d:9100".formatted(host + 1);
            for (Line line : lines) {
                if (request.sampleCount() == perRequest) {
                    requests.add(request);
                    request = new MetricsBatch();
                }
                request.startSeries(line.labels().toBuilder()
                        .set("instance", instance)
                        .set("job", "node")
                        .build());
                request.addSample(timestampMillis + host * 37L, line.at(host, scrape));
            }
        }
        requests.add(request);
        return requests;
    }
}

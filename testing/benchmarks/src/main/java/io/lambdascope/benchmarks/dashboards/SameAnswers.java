package io.lambdascope.benchmarks.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/// Compares two answers to a range query: the same series at the same moments, values up to rounding.
final class SameAnswers {
    private static final JsonMapper JSON = new JsonMapper();
    private static final double EPSILON = 1e-9;

    private SameAnswers() {}

    static void check(String query, String ours, String theirs) throws IOException {
        Map<String, JsonNode> left = series(ours);
        Map<String, JsonNode> right = series(theirs);
        if (!left.keySet().equals(right.keySet()) || left.isEmpty()) {
            throw new IOException("%s: %d series here, %d there".formatted(query, left.size(), right.size()));
        }
        for (Map.Entry<String, JsonNode> one : left.entrySet()) {
            JsonNode mine = one.getValue();
            JsonNode other = right.getOrDefault(one.getKey(), mine);
            if (mine.size() != other.size()) {
                throw new IOException("%s: %s has %d points here, %d there"
                        .formatted(query, one.getKey(), mine.size(), other.size()));
            }
            for (int i = 0; i < mine.size(); i++) {
                double a = mine.get(i).get(1).asDouble();
                double b = other.get(i).get(1).asDouble();
                boolean same =
                        mine.get(i).get(0).asDouble() == other.get(i).get(0).asDouble()
                                && (Double.compare(a, b) == 0
                                        || Math.abs(a - b) <= EPSILON * Math.max(Math.abs(a), Math.abs(b)));
                if (!same) {
                    throw new IOException(
                            "%s: %s is %s here, %s there".formatted(query, one.getKey(), mine.get(i), other.get(i)));
                }
            }
        }
    }

    private static Map<String, JsonNode> series(String answer) throws IOException {
        Map<String, JsonNode> series = new TreeMap<>();
        for (JsonNode one : JSON.readTree(answer).get("data").get("result")) {
            Map<String, String> labels = new TreeMap<>();
            one.get("metric")
                    .properties()
                    .forEach(
                            label -> labels.put(label.getKey(), label.getValue().asText()));
            series.put(labels.toString(), one.get("values"));
        }
        return series;
    }
}

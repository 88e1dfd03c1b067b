package io.lambdascope.ingest.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/// What of a push was refused, and why: for each reason the first case in words and how many there were.
public final class Rejections {
    private static final int MAX_TEXT_OF_SERIES = 300;

    private final Map<String, String> firstCases = new LinkedHashMap<>();
    private final Map<String, Integer> counts = new LinkedHashMap<>();

    /// @param id the reason, as in `sample-timestamp-too-old`; clients know it with `err-mimir-` before it
    /// @param text the case in words; longer texts are cut
    void add(String id, String text) {
        firstCases.putIfAbsent(id, text);
        counts.merge(id, 1, Integer::sum);
    }

    boolean has(String id) {
        return counts.containsKey(id);
    }

    /// Counts a case whose words nobody will read, because its reason has its first case already.
    void countAgain(String id) {
        counts.merge(id, 1, Integer::sum);
    }

    public boolean isEmpty() {
        return counts.isEmpty();
    }

    /// Cases by reason.
    public Map<String, Integer> counts() {
        return Map.copyOf(counts);
    }

    /// For the sender's log.
    public String text() {
        StringJoiner text = new StringJoiner("; ");
        firstCases.forEach((id, firstCase) -> {
            int more = counts.getOrDefault(id, 1) - 1;
            text.add("%s (err-mimir-%s)%s".formatted(firstCase, id, more == 0 ? "" : ", and %d more".formatted(more)));
        });
        return text.toString();
    }

    /// A series as it stands in a text.
    static String shorten(String series) {
        return series.length() <= MAX_TEXT_OF_SERIES ? series : series.substring(0, MAX_TEXT_OF_SERIES) + "…";
    }
}

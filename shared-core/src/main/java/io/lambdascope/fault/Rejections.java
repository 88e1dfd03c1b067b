package io.lambdascope.fault;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Supplier;

/// What of a push was refused while the rest was taken, and why: for each reason the first case in words and how many
/// there were.
public final class Rejections {
    private static final int MAX_QUOTE = 300;

    private final String prefix;
    private final Map<String, String> firstCases = new LinkedHashMap<>();
    private final Map<String, Integer> counts = new LinkedHashMap<>();

    /// @param prefix what stands before each id in [#text], as in `err-mimir-`
    public Rejections(String prefix) {
        this.prefix = prefix;
    }

    /// @param id the reason, as in `sample-timestamp-too-old`
    /// @param text the case in words
    public void add(String id, String text) {
        firstCases.putIfAbsent(id, text);
        counts.merge(id, 1, Integer::sum);
    }

    /// As the other `add`; the words are made only if they will be read.
    public void add(String id, Supplier<String> text) {
        add(id, 1, text);
    }

    /// As above, for `count` cases at once; 0 counts as 1, since something was refused.
    public void add(String id, int count, Supplier<String> text) {
        firstCases.computeIfAbsent(id, _ -> text.get());
        counts.merge(id, Math.max(1, count), Integer::sum);
    }

    public boolean isEmpty() {
        return counts.isEmpty();
    }

    /// Cases by reason.
    public Map<String, Integer> counts() {
        return Map.copyOf(counts);
    }

    /// What several say together; empty if nothing was refused.
    public static String text(Rejections... parts) {
        StringJoiner text = new StringJoiner("; ");
        for (Rejections part : parts) {
            if (!part.isEmpty()) {
                text.add(part.text());
            }
        }
        return text.toString();
    }

    /// For the sender's log.
    public String text() {
        StringJoiner text = new StringJoiner("; ");
        firstCases.forEach((id, firstCase) -> {
            int more = counts.getOrDefault(id, 1) - 1;
            text.add("%s (%s%s)%s".formatted(firstCase, prefix, id, more == 0 ? "" : ", and %d more".formatted(more)));
        });
        return text.toString();
    }

    /// The beginning of what a sender sent, to quote it in a text.
    public static String shorten(String quote) {
        return quote.length() <= MAX_QUOTE ? quote : quote.substring(0, MAX_QUOTE) + "…";
    }
}

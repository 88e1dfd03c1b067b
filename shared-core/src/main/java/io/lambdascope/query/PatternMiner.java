package io.lambdascope.query;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Finds what lines have in common, line by line and in bounded memory. See `docs/adr/0070-patterns.md`.
final class PatternMiner {
    /*
     * After Drain (He et al., "Drain: An Online Log Parsing Approach with Fixed Depth Tree", 2017): lines are told apart
     * by their shape and by their first word, and among the groups of lines that agree in this, a line joins the one
     * it shares most words with, if these are enough; words in which it differs become variable. Words that hold a
     * digit are taken to be variable when lines are told apart. Groups that no line has joined for longest are forgotten
     * where there are too many.
     */
    static final String VARIABLE = "<_>";

    private static final double ENOUGH = 0.5;

    /// Where so many groups agree in shape and first word, no more are made of them.
    private static final int MOST_ALIKE = 50;

    private final int mostGroups;
    private final long stepNanos;
    private final Map<Shape, List<Group>> byShape = new HashMap<>();
    private final LinkedHashMap<Group, Shape> byUse = new LinkedHashMap<>(16, 0.75f, true);

    /// @param mostGroups how many groups of lines are remembered
    /// @param stepNanos lines are counted by stretches of time of this length
    PatternMiner(int mostGroups, long stepNanos) {
        this.mostGroups = mostGroups;
        this.stepNanos = stepNanos;
    }

    private record Shape(String level, String skeleton, String firstWord) {}

    /// Lines that have been found to have something in common.
    private static final class Group {
        /// null where lines differ
        private final @Nullable String[] words;
        private final SortedMap<Long, Long> counts = new TreeMap<>();

        Group(List<String> words) {
            this.words = words.toArray(new String[0]);
        }

        /// Words in common, of all words that are not taken to be variable; 1 if there are none of these.
        double likeness(List<String> others) {
            int fixed = 0;
            int common = 0;
            for (int i = 0; i < words.length; i++) {
                if (!holdsDigit(others.get(i))) {
                    fixed++;
                    common += others.get(i).equals(words[i]) ? 1 : 0;
                }
            }
            return fixed == 0 ? 1 : (double) common / fixed;
        }

        void join(List<String> others) {
            for (int i = 0; i < words.length; i++) {
                if (!others.get(i).equals(words[i])) {
                    words[i] = null;
                }
            }
        }

        String pattern(String skeleton) {
            StringBuilder pattern = new StringBuilder();
            int word = 0;
            for (int i = 0; i < skeleton.length(); i++) {
                if (skeleton.charAt(i) == LineTokens.WORD) {
                    String text = words[word++];
                    pattern.append(text == null ? VARIABLE : text);
                } else {
                    pattern.append(skeleton.charAt(i));
                }
            }
            return pattern.toString();
        }
    }

    void add(String line, String level, long timeNanos) {
        LineTokens tokens = LineTokens.of(line);
        if (tokens.words().isEmpty()) {
            return;
        }
        String first = tokens.words().getFirst();
        Shape shape = new Shape(level, tokens.skeleton(), holdsDigit(first) ? VARIABLE : first);
        Group group = groupOf(shape, tokens.words());
        group.counts.merge(Math.floorDiv(timeNanos, stepNanos) * stepNanos, 1L, Long::sum);
    }

    private Group groupOf(Shape shape, List<String> words) {
        List<Group> groups = byShape.computeIfAbsent(shape, _ -> new ArrayList<>());
        Group best = null;
        double bestLikeness = 0;
        for (Group group : groups) {
            double likeness = group.likeness(words);
            if (best == null || likeness > bestLikeness) {
                best = group;
                bestLikeness = likeness;
            }
        }
        if (best == null || bestLikeness < ENOUGH && groups.size() < MOST_ALIKE) {
            best = new Group(words);
            groups.add(best);
            byUse.put(best, shape);
            forgetIfTooMany();
        } else {
            best.join(words);
            byUse.get(best);
        }
        return best;
    }

    private void forgetIfTooMany() {
        if (byUse.size() > mostGroups) {
            Map.Entry<Group, Shape> oldest = byUse.pollFirstEntry();
            List<Group> groups = byShape.getOrDefault(oldest.getValue(), List.of());
            groups.remove(oldest.getKey());
            if (groups.isEmpty()) {
                byShape.remove(oldest.getValue());
            }
        }
    }

    private static boolean holdsDigit(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (word.charAt(i) >= '0' && word.charAt(i) <= '9') {
                return true;
            }
        }
        return false;
    }

    /// What has been found, each pattern of a level once.
    List<LogPattern> patterns() {
        Map<List<String>, LogPattern> merged = new LinkedHashMap<>();
        byUse.forEach((group, shape) -> {
            LogPattern found = new LogPattern(group.pattern(shape.skeleton()), shape.level(), group.counts);
            merged.merge(List.of(found.text(), found.level()), found, LogPattern::plus);
        });
        return List.copyOf(merged.values());
    }
}

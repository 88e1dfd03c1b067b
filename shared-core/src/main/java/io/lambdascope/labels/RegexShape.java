package io.lambdascope.labels;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A regular expression that is a finite set of strings, or a set of wildcards of literals and `.*` / `.+`.
final class RegexShape {
    /*
     * A wildcard is a list of literals with gaps between, before and behind them; a gap is .* (may be empty) or .+
     * (at least one character). Literal pieces are looked for leftmost first, which finds a match if there is one:
     * an earlier place leaves more room for the rest. Wildcards that begin with a literal are found by its first
     * character, so that thousands of alternatives cost no more than the few that could fit.
     */
    private final @Nullable Set<String> literals;
    private final Map<Character, List<Wildcard>> byFirst = new HashMap<>();
    private final List<Wildcard> anywhere = new ArrayList<>();
    private final Set<String> exact = new LinkedHashSet<>();
    private final String prefix;

    private RegexShape(List<Wildcard> alternatives) {
        boolean finite = true;
        for (Wildcard wildcard : alternatives) {
            if (wildcard.isLiteral()) {
                exact.add(wildcard.first());
            } else {
                finite = false;
                List<Wildcard> list = wildcard.first().isEmpty()
                        ? anywhere
                        : byFirst.computeIfAbsent(wildcard.first().charAt(0), c -> new ArrayList<>());
                list.add(wildcard);
            }
        }
        this.literals = finite ? Set.copyOf(exact) : null;
        this.prefix = commonPrefix(alternatives);
    }

    /// The shape of `regex`, or null if it needs a regex machine (or is none at all).
    static @Nullable RegexShape of(String regex) {
        List<Wildcard> alternatives = new RegexShapeParser(regex).parse();
        return alternatives == null ? null : new RegexShape(alternatives);
    }

    @Nullable
    Set<String> literals() {
        return literals;
    }

    String prefix() {
        return prefix;
    }

    boolean matches(String value) {
        if (exact.contains(value)) {
            return true;
        }
        if (!value.isEmpty() && !byFirst.isEmpty() && anyMatches(byFirst.get(value.charAt(0)), value)) {
            return true;
        }
        return anyMatches(anywhere, value);
    }

    private static boolean anyMatches(@Nullable List<Wildcard> wildcards, String value) {
        if (wildcards != null) {
            for (Wildcard wildcard : wildcards) {
                if (wildcard.matches(value)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String commonPrefix(List<Wildcard> alternatives) {
        String common = alternatives.getFirst().first();
        for (Wildcard wildcard : alternatives) {
            String other = wildcard.first();
            int n = 0;
            while (n < common.length() && n < other.length() && common.charAt(n) == other.charAt(n)) {
                n++;
            }
            common = common.substring(0, n);
        }
        return common;
    }

    /// Literals with gaps between them.
    ///
    /// @param pieces at least one; the first stands at the start of the value and the last at its end; may be empty
    /// @param gaps one between each two pieces: how many characters it has at least
    record Wildcard(List<String> pieces, List<Integer> gaps) {
        static final Wildcard EMPTY = new Wildcard(List.of(""), List.of());

        static Wildcard literal(String text) {
            return new Wildcard(List.of(text), List.of());
        }

        static Wildcard gap(int atLeast) {
            return new Wildcard(List.of("", ""), List.of(atLeast));
        }

        String first() {
            return pieces.getFirst();
        }

        boolean isLiteral() {
            return gaps.isEmpty();
        }

        /// This one followed by `next`.
        Wildcard then(Wildcard next) {
            if (next.equals(EMPTY)) {
                return this;
            }
            List<String> joined = new ArrayList<>(pieces.subList(0, pieces.size() - 1));
            List<Integer> joinedGaps = new ArrayList<>(gaps);
            String seam = pieces.getLast() + next.pieces.getFirst();
            joined.add(seam);
            joined.addAll(next.pieces.subList(1, next.pieces.size()));
            joinedGaps.addAll(next.gaps);
            return new Wildcard(joined, joinedGaps);
        }

        boolean matches(String value) {
            if (isLiteral()) {
                return value.equals(first());
            }
            String last = pieces.getLast();
            int end = value.length() - last.length();
            if (!value.startsWith(first()) || end < first().length() || !value.endsWith(last)) {
                return false;
            }
            int at = first().length();
            for (int i = 1; i < pieces.size() - 1; i++) {
                at = skip(value, at, gaps.get(i - 1));
                int found = at < 0 ? -1 : value.indexOf(pieces.get(i), at);
                if (found < 0) {
                    return false;
                }
                at = found + pieces.get(i).length();
            }
            at = skip(value, at, gaps.getLast());
            return at >= 0 && at <= end;
        }

        private static int skip(String value, int at, int characters) {
            return value.codePointCount(at, value.length()) < characters
                    ? -1
                    : value.offsetByCodePoints(at, characters);
        }
    }
}

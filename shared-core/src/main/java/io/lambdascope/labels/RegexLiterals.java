package io.lambdascope.labels;

import io.lambdascope.labels.RegexTree.Node;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a text must contain for a regular expression to be found in it: lets most texts be ruled out, and many
/// expressions be decided, by looking for plain substrings. Says nothing rather than something wrong.
///
/// @param anyOf the expression is found exactly in those texts that contain one of these; null if it takes more
/// @param required the text contains at least one of each of these sets; no set holds the empty string
/// @param ignoresCase whether all of these are in lower case and stand for ASCII letters of both cases
public record RegexLiterals(@Nullable Set<String> anyOf, List<Set<String>> required, boolean ignoresCase) {
    /*
     * Bottom up: each part of the expression is either one of a few strings (exact), or it is not, and then it has
     * requirements. Parts in a row join to longer strings as long as they are exact (cf. R. Cox, "Regular Expression
     * Matching with a Trigram Index"). A part that may be empty says nothing, so at either end of an expression that
     * is looked for anywhere it can be left off.
     */
    private static final int MAX_STRINGS = 16;
    private static final int MAX_REQUIRED = 64;

    private static final RegexLiterals NOTHING = new RegexLiterals(null, List.of(), false);

    public static RegexLiterals of(String regex) {
        Optional<RegexTree> read = RegexTree.parse(regex);
        if (read.isEmpty()) {
            return NOTHING;
        }
        RegexTree tree = read.get();
        Set<String> anyOf = tree.mixesCase() ? null : found(tree.root());
        return new RegexLiterals(anyOf, infoOf(tree.root()).all(), tree.ignoresCase());
    }

    /// @param exact all strings that the part stands for, null if they are too many
    /// @param required of a part that is not exact
    private record Info(@Nullable Set<String> exact, List<Set<String>> required) {
        static final Info ANYTHING = new Info(null, List.of());
        static final Info EMPTY = new Info(Set.of(""), List.of());

        List<Set<String>> all() {
            if (exact == null) {
                return required;
            }
            return exact.contains("") ? List.of() : List.of(exact);
        }

        /// The set that says most: the one whose shortest string is longest.
        @Nullable
        Set<String> best() {
            Set<String> best = null;
            for (Set<String> set : all()) {
                if (best == null || shortest(set) > shortest(best)) {
                    best = set;
                }
            }
            return best;
        }
    }

    private static int shortest(Set<String> set) {
        return set.stream().mapToInt(String::length).min().orElse(0);
    }

    private static Info infoOf(Node node) {
        return switch (node) {
            case Node.Literal(String text) -> new Info(Set.of(text), List.of());
            case Node.Assertion _ -> Info.EMPTY;
            case Node.Anything _ -> Info.ANYTHING;
            case Node.Sequence(List<Node> parts) -> sequence(parts);
            case Node.Choice(List<Node> choices) -> choice(choices);
        };
    }

    private static Info sequence(List<Node> parts) {
        List<Set<String>> required = new ArrayList<>();
        Set<String> run = Set.of("");
        boolean exact = true;
        for (Node part : parts) {
            Info info = infoOf(part);
            Set<String> joined = info.exact == null ? null : joined(run, info.exact);
            if (joined != null) {
                run = joined;
                continue;
            }
            exact = false;
            addTo(required, run);
            required.addAll(info.exact == null ? info.required : List.of());
            run = info.exact == null ? Set.of("") : info.exact;
        }
        if (exact) {
            return new Info(run, List.of());
        }
        addTo(required, run);
        return new Info(null, required);
    }

    private static void addTo(List<Set<String>> required, Set<String> run) {
        if (!run.contains("")) {
            required.add(run);
        }
    }

    private static @Nullable Set<String> joined(Set<String> before, Set<String> next) {
        if (before.size() * next.size() > MAX_STRINGS) {
            return null;
        }
        Set<String> joined = new LinkedHashSet<>();
        for (String head : before) {
            for (String tail : next) {
                joined.add(head + tail);
            }
        }
        return joined;
    }

    private static Info choice(List<Node> choices) {
        Set<String> exact = new LinkedHashSet<>();
        Set<String> required = new LinkedHashSet<>();
        boolean allExact = true;
        boolean allRequire = true;
        for (Node one : choices) {
            Info info = infoOf(one);
            if (info.exact == null) {
                allExact = false;
            } else {
                exact.addAll(info.exact);
            }
            Set<String> best = info.best();
            if (best == null) {
                allRequire = false;
            } else {
                required.addAll(best);
            }
        }
        if (allExact && exact.size() <= MAX_STRINGS) {
            return new Info(exact, List.of());
        }
        return allRequire && required.size() <= MAX_REQUIRED ? new Info(null, List.of(required)) : Info.ANYTHING;
    }

    /// The strings one of which a text must contain, and need do no more, for `node` to be found in it.
    private static @Nullable Set<String> found(Node node) {
        return switch (node) {
            case Node.Literal(String text) -> Set.of(text);
            case Node.Assertion _ -> null;
            case Node.Anything(boolean mayBeEmpty) -> mayBeEmpty ? Set.of("") : null;
            case Node.Choice(List<Node> choices) -> {
                Set<String> union = new LinkedHashSet<>();
                for (Node one : choices) {
                    Set<String> strings = found(one);
                    if (strings == null || union.addAll(strings) && union.size() > MAX_STRINGS) {
                        yield null;
                    }
                }
                yield union;
            }
            case Node.Sequence(List<Node> parts) -> {
                int from = 0;
                int to = parts.size();
                while (from < to && mayBeEmpty(parts.get(from))) {
                    from++;
                }
                while (to > from && mayBeEmpty(parts.get(to - 1))) {
                    to--;
                }
                if (to - from == 1) {
                    yield found(parts.get(from));
                }
                List<Node> middle = parts.subList(from, to);
                yield middle.stream().anyMatch(RegexLiterals::asserts) ? null : sequence(middle).exact;
            }
        };
    }

    /// Whether the empty text passes, wherever it stands.
    private static boolean mayBeEmpty(Node node) {
        return switch (node) {
            case Node.Literal(String text) -> text.isEmpty();
            case Node.Assertion _ -> false;
            case Node.Anything(boolean mayBeEmpty) -> mayBeEmpty;
            case Node.Choice(List<Node> choices) -> choices.stream().anyMatch(RegexLiterals::mayBeEmpty);
            case Node.Sequence(List<Node> parts) -> parts.stream().allMatch(RegexLiterals::mayBeEmpty);
        };
    }

    private static boolean asserts(Node node) {
        return switch (node) {
            case Node.Literal _, Node.Anything _ -> false;
            case Node.Assertion _ -> true;
            case Node.Choice(List<Node> choices) -> choices.stream().anyMatch(RegexLiterals::asserts);
            case Node.Sequence(List<Node> parts) -> parts.stream().anyMatch(RegexLiterals::asserts);
        };
    }
}

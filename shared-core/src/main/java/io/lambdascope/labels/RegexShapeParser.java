package io.lambdascope.labels;

import io.lambdascope.labels.RegexShape.Wildcard;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the part of RE2's syntax that [RegexShape] covers: literals, escaped punctuation, `.*`, `.+`, groups,
/// alternatives, and `^` and `$` at the ends. Gives up on everything else.
final class RegexShapeParser {
    /// Groups multiply: `(a|b)(c|d)` is four strings.
    private static final int MAX_ALTERNATIVES = 100_000;

    private static final int MAX_CHARACTERS = 4 << 20;
    private static final int MAX_NESTING = 20;
    private static final String SPECIAL = "\\.+*?()|[]{}^$";

    private final String text;
    private int at;
    private int nesting;
    private long characters;

    RegexShapeParser(String text) {
        this.text = text;
    }

    /// The alternatives, at least one; null if the text is not of this part.
    @Nullable
    List<Wildcard> parse() {
        List<Wildcard> all = alternatives();
        return all != null && at == text.length() ? all : null;
    }

    private @Nullable List<Wildcard> alternatives() {
        List<Wildcard> all = new ArrayList<>();
        while (true) {
            List<Wildcard> sequence = sequence();
            if (sequence == null || all.size() + sequence.size() > MAX_ALTERNATIVES) {
                return null;
            }
            all.addAll(sequence);
            if (at == text.length() || text.charAt(at) != '|') {
                return all;
            }
            at++;
        }
    }

    private @Nullable List<Wildcard> sequence() {
        List<Wildcard> built = List.of(Wildcard.EMPTY);
        if (nesting == 0 && at < text.length() && text.charAt(at) == '^') {
            at++;
        }
        while (at < text.length() && text.charAt(at) != '|' && text.charAt(at) != ')') {
            if (text.charAt(at) == '$' && nesting == 0 && endsAfter(at)) {
                at++;
                return built;
            }
            List<Wildcard> next = atom();
            built = next == null ? null : joined(built, next);
            if (built == null) {
                return null;
            }
        }
        return built;
    }

    private boolean endsAfter(int index) {
        return index + 1 == text.length() || text.charAt(index + 1) == '|';
    }

    private @Nullable List<Wildcard> joined(List<Wildcard> before, List<Wildcard> next) {
        if ((long) before.size() * next.size() > MAX_ALTERNATIVES) {
            return null;
        }
        List<Wildcard> joined = new ArrayList<>(before.size() * next.size());
        for (Wildcard head : before) {
            for (Wildcard tail : next) {
                Wildcard both = head.then(tail);
                characters += both.first().length();
                joined.add(both);
            }
        }
        return characters > MAX_CHARACTERS ? null : joined;
    }

    private @Nullable List<Wildcard> atom() {
        char c = text.charAt(at);
        if (c == '(') {
            return group();
        }
        if (c == '.') {
            return gap();
        }
        StringBuilder literal = new StringBuilder();
        while (at < text.length()) {
            int length = literalAt(at);
            if (length == 0) {
                break;
            }
            // A quantifier binds to the last character alone; whatever it means, it is none of our shapes.
            int next = at + length;
            if (next < text.length() && "*+?{".indexOf(text.charAt(next)) >= 0) {
                return null;
            }
            literal.append(text, next - (length == 2 && text.charAt(at) != '\\' ? 2 : 1), next);
            at = next;
        }
        return literal.isEmpty() ? null : List.of(Wildcard.literal(literal.toString()));
    }

    /// How many characters of the text say one literal character here, 0 if they say something else.
    private int literalAt(int index) {
        char c = text.charAt(index);
        if (c == '\\') {
            boolean punctuation = index + 1 < text.length()
                    && text.charAt(index + 1) < 0x80
                    && !Character.isLetterOrDigit(text.charAt(index + 1))
                    && text.charAt(index + 1) > ' ';
            return punctuation && text.charAt(index + 1) != '_' ? 2 : 0;
        }
        if (SPECIAL.indexOf(c) >= 0) {
            return 0;
        }
        if (Character.isSurrogate(c)) {
            return Character.isHighSurrogate(c)
                            && index + 1 < text.length()
                            && Character.isLowSurrogate(text.charAt(index + 1))
                    ? 2
                    : 0;
        }
        return 1;
    }

    private @Nullable List<Wildcard> gap() {
        char quantifier = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        if (quantifier != '*' && quantifier != '+') {
            return null;
        }
        at += 2;
        if (at < text.length() && text.charAt(at) == '?') {
            at++; // which match is preferred makes no difference here
        }
        if (at < text.length() && "*+?{".indexOf(text.charAt(at)) >= 0) {
            return null;
        }
        return List.of(Wildcard.gap(quantifier == '*' ? 0 : 1));
    }

    private @Nullable List<Wildcard> group() {
        at++;
        if (text.startsWith("?:", at)) {
            at += 2;
        } else if (at < text.length() && text.charAt(at) == '?') {
            return null;
        }
        if (++nesting > MAX_NESTING) {
            return null;
        }
        List<Wildcard> inside = alternatives();
        nesting--;
        if (inside == null || at == text.length() || text.charAt(at) != ')') {
            return null;
        }
        at++;
        return at < text.length() && "*+?{".indexOf(text.charAt(at)) >= 0 ? null : inside;
    }
}

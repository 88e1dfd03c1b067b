package io.lambdascope.labels;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A regular expression of RE2's syntax as far as [RegexLiterals] looks into it: what is literal, and what is
/// something else.
///
/// @param ignoresCase whether some literal stands for letters of both cases; then all literals are in lower case
/// @param mixesCase whether there is a literal besides that does not
record RegexTree(Node root, boolean ignoresCase, boolean mixesCase) {
    sealed interface Node {
        record Literal(String text) implements Node {}

        /// `^`, `\b` and the like.
        record Assertion() implements Node {}

        /// A class, a dot, something repeated: anything, for all that is known.
        record Anything(boolean mayBeEmpty) implements Node {}

        record Sequence(List<Node> parts) implements Node {}

        record Choice(List<Node> choices) implements Node {}
    }

    /// Empty if there is something in `regex` that is not known here.
    static Optional<RegexTree> parse(String regex) {
        Reader reader = new Reader(regex);
        try {
            Node root = reader.choice();
            return reader.at == regex.length()
                    ? Optional.of(new RegexTree(
                            reader.lowered(root), reader.ignoresCase, reader.ignoresCase && reader.mixesCase))
                    : Optional.empty();
        } catch (UnknownSyntax _) {
            return Optional.empty();
        }
    }

    private static final class UnknownSyntax extends Exception {
        private static final long serialVersionUID = 1L;

        UnknownSyntax() {
            super(null, null, false, false);
        }
    }

    private static final class Reader {
        private static final int MAX_NESTING = 100;
        private static final int MAX_COPIES = 4;
        private static final int MAX_CLASS = 4;
        private static final Node SOMETHING = new Node.Anything(false);

        private final String text;
        private int at;
        private int nesting;
        private boolean folding;
        private boolean ignoresCase;
        private boolean mixesCase;

        Reader(String text) {
            this.text = text;
        }

        private boolean more() {
            return at < text.length();
        }

        private boolean skip(String expected) {
            if (!text.startsWith(expected, at)) {
                return false;
            }
            at += expected.length();
            return true;
        }

        Node choice() throws UnknownSyntax {
            if (++nesting > MAX_NESTING) {
                throw new UnknownSyntax();
            }
            boolean foldingOutside = folding;
            List<Node> choices = new ArrayList<>();
            do {
                choices.add(sequence());
            } while (skip("|"));
            folding = foldingOutside;
            nesting--;
            return choices.size() == 1 ? choices.getFirst() : new Node.Choice(choices);
        }

        private Node sequence() throws UnknownSyntax {
            List<Node> parts = new ArrayList<>();
            while (more() && text.charAt(at) != '|' && text.charAt(at) != ')') {
                if (!flags()) {
                    repeated(atom(), parts);
                }
            }
            return parts.size() == 1 ? parts.getFirst() : new Node.Sequence(parts);
        }

        /// `(?i)` and the like, which hold to the end of the group around them.
        private boolean flags() throws UnknownSyntax {
            if (!text.startsWith("(?", at) || text.startsWith("(?P", at) || text.startsWith("(?<", at)) {
                return false;
            }
            int end = at + 2;
            while (end < text.length() && "imsU-".indexOf(text.charAt(end)) >= 0) {
                end++;
            }
            if (end == text.length() || text.charAt(end) != ')' && text.charAt(end) != ':') {
                throw new UnknownSyntax();
            }
            if (text.charAt(end) == ':') {
                return false;
            }
            setFlags(text.substring(at + 2, end));
            at = end + 1;
            return true;
        }

        private void setFlags(String flags) {
            int minus = flags.indexOf('-');
            int fold = flags.indexOf('i');
            if (fold >= 0) {
                folding = minus < 0 || fold < minus;
            }
        }

        private Node atom() throws UnknownSyntax {
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            return switch (c) {
                case '(' -> group();
                case '[' -> characterClass();
                case '\\' -> escape();
                case '.' -> SOMETHING;
                case '^', '$' -> new Node.Assertion();
                case '*', '+', '?' -> throw new UnknownSyntax();
                default -> literal(c);
            };
        }

        private Node group() throws UnknownSyntax {
            boolean foldingOutside = folding;
            if (skip("?P<") || skip("?<")) {
                int end = text.indexOf('>', at);
                if (end < 0) {
                    throw new UnknownSyntax();
                }
                at = end + 1;
            } else if (skip("?")) {
                int end = text.indexOf(':', at);
                setFlags(text.substring(at, end));
                at = end + 1;
            }
            Node inside = choice();
            folding = foldingOutside;
            if (!skip(")")) {
                throw new UnknownSyntax();
            }
            return inside;
        }

        private Node literal(int c) {
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            if (!folding) {
                mixesCase |= letter;
                // a byte that is no UTF-8 counts as this character
                return c == 0xfffd || Character.isSurrogate((char) c) && c <= 0xffff
                        ? SOMETHING
                        : new Node.Literal(Character.toString(c));
            }
            // K and S have relatives outside of ASCII, U+212A and U+017F
            if (c >= 0x80 || "kKsS".indexOf(c) >= 0) {
                return SOMETHING;
            }
            ignoresCase |= letter;
            return new Node.Literal(Character.toString(c));
        }

        private Node escape() throws UnknownSyntax {
            if (!more()) {
                throw new UnknownSyntax();
            }
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            return switch (c) {
                case 'd', 'D', 'w', 'W', 's', 'S' -> SOMETHING;
                case 'p', 'P' -> {
                    at = skip("{") ? text.indexOf('}', at) + 1 : at + 1;
                    if (at == 0 || at > text.length()) {
                        throw new UnknownSyntax();
                    }
                    yield SOMETHING;
                }
                case 'b', 'B', 'A', 'z' -> new Node.Assertion();
                case 'n' -> literal('\n');
                case 't' -> literal('\t');
                case 'r' -> literal('\r');
                default -> {
                    if (c >= 0x80 || Character.isLetterOrDigit(c)) {
                        throw new UnknownSyntax();
                    }
                    yield literal(c);
                }
            };
        }

        /// A class of a few plain characters is a choice; every other is anything.
        private Node characterClass() throws UnknownSyntax {
            boolean plain = !skip("^");
            List<Node> characters = new ArrayList<>();
            boolean first = true;
            while (more() && (first || text.charAt(at) != ']')) {
                first = false;
                int c = text.codePointAt(at);
                if (c == '[' && text.startsWith("[:", at)) {
                    int end = text.indexOf(":]", at);
                    if (end < 0) {
                        throw new UnknownSyntax();
                    }
                    at = end + 2;
                    plain = false;
                    continue;
                }
                at += Character.charCount(c);
                if (c == '\\') {
                    Node escaped = escape();
                    plain &= escaped instanceof Node.Literal;
                    characters.add(escaped);
                } else {
                    plain &= c != '-' && characters.size() < MAX_CLASS;
                    if (plain) {
                        characters.add(literal(c));
                    }
                }
            }
            if (!skip("]")) {
                throw new UnknownSyntax();
            }
            if (!plain || characters.isEmpty() || characters.contains(SOMETHING)) {
                return SOMETHING;
            }
            return characters.size() == 1 ? characters.getFirst() : new Node.Choice(characters);
        }

        /// Adds `atom` as often as the quantifier behind it says: what must stand there first, then what may.
        private void repeated(Node atom, List<Node> parts) throws UnknownSyntax {
            int least = 1;
            boolean more = false;
            int quantifier = at;
            while (more()) {
                if (skip("*")) {
                    least = 0;
                    more = true;
                } else if (skip("+")) {
                    more = true;
                } else if (skip("?")) {
                    // behind another quantifier it means "as few as will do"
                    if (at - 1 == quantifier) {
                        least = 0;
                        more = true;
                    }
                } else if (text.charAt(at) == '{') {
                    int end = text.indexOf('}', at);
                    String counts = end < 0 ? "" : text.substring(at + 1, end);
                    if (!counts.matches("[0-9]{1,4}(,[0-9]{0,4})?")) {
                        throw new UnknownSyntax();
                    }
                    int comma = counts.indexOf(',');
                    int count = Integer.parseInt(comma < 0 ? counts : counts.substring(0, comma));
                    least = Math.min(least * count, MAX_COPIES);
                    more |= comma >= 0 || count > MAX_COPIES;
                    at = end + 1;
                } else {
                    break;
                }
            }
            for (int i = 0; i < least; i++) {
                parts.add(atom);
            }
            if (more) {
                parts.add(new Node.Anything(true));
            }
        }

        private Node lowered(Node node) {
            if (!ignoresCase) {
                return node;
            }
            return switch (node) {
                case Node.Literal(String literal) -> new Node.Literal(inLowerCase(literal));
                case Node.Assertion _, Node.Anything _ -> node;
                case Node.Sequence(List<Node> parts) ->
                    new Node.Sequence(parts.stream().map(this::lowered).toList());
                case Node.Choice(List<Node> choices) ->
                    new Node.Choice(choices.stream().map(this::lowered).toList());
            };
        }

        /// ASCII letters alone.
        private static String inLowerCase(String text) {
            StringBuilder lower = new StringBuilder(text);
            for (int i = 0; i < text.length(); i++) {
                if (text.charAt(i) >= 'A' && text.charAt(i) <= 'Z') {
                    lower.setCharAt(i, (char) (text.charAt(i) | 0x20));
                }
            }
            return lower.toString();
        }
    }
}

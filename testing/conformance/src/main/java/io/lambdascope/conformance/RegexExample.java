package io.lambdascope.conformance;

/// A short text that a regular expression of the kind dashboards hold should match: the first of each choice, one of
/// what may repeat. A guess, which the caller checks.
final class RegexExample {
    private static final char ANY = 'x';

    private final String regex;
    private int at;

    private RegexExample(String regex) {
        this.regex = regex;
    }

    static String of(String regex) {
        return new RegexExample(regex).alternatives();
    }

    private boolean more() {
        return at < regex.length();
    }

    /// The first alternative; the others are read over.
    private String alternatives() {
        String first = sequence();
        while (more() && regex.charAt(at) == '|') {
            at++;
            String next = sequence();
            first = first.isEmpty() ? next : first;
        }
        return first;
    }

    private String sequence() {
        StringBuilder out = new StringBuilder();
        while (more() && regex.charAt(at) != '|' && regex.charAt(at) != ')') {
            out.append(repeated(atom()));
        }
        return out.toString();
    }

    private String atom() {
        char c = regex.charAt(at++);
        return switch (c) {
            case '(' -> {
                if (regex.startsWith("?", at)) {
                    at = regex.indexOf(regex.startsWith("?P<", at) ? '>' : ':', at) + 1;
                }
                String inside = alternatives();
                at++;
                yield inside;
            }
            case '[' -> {
                boolean negated = regex.startsWith("^", at);
                String first = String.valueOf(regex.charAt(at));
                at = Math.max(at, regex.indexOf(']', at + 1)) + 1;
                yield negated ? String.valueOf(ANY) : first;
            }
            case '.' -> String.valueOf(ANY);
            case '^', '$' -> "";
            case '\\' -> escaped(more() ? regex.charAt(at++) : ANY);
            default -> String.valueOf(c);
        };
    }

    private static String escaped(char c) {
        return switch (c) {
            case 'd' -> "1";
            case 'w', 'S' -> String.valueOf(ANY);
            case 's' -> " ";
            case 'b' -> "";
            default -> String.valueOf(c);
        };
    }

    private String repeated(String atom) {
        if (!more()) {
            return atom;
        }
        switch (regex.charAt(at)) {
            case '*', '+', '?' -> at++;
            case '{' -> at = regex.indexOf('}', at) + 1;
            default -> {
                return atom;
            }
        }
        return atom;
    }
}

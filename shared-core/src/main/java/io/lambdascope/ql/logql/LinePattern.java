package io.lambdascope.ql.logql;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A line told by literals and captures: `<ip> - <_> "<method> <path>"`. `<_>` captures without a name. What is between
/// `<` and `>` and no name is literal text.
///
/// @param parts literals and captures in turn; never two of a kind in a row
public record LinePattern(List<Part> parts) {
    public LinePattern {
        parts = List.copyOf(parts);
    }

    public sealed interface Part {
        record Literal(String text) implements Part {}

        /// @param name null for `<_>`
        record Capture(@Nullable String name) implements Part {}
    }

    /// Reads the pattern of the `pattern` parser.
    ///
    /// @throws Fault BAD_QUERY unless it has a named capture, each name once, and no two captures in a row
    public static LinePattern ofParser(String text) {
        LinePattern pattern = new LinePattern(read(text));
        Set<String> names = new HashSet<>();
        for (Part part : pattern.parts) {
            if (part instanceof Part.Capture(String name) && name != null && !names.add(name)) {
                throw bad("pattern names the capture <%s> twice".formatted(name));
            }
        }
        if (names.isEmpty()) {
            throw bad("pattern needs at least one named capture, as in \"<ip> <_>\"");
        }
        return pattern;
    }

    /// Reads the pattern of a line filter.
    ///
    /// @throws Fault BAD_QUERY if it names a capture or has two captures in a row
    public static LinePattern ofFilter(String text) {
        LinePattern pattern = new LinePattern(read(text));
        for (Part part : pattern.parts) {
            if (part instanceof Part.Capture(String name) && name != null) {
                throw bad("only <_> may capture in the pattern of a line filter, not <%s>".formatted(name));
            }
        }
        return pattern;
    }

    private static List<Part> read(String text) {
        List<Part> parts = new ArrayList<>();
        int literal = 0;
        int at = 0;
        while (at < text.length()) {
            int end = captureEnd(text, at);
            if (end < 0) {
                at++;
                continue;
            }
            if (at > literal) {
                parts.add(new Part.Literal(text.substring(literal, at)));
            } else if (!parts.isEmpty()) {
                throw bad("pattern has two captures in a row: there must be text between them to tell them apart");
            }
            String name = text.substring(at + 1, end);
            parts.add(new Part.Capture(name.equals("_") ? null : name));
            at = end + 1;
            literal = at;
        }
        if (literal < text.length()) {
            parts.add(new Part.Literal(text.substring(literal)));
        }
        return parts;
    }

    /// Where the `>` of the capture that begins at `at` is, or -1 if none begins there.
    private static int captureEnd(String text, int at) {
        if (text.charAt(at) != '<') {
            return -1;
        }
        int end = at + 1;
        while (end < text.length() && isNamePart(text.charAt(end), end == at + 1)) {
            end++;
        }
        return end > at + 1 && end < text.length() && text.charAt(end) == '>' ? end : -1;
    }

    private static boolean isNamePart(char c, boolean first) {
        return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || !first && c >= '0' && c <= '9';
    }

    private static Fault bad(String problem) {
        return new Fault(FaultKind.BAD_QUERY, problem);
    }
}

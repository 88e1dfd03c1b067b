package io.lambdascope.labels;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import java.util.ArrayDeque;
import java.util.Deque;

/// Bounds what compiling a regular expression costs, by a look at its text alone: `(a{1000}b{1000}){1000}` is short.
final class RegexBudget {
    private static final int MAX_NESTING = 200;

    /// In instructions of the regex machine, each of some 100 bytes.
    private static final long MAX_SIZE = 300_000;

    private RegexBudget() {}

    /// @throws Fault BAD_QUERY if the expression nests too deeply or would grow too large
    static void check(String regex) {
        Deque<Long> outer = new ArrayDeque<>();
        long size = 0;
        long atom = 0;
        for (int i = 0; i < regex.length(); i++) {
            char c = regex.charAt(i);
            if (c == '\\') {
                i++;
                size += atom;
                atom = 1;
            } else if (c == '(') {
                if (outer.size() >= MAX_NESTING) {
                    throw new Fault(
                            FaultKind.BAD_QUERY,
                            "error parsing regexp: expression nests too deeply: more than %d groups"
                                    .formatted(MAX_NESTING));
                }
                outer.push(size + atom);
                size = 0;
                atom = 2;
            } else if (c == ')' && !outer.isEmpty()) {
                atom += size;
                size = outer.pop();
            } else if (c == '{') {
                atom *= Math.max(1, largestCount(regex, i));
            } else {
                size += atom;
                atom = 1;
            }
            if (size + atom > MAX_SIZE) {
                throw new Fault(FaultKind.BAD_QUERY, "error parsing regexp: expression too large");
            }
        }
    }

    private static long largestCount(String regex, int brace) {
        long largest = 0;
        long count = 0;
        for (int i = brace + 1; i < regex.length() && i < brace + 12; i++) {
            char c = regex.charAt(i);
            if (c >= '0' && c <= '9') {
                count = count * 10 + c - '0';
                largest = Math.max(largest, count);
            } else if (c == ',') {
                count = 0;
            } else {
                return c == '}' ? largest : 1;
            }
        }
        return 1;
    }

    /// The plain characters that every match begins with; empty where that is not plain to see.
    static String leadingLiteral(String regex) {
        boolean alternatives = regex.indexOf('|') >= 0;
        if (alternatives && (regex.indexOf('[') >= 0 || regex.indexOf('\\') >= 0 || hasOuterAlternative(regex))) {
            return "";
        }
        int end = 0;
        while (end < regex.length() && isPlain(regex.charAt(end))) {
            end++;
        }
        boolean quantified = end < regex.length() && "*?+{".indexOf(regex.charAt(end)) >= 0;
        return regex.substring(0, quantified && end > 0 ? end - 1 : end);
    }

    private static boolean hasOuterAlternative(String regex) {
        int depth = 0;
        for (int i = 0; i < regex.length(); i++) {
            char c = regex.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == '|' && depth == 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPlain(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-' || c == '/';
    }
}

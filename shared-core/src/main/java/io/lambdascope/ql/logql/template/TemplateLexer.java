package io.lambdascope.ql.logql.template;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import java.util.ArrayList;
import java.util.List;

/// Cuts a template into text and actions, and actions into tokens.
final class TemplateLexer {
    enum Kind {
        IDENTIFIER,
        /// `.name`
        FIELD,
        /// `$name`, or `$`
        VARIABLE,
        DOT,
        NUMBER,
        CHARACTER,
        STRING,
        /// One of `( ) | , := =`
        SYMBOL,
        END
    }

    /// @param text as it stands in the template
    /// @param spaced whether white space stands before it
    record Token(Kind kind, String text, int at, boolean spaced) {
        boolean is(String symbol) {
            return kind == Kind.SYMBOL && text.equals(symbol);
        }
    }

    sealed interface Part {
        record Text(String text) implements Part {}

        /// @param tokens the last one is an END
        record Action(List<Token> tokens, int at) implements Part {}
    }

    private static final String SPACE = " \t\r\n";

    private final String text;
    private final List<Part> parts = new ArrayList<>();
    private int at;

    TemplateLexer(String text) {
        this.text = text;
    }

    /// @throws Fault BAD_QUERY
    List<Part> parts() {
        boolean trimLeft = false;
        while (true) {
            int open = text.indexOf("{{", at);
            String before = text.substring(at, open < 0 ? text.length() : open);
            if (trimLeft) {
                before = before.substring(spaces(before));
            }
            if (open < 0) {
                addText(before);
                return parts;
            }
            at = open + 2;
            boolean trimRight = text.startsWith("-", at) && isSpace(at + 1);
            addText(trimRight ? before.substring(0, trimmedEnd(before)) : before);
            if (trimRight) {
                at++;
            }
            action(open);
            trimLeft = closing();
        }
    }

    private void addText(String plain) {
        if (!plain.isEmpty()) {
            parts.add(new Part.Text(plain));
        }
    }

    private static int spaces(String text) {
        int n = 0;
        while (n < text.length() && SPACE.indexOf(text.charAt(n)) >= 0) {
            n++;
        }
        return n;
    }

    private static int trimmedEnd(String text) {
        int end = text.length();
        while (end > 0 && SPACE.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return end;
    }

    private boolean isSpace(int index) {
        return index < text.length() && SPACE.indexOf(text.charAt(index)) >= 0;
    }

    private void skipSpace() {
        while (isSpace(at)) {
            at++;
        }
    }

    /// Reads the delimiter that ends an action; true if it takes the space behind it away.
    private boolean closing() {
        boolean trims = text.startsWith("-}}", at);
        at += trims ? 3 : 2;
        return trims;
    }

    private boolean closes() {
        return text.startsWith("}}", at) || text.startsWith("-}}", at) && at > 0 && isSpace(at - 1);
    }

    private void action(int open) {
        int begin = at;
        skipSpace();
        if (text.startsWith("/*", at)) {
            int end = text.indexOf("*/", at + 2);
            if (end < 0) {
                throw bad(open, "unclosed comment");
            }
            at = end + 2;
            if (isSpace(at)) {
                skipSpace();
            }
            if (!closes()) {
                throw bad(open, "comment ends before closing delimiter");
            }
            return;
        }
        at = begin;
        List<Token> tokens = new ArrayList<>();
        while (true) {
            int before = at;
            skipSpace();
            if (closes()) {
                tokens.add(new Token(Kind.END, "}}", at, true));
                parts.add(new Part.Action(tokens, open));
                return;
            }
            if (at == text.length()) {
                throw bad(open, "unclosed action");
            }
            tokens.add(token(at > before));
        }
    }

    private Token token(boolean spaced) {
        int from = at;
        char c = text.charAt(at);
        Kind kind;
        if (c == '"' || c == '`' || c == '\'') {
            quoted(c);
            kind = c == '\'' ? Kind.CHARACTER : Kind.STRING;
        } else if (c == '$') {
            at++;
            word();
            kind = Kind.VARIABLE;
        } else if (c == '.' && !isDigit(at + 1)) {
            at++;
            word();
            kind = at == from + 1 ? Kind.DOT : Kind.FIELD;
        } else if (c == '.'
                || isDigit(at)
                || (c == '+' || c == '-') && (isDigit(at + 1) || text.startsWith(".", at + 1))) {
            number();
            kind = Kind.NUMBER;
        } else if (isWord(at)) {
            word();
            kind = Kind.IDENTIFIER;
        } else if (text.startsWith(":=", at)) {
            at += 2;
            kind = Kind.SYMBOL;
        } else if ("()|,=".indexOf(c) >= 0) {
            at++;
            kind = Kind.SYMBOL;
        } else {
            throw bad(at, "unexpected \"%s\" in action".formatted(Character.toString(text.codePointAt(at))));
        }
        return new Token(kind, text.substring(from, at), from, spaced);
    }

    private void quoted(char quote) {
        int from = at++;
        while (at < text.length() && text.charAt(at) != quote) {
            if (quote != '`' && text.charAt(at) == '\n') {
                break;
            }
            at += quote != '`' && text.charAt(at) == '\\' ? 2 : 1;
        }
        if (at >= text.length() || text.charAt(at) != quote) {
            throw bad(from, quote == '\'' ? "unterminated character constant" : "unterminated quoted string");
        }
        at++;
    }

    private void number() {
        at++;
        while (at < text.length()) {
            char c = text.charAt(at);
            char before = Character.toLowerCase(text.charAt(at - 1));
            boolean sign = (c == '+' || c == '-') && (before == 'e' || before == 'p');
            if (!sign && c != '.' && !isWord(at)) {
                return;
            }
            at++;
        }
    }

    private void word() {
        while (isWord(at)) {
            at += Character.charCount(text.codePointAt(at));
        }
    }

    private boolean isWord(int index) {
        return index < text.length()
                && (text.charAt(index) == '_' || Character.isLetterOrDigit(text.codePointAt(index)));
    }

    private boolean isDigit(int index) {
        return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }

    private Fault bad(int index, String problem) {
        return fault(text, index, problem);
    }

    /// A fault at a place of a template.
    static Fault fault(String text, int index, String problem) {
        long line = text.substring(0, Math.min(index, text.length()))
                        .chars()
                        .filter(c -> c == '\n')
                        .count()
                + 1;
        return new Fault(FaultKind.BAD_QUERY, "template: line:%d: %s".formatted(line, problem));
    }
}

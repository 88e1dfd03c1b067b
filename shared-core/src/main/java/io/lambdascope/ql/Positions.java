package io.lambdascope.ql;

import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/// Where tokens stand in the text of a query. The lexer counts code points, the rest of the world `char`s.
public final class Positions {
    private final String text;
    private final boolean onlyChars;

    public Positions(String text) {
        this.text = text;
        this.onlyChars = text.chars().noneMatch(c -> Character.isHighSurrogate((char) c));
    }

    public String text() {
        return text;
    }

    public SourceRange of(Token token) {
        return of(token, token);
    }

    public SourceRange of(ParserRuleContext tree) {
        return of(tree.start, tree.stop);
    }

    public SourceRange of(Token first, Token last) {
        return new SourceRange(chars(first.getStartIndex()), chars(last.getStopIndex() + 1));
    }

    /// The text of a token as it was written.
    public String text(Token token) {
        SourceRange at = of(token);
        return text.substring(at.start(), Math.max(at.start(), at.end()));
    }

    /// A fault in Prometheus' words, as [SyntaxException] has them.
    public SyntaxException fault(Token token, String problem) {
        return fault(of(token), problem);
    }

    public SyntaxException fault(SourceRange at, String problem) {
        return new SyntaxException(text, at, problem);
    }

    private int chars(int codePoints) {
        if (onlyChars) {
            return Math.min(codePoints, text.length());
        }
        return codePoints >= text.codePointCount(0, text.length())
                ? text.length()
                : text.offsetByCodePoints(0, codePoints);
    }
}

package io.lambdascope.ql.promql;

import io.lambdascope.ql.SourceRange;
import io.lambdascope.ql.SyntaxException;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/// Where tokens stand in the text of a query. The lexer counts code points, the rest of the world `char`s.
final class Positions {
    private final String text;
    private final boolean onlyChars;

    Positions(String text) {
        this.text = text;
        this.onlyChars = text.chars().noneMatch(c -> Character.isHighSurrogate((char) c));
    }

    String text() {
        return text;
    }

    SourceRange of(Token token) {
        return of(token, token);
    }

    SourceRange of(ParserRuleContext tree) {
        return of(tree.start, tree.stop);
    }

    SourceRange of(Token first, Token last) {
        return new SourceRange(chars(first.getStartIndex()), chars(last.getStopIndex() + 1));
    }

    /// The text of a token as it was written.
    String text(Token token) {
        SourceRange at = of(token);
        return text.substring(at.start(), Math.max(at.start(), at.end()));
    }

    SyntaxException fault(Token token, String problem) {
        return fault(of(token), problem);
    }

    SyntaxException fault(SourceRange at, String problem) {
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

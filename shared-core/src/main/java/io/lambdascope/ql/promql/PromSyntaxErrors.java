package io.lambdascope.ql.promql;

import io.lambdascope.labels.LabelText;
import io.lambdascope.ql.Positions;
import io.lambdascope.ql.SourceRange;
import io.lambdascope.ql.promql.grammar.PromQLParser;
import java.util.Set;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/// Words the first fault that the parser meets as Prometheus would (prometheus `promql/parser/{lex,parse}.go`), for
/// people look for these texts.
final class PromSyntaxErrors extends BaseErrorListener {
    private static final Set<Integer> KEYWORDS = Set.of(
            PromQLParser.BY,
            PromQLParser.WITHOUT,
            PromQLParser.ON,
            PromQLParser.IGNORING,
            PromQLParser.GROUP_LEFT,
            PromQLParser.GROUP_RIGHT,
            PromQLParser.FILL,
            PromQLParser.FILL_LEFT,
            PromQLParser.FILL_RIGHT,
            PromQLParser.BOOL,
            PromQLParser.OFFSET,
            PromQLParser.ANCHORED,
            PromQLParser.SMOOTHED);

    private final Positions positions;

    PromSyntaxErrors(Positions positions) {
        this.positions = positions;
    }

    @Override
    public void syntaxError(
            Recognizer<?, ?> recognizer,
            @Nullable Object offending,
            int line,
            int column,
            String message,
            @Nullable RecognitionException cause) {
        if (!(recognizer instanceof Parser parser)
                || !(parser.getInputStream() instanceof CommonTokenStream tokens)
                || !(offending instanceof Token token)) {
            throw new IllegalStateException("the parser reports an error of unknown origin: " + message);
        }
        String ofLexer = lexerFault(token, tokens);
        if (ofLexer != null) {
            throw positions.fault(place(token), ofLexer);
        }
        if (token.getType() == Token.EOF && token.getTokenIndex() == 0) {
            throw positions.fault(SourceRange.NOWHERE, "no expression found in input");
        }
        throw positions.fault(place(token), unexpected(token, positions) + context(parser.getContext(), token, tokens));
    }

    private SourceRange place(Token token) {
        int length = positions.text().length();
        if (token.getType() == Token.EOF) {
            return new SourceRange(length, length);
        }
        SourceRange at = positions.of(token);
        return token.getType() == PromQLParser.RIGHT_PAREN ? new SourceRange(at.end(), at.end()) : at;
    }

    /// What Prometheus' lexer says before its parser sees anything, or null if the token is one.
    private @Nullable String lexerFault(Token token, CommonTokenStream tokens) {
        String text = token.getType() == Token.EOF ? "" : positions.text(token);
        return switch (token.getType()) {
            case PromQLParser.UNEXPECTED ->
                switch (text) {
                    case "]" -> "unexpected right bracket ']'";
                    case "!" -> "unexpected character after '!': " + following(token);
                    default -> "unexpected character: " + character(text);
                };
            case PromQLParser.UNEXPECTED_IN_BRACES ->
                switch (text) {
                    case "{" -> "unexpected left brace '{'";
                    case "!" -> "unexpected character after '!' inside braces: " + following(token);
                    default -> "unexpected character inside braces: " + character(text);
                };
            case PromQLParser.UNEXPECTED_IN_BRACKETS ->
                "unexpected character in duration expression: " + character(text);
            case PromQLParser.BAD_NUMBER -> "bad number or duration syntax: " + LabelText.quote(text);
            case PromQLParser.OPEN_STRING -> "unterminated quoted string";
            case PromQLParser.OPEN_RAW_STRING -> "unterminated raw string";
            case PromQLParser.RIGHT_PAREN -> openParens(token, tokens) == 0 ? "unexpected right parenthesis ')'" : null;
            case Token.EOF -> unclosed(token, tokens);
            default -> null;
        };
    }

    private static @Nullable String unclosed(Token end, CommonTokenStream tokens) {
        for (int i = end.getTokenIndex() - 1; i >= 0; i--) {
            switch (tokens.get(i).getType()) {
                case PromQLParser.LEFT_BRACE -> {
                    return "unexpected end of input inside braces";
                }
                case PromQLParser.LEFT_BRACKET -> {
                    return "unexpected end of input in duration expression";
                }
                case PromQLParser.RIGHT_BRACE, PromQLParser.RIGHT_BRACKET -> {
                    return openParens(end, tokens) > 0 ? "unclosed left parenthesis" : null;
                }
                default -> {}
            }
        }
        return openParens(end, tokens) > 0 ? "unclosed left parenthesis" : null;
    }

    private static int openParens(Token before, CommonTokenStream tokens) {
        int open = 0;
        for (int i = 0; i < before.getTokenIndex(); i++) {
            int type = tokens.get(i).getType();
            open += type == PromQLParser.LEFT_PAREN ? 1 : type == PromQLParser.RIGHT_PAREN ? -1 : 0;
        }
        return open;
    }

    private String following(Token token) {
        int next = positions.of(token).end();
        return next < positions.text().length()
                ? character(Character.toString(positions.text().codePointAt(next)))
                : "'\\uffff'";
    }

    private static String character(String text) {
        String quoted = LabelText.quote(text);
        String inside = quoted.substring(1, quoted.length() - 1);
        return "'" + (inside.equals("\\\"") ? "\"" : inside.equals("'") ? "\\'" : inside) + "'";
    }

    /// `unexpected …` with the name of what was met.
    static String unexpected(Token token, Positions positions) {
        if (token.getType() == Token.EOF) {
            return "unexpected end of input";
        }
        String text = positions.text(token);
        int type = token.getType();
        String name = switch (type) {
            case PromQLParser.IDENTIFIER -> "identifier " + LabelText.quote(text);
            case PromQLParser.METRIC_IDENTIFIER -> "metric identifier " + LabelText.quote(text);
            case PromQLParser.STRING, PromQLParser.RAW_STRING -> "string " + shortened(text);
            case PromQLParser.NUMBER -> "number " + shortened(text);
            case PromQLParser.DURATION -> "duration " + shortened(text);
            default -> {
                if (KEYWORDS.contains(type)) {
                    yield "<" + text + ">";
                }
                if (type >= PromQLParser.SUM && type <= PromQLParser.LIMIT_RATIO) {
                    yield "<aggr:" + text + ">";
                }
                if (type >= PromQLParser.ADD && type <= PromQLParser.ATAN2 && type != PromQLParser.EQL
                        || type == PromQLParser.EQL_REGEX
                        || type == PromQLParser.NEQ_REGEX) {
                    yield "<op:" + text + ">";
                }
                yield LabelText.quote(text);
            }
        };
        return "unexpected " + name;
    }

    private static String shortened(String text) {
        return text.length() > 10 ? LabelText.quote(text.substring(0, 10)) + "..." : LabelText.quote(text);
    }

    /// Where in the grammar the fault lies and what would have been right there.
    private static String context(@Nullable ParserRuleContext rule, Token token, CommonTokenStream tokens) {
        int previous = token.getTokenIndex() == 0
                ? Token.INVALID_TYPE
                : tokens.get(token.getTokenIndex() - 1).getType();
        if (rule != null && rule.getRuleIndex() == PromQLParser.RULE_aggregation) {
            return " in aggregation";
        }
        for (RuleContext context = rule; context != null; context = context.getParent()) {
            switch (context.getRuleIndex()) {
                case PromQLParser.RULE_matcher, PromQLParser.RULE_matcherName, PromQLParser.RULE_matchers -> {
                    return " in label matching, expected " + inMatchers(previous);
                }
                case PromQLParser.RULE_labelList, PromQLParser.RULE_labelName -> {
                    return " in grouping opts, expected " + inLabels(previous);
                }
                case PromQLParser.RULE_offsetDuration -> {
                    return " in offset, expected number, duration, step(), or range()";
                }
                case PromQLParser.RULE_atTime -> {
                    return " in @, expected timestamp";
                }
                case PromQLParser.RULE_durationExpr, PromQLParser.RULE_durationAtom -> {
                    return inBrackets(previous);
                }
                case PromQLParser.RULE_expr -> {
                    return context instanceof PromQLParser.RangeExprContext ? inBrackets(previous) : "";
                }
                default -> {}
            }
        }
        return "";
    }

    private static String inMatchers(int previous) {
        return switch (previous) {
            case PromQLParser.LEFT_BRACE, PromQLParser.COMMA -> "identifier or \"}\"";
            case PromQLParser.IDENTIFIER -> "label matching operator";
            case PromQLParser.EQL, PromQLParser.NEQ, PromQLParser.EQL_REGEX, PromQLParser.NEQ_REGEX -> "string";
            default -> "\",\" or \"}\"";
        };
    }

    private static String inLabels(int previous) {
        return switch (previous) {
            case PromQLParser.LEFT_PAREN, PromQLParser.COMMA -> "label";
            case PromQLParser.BY,
                    PromQLParser.WITHOUT,
                    PromQLParser.ON,
                    PromQLParser.IGNORING,
                    PromQLParser.GROUP_LEFT,
                    PromQLParser.GROUP_RIGHT -> "\"(\"";
            default -> "\",\" or \")\"";
        };
    }

    private static String inBrackets(int previous) {
        return switch (previous) {
            case PromQLParser.LEFT_BRACKET ->
                " in subquery or range selector, expected number, duration, step(), or range()";
            case PromQLParser.COLON -> " in subquery selector, expected number, duration, step(), range(), or \"]\"";
            default -> " in subquery or range, expected \":\" or \"]\"";
        };
    }
}

package io.lambdascope.ql.logql;

import io.lambdascope.labels.Matcher;
import io.lambdascope.ql.Positions;
import io.lambdascope.ql.SourceRange;
import io.lambdascope.ql.SyntaxException;
import io.lambdascope.ql.TwoPassParse;
import io.lambdascope.ql.logql.grammar.LogQLLexer;
import io.lambdascope.ql.logql.grammar.LogQLParser;
import java.util.List;
import java.util.function.Function;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/// Reads LogQL as of Loki 3.8. Whether functions, parameters and stages fit together is for [LogChecker] to say.
public final class LogParser {
    /// The longest query a caller should hand over, in characters.
    public static final int MAX_TEXT = 1 << 20;

    /// How deep brackets and powers may nest.
    public static final int MAX_NESTING = 100;

    /// How many operators or conditions may follow one another.
    public static final int MAX_CHAIN = 500;

    private LogParser() {}

    /// @throws SyntaxException BAD_QUERY; the first fault in the text
    public static LogExpr parse(String text) {
        return parse(text, LogQLParser::query, LogTreeBuilder::query);
    }

    /// Reads a stream selector such as `{app="shop"}`: the matchers of one `match[]` or of a pushed stream.
    ///
    /// @throws SyntaxException BAD_QUERY
    public static List<Matcher> parseSelector(String text) {
        return parse(text, LogQLParser::justSelector, (builder, tree) -> builder.matchers(tree.selector()));
    }

    private interface Build<T, R> {
        R apply(LogTreeBuilder builder, T tree);
    }

    private static <T extends ParserRuleContext, R> R parse(
            String text, Function<LogQLParser, T> rule, Build<T, R> build) {
        if (text.length() > MAX_TEXT) {
            throw SyntaxException.inLogQl(
                    text,
                    SourceRange.NOWHERE,
                    "query is %d characters long, at most %d are allowed".formatted(text.length(), MAX_TEXT));
        }
        LogQLLexer lexer = new LogQLLexer(CharStreams.fromString(text));
        lexer.removeErrorListeners();
        CommonTokenStream tokens = new CommonTokenStream(lexer);
        Positions positions = new Positions(text);
        BoundedParser parser = new BoundedParser(tokens, positions);
        return build.apply(
                new LogTreeBuilder(positions), TwoPassParse.read(parser, rule::apply, new FirstFault(positions)));
    }

    /// Ends the reading at the first fault.
    private static final class FirstFault extends BaseErrorListener {
        private final Positions positions;

        FirstFault(Positions positions) {
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
            if (!(offending instanceof Token token)) {
                throw new IllegalStateException("the parser reports an error of unknown origin: " + message);
            }
            throw fault(positions, token, "syntax error: unexpected " + describe(token, positions));
        }

        private static String describe(Token token, Positions positions) {
            if (token.getType() == Token.EOF) {
                return "end of input";
            }
            String text = positions.text(token);
            String shortened = text.length() > 30 ? text.substring(0, 30) + "…" : text;
            return switch (token.getType()) {
                case LogQLParser.IDENTIFIER -> "identifier " + shortened;
                case LogQLParser.STRING, LogQLParser.RAW_STRING -> "string " + shortened;
                case LogQLParser.NUMBER -> "number " + shortened;
                case LogQLParser.MEASURE -> "duration or size " + shortened;
                case LogQLParser.RANGE -> "range " + shortened;
                default -> "\"" + shortened + "\"";
            };
        }
    }

    static SyntaxException fault(Positions positions, Token token, String problem) {
        return SyntaxException.inLogQl(positions.text(), positions.of(token), problem);
    }

    /// The generated parser, which recurses no deeper than [#MAX_NESTING].
    private static final class BoundedParser extends LogQLParser {
        private final Positions positions;
        private int depth;

        BoundedParser(CommonTokenStream tokens, Positions positions) {
            super(tokens);
            this.positions = positions;
        }

        private void deeper() {
            if (++depth > MAX_NESTING) {
                throw fault(
                        positions,
                        getCurrentToken(),
                        "expression nests more than %d levels deep".formatted(MAX_NESTING));
            }
        }

        private static boolean nests(int rule) {
            return rule == RULE_logExpr || rule == RULE_logRange;
        }

        @Override
        public void enterRule(ParserRuleContext context, int state, int rule) {
            if (nests(rule)) {
                deeper();
            }
            super.enterRule(context, state, rule);
        }

        @Override
        public void exitRule() {
            if (nests(getContext().getRuleIndex())) {
                depth--;
            }
            super.exitRule();
        }

        @Override
        public void enterRecursionRule(ParserRuleContext context, int state, int rule, int precedence) {
            deeper();
            super.enterRecursionRule(context, state, rule, precedence);
        }

        @Override
        public void unrollRecursionContexts(ParserRuleContext context) {
            depth--;
            super.unrollRecursionContexts(context);
        }

        @Override
        public void reset() {
            super.reset();
            depth = 0;
        }
    }
}

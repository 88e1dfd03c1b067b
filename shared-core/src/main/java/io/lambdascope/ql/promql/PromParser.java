package io.lambdascope.ql.promql;

import io.lambdascope.labels.Matcher;
import io.lambdascope.ql.Positions;
import io.lambdascope.ql.SourceRange;
import io.lambdascope.ql.SyntaxException;
import io.lambdascope.ql.TwoPassParse;
import io.lambdascope.ql.promql.grammar.PromQLLexer;
import io.lambdascope.ql.promql.grammar.PromQLParser;
import java.util.List;
import java.util.function.Function;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;

/// Reads PromQL as of Prometheus 3.14, with everything that is experimental there. Types are not looked at:
/// [PromChecker] does that.
public final class PromParser {
    /// The longest query a caller should hand over, in characters.
    public static final int MAX_TEXT = 1 << 20;

    /// How deep brackets, signs and powers may nest. Real queries stay below 30; a thread's stack holds more than
    /// this.
    public static final int MAX_NESTING = 200;

    /// How deep the tree may be, counting also chains such as `a + b + c`, so that whoever walks it may recurse.
    public static final int MAX_DEPTH = 500;

    private PromParser() {}

    /// @throws SyntaxException BAD_QUERY; the first fault in the text, in Prometheus' words where it has any
    public static PromExpr parse(String text) {
        return parse(text, PromQLParser::query, (builder, tree) -> builder.expr(tree.expr()));
    }

    /// Reads a series selector such as `up{job="x"}`: the matchers of one `match[]`.
    ///
    /// @throws SyntaxException BAD_QUERY; also if every matcher lets a series without labels pass
    public static List<Matcher> parseSelector(String text) {
        return parse(text, PromQLParser::selector, (builder, tree) -> {
            PromExpr.VectorSelector selector = builder.vectorSelector(tree.vectorSelector());
            PromChecker.checkSelector(selector, text);
            return selector.matchers();
        });
    }

    private interface Build<T, R> {
        R apply(PromTreeBuilder builder, T tree);
    }

    private static <T extends ParserRuleContext, R> R parse(
            String text, Function<PromQLParser, T> rule, Build<T, R> build) {
        if (text.length() > MAX_TEXT) {
            throw new SyntaxException(
                    text,
                    SourceRange.NOWHERE,
                    "query is %d characters long, at most %d are allowed".formatted(text.length(), MAX_TEXT));
        }
        PromQLLexer lexer = new PromQLLexer(CharStreams.fromString(text));
        lexer.removeErrorListeners();
        CommonTokenStream tokens = new CommonTokenStream(lexer);
        Positions positions = new Positions(text);
        BoundedParser parser = new BoundedParser(tokens, positions);
        return build.apply(
                new PromTreeBuilder(positions, tokens),
                TwoPassParse.read(parser, rule::apply, new PromSyntaxErrors(positions)));
    }

    /// The generated parser, which recurses no deeper than [#MAX_NESTING].
    private static final class BoundedParser extends PromQLParser {
        private final Positions positions;
        private int depth;

        BoundedParser(CommonTokenStream tokens, Positions positions) {
            super(tokens);
            this.positions = positions;
        }

        @Override
        public void enterRecursionRule(ParserRuleContext context, int state, int rule, int precedence) {
            if (++depth > MAX_NESTING) {
                throw positions.fault(
                        getCurrentToken(), "expression nests more than %d levels deep".formatted(MAX_NESTING));
            }
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

package io.lambdascope.ql;

import java.util.function.Function;
import org.antlr.v4.runtime.ANTLRErrorListener;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;

/// How generated parsers read: with the cheap prediction first, which is enough for nearly all that is right; what it
/// cannot read is read once more with the full one, which also words the fault.
public final class TwoPassParse {
    private TwoPassParse() {}

    /// What `rule` of `parser` makes of the tokens that it was made with.
    ///
    /// @param faults told of the first fault; it is expected to throw
    public static <P extends Parser, T> T read(P parser, Function<P, T> rule, ANTLRErrorListener faults) {
        parser.removeErrorListeners();
        parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
        parser.setErrorHandler(new BailErrorStrategy());
        try {
            return rule.apply(parser);
        } catch (ParseCancellationException e) {
            parser.getTokenStream().seek(0);
            parser.reset();
            parser.getInterpreter().setPredictionMode(PredictionMode.LL);
            parser.setErrorHandler(new DefaultErrorStrategy());
            parser.addErrorListener(faults);
            return rule.apply(parser);
        }
    }
}

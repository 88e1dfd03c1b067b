package io.lambdascope.ql.logql.template;

import io.lambdascope.fault.Fault;
import io.lambdascope.ql.QuotedText;
import io.lambdascope.ql.logql.template.TemplateLexer.Kind;
import io.lambdascope.ql.logql.template.TemplateLexer.Token;
import io.lambdascope.ql.logql.template.TemplateNode.Command;
import io.lambdascope.ql.logql.template.TemplateNode.Operand;
import io.lambdascope.ql.logql.template.TemplateNode.Pipeline;
import io.lambdascope.ql.logql.template.TemplateParser.Scope;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads what stands inside one action.
final class PipelineParser {
    private static final int MAX_NESTING = 100;

    private final String text;
    private final List<Token> tokens;
    private final int at;
    private final Scope scope;
    private int next;
    private int nesting;

    PipelineParser(String text, List<Token> tokens, int at, Scope scope) {
        this.text = text;
        this.tokens = tokens;
        this.at = at;
        this.scope = scope;
    }

    /// Where the action begins.
    int at() {
        return at;
    }

    Token peek() {
        return tokens.get(next);
    }

    Token take() {
        Token token = tokens.get(next);
        next += token.kind() == Kind.END ? 0 : 1;
        return token;
    }

    Fault bad(String problem) {
        return TemplateLexer.fault(text, at, problem);
    }

    void expectEnd(String where) {
        if (peek().kind() != Kind.END) {
            throw bad("unexpected <%s> in %s".formatted(peek().text(), where));
        }
    }

    /// A name in quotes.
    String quoted(String where) {
        Token token = take();
        if (token.kind() != Kind.STRING) {
            throw bad("unexpected <%s> in %s clause: a name in quotes is needed".formatted(token.text(), where));
        }
        return unquoted(token);
    }

    private String unquoted(Token token) {
        try {
            return QuotedText.unquote(token.text());
        } catch (QuotedText.BadEscapeException e) {
            throw bad("%s: %s".formatted(token.text(), e.getMessage()));
        }
    }

    /// The pipeline that goes on to the end of the action.
    ///
    /// @param where for the message if something is missing
    Pipeline whole(String where) {
        Pipeline pipeline = pipeline(where, 1);
        expectEnd(where);
        return pipeline;
    }

    /// As [#whole], with up to two variables.
    Pipeline wholeOfRange() {
        Pipeline pipeline = pipeline("range", 2);
        expectEnd("range");
        return pipeline;
    }

    private Pipeline pipeline(String where, int mostVariables) {
        if (++nesting > MAX_NESTING) {
            throw bad("parentheses nest more than %d deep".formatted(MAX_NESTING));
        }
        List<String> variables = new ArrayList<>();
        boolean declares = assigned(variables, mostVariables);
        List<Command> commands = new ArrayList<>();
        do {
            commands.add(command(where));
        } while (peek().is("|") && take() != null);
        for (int i = 1; i < commands.size(); i++) {
            requireExecutable(commands.get(i), i + 1);
        }
        if (declares) {
            variables.forEach(scope::add);
        }
        nesting--;
        return new Pipeline(variables, declares, commands);
    }

    /// Reads `$x :=`, `$x =` or `$i, $x :=`, if they stand here, into `variables`.
    private boolean assigned(List<String> variables, int most) {
        if (peek().kind() != Kind.VARIABLE) {
            return false;
        }
        Token behind = tokens.get(next + 1);
        boolean two = behind.is(",");
        if (!two && !behind.is(":=") && !behind.is("=")) {
            return false;
        }
        variables.add(take().text());
        if (two) {
            take();
            if (most < 2 || peek().kind() != Kind.VARIABLE) {
                throw bad("too many declarations");
            }
            variables.add(take().text());
        }
        Token operator = take();
        if (!operator.is(":=") && !operator.is("=")) {
            throw bad("expected := or =, not %s".formatted(operator.text()));
        }
        boolean declares = operator.is(":=");
        for (String variable : variables) {
            if (!declares && !scope.has(variable)) {
                throw bad("undefined variable \"%s\"".formatted(variable));
            }
        }
        return declares;
    }

    private Command command(String where) {
        int from = peek().at();
        List<Operand> operands = new ArrayList<>();
        while (peek().kind() != Kind.END && !peek().is("|") && !peek().is(")")) {
            if (!operands.isEmpty() && !peek().spaced()) {
                throw bad("unexpected <%s> in operand".formatted(peek().text()));
            }
            operands.add(operand());
        }
        if (operands.isEmpty()) {
            throw bad(
                    peek().is("|") || next > 0 && tokens.get(next - 1).is("|")
                            ? "empty command in %s".formatted(where)
                            : "missing value for %s".formatted(where));
        }
        if (operands.size() > 1 && !takesArguments(operands.getFirst())) {
            throw bad("can't give argument to non-function %s"
                    .formatted(text.substring(from, tokens.get(next - 1).at())));
        }
        return new Command(operands, from);
    }

    private static boolean takesArguments(Operand operand) {
        return switch (operand) {
            case Operand.Function _, Operand.Field _, Operand.Variable _, Operand.Nested _ -> true;
            case Operand.Dot _, Operand.Nil _, Operand.Bool _, Operand.Whole _, Operand.Decimal _, Operand.Quoted _ ->
                false;
        };
    }

    private void requireExecutable(Command command, int stage) {
        if (!takesArguments(command.operands().getFirst())) {
            throw bad("non executable command in pipeline stage %d".formatted(stage));
        }
    }

    private Operand operand() {
        Token token = take();
        return switch (token.kind()) {
            case IDENTIFIER -> identifier(token);
            case FIELD -> new Operand.Field(names(token.text().substring(1)));
            case VARIABLE -> {
                if (!scope.has(token.text())) {
                    throw bad("undefined variable \"%s\"".formatted(token.text()));
                }
                yield new Operand.Variable(token.text(), names(null));
            }
            case DOT -> new Operand.Dot();
            case NUMBER -> number(token);
            case CHARACTER -> character(token);
            case STRING -> new Operand.Quoted(unquoted(token));
            case SYMBOL -> {
                if (!token.is("(")) {
                    throw bad("unexpected <%s> in operand".formatted(token.text()));
                }
                Pipeline nested = pipeline("parenthesized pipeline", 1);
                if (!take().is(")")) {
                    throw bad("unclosed left paren");
                }
                yield new Operand.Nested(nested, names(null));
            }
            case END -> throw bad("an operand is missing");
        };
    }

    /// Names that follow without a space: `.b.c`.
    private List<String> names(@Nullable String first) {
        List<String> names = new ArrayList<>();
        if (first != null) {
            names.add(first);
        }
        while (peek().kind() == Kind.FIELD && !peek().spaced()) {
            names.add(take().text().substring(1));
        }
        return names;
    }

    private Operand identifier(Token token) {
        return switch (token.text()) {
            case "true" -> new Operand.Bool(true);
            case "false" -> new Operand.Bool(false);
            case "nil" -> {
                if (tokens.get(0) == token && peek().kind() == Kind.END) {
                    throw bad("nil is not a command");
                }
                yield new Operand.Nil();
            }
            default -> {
                if (!TemplateFunctions.exists(token.text())) {
                    throw bad("function \"%s\" not defined".formatted(token.text()));
                }
                yield new Operand.Function(token.text());
            }
        };
    }

    private Operand character(Token token) {
        String character = unquoted(token);
        if (character.codePointCount(0, character.length()) != 1) {
            throw bad("malformed character constant: " + token.text());
        }
        return new Operand.Whole(character.codePointAt(0));
    }

    private Operand number(Token token) {
        String digits = token.text().replace("_", "");
        int sign = digits.startsWith("-") || digits.startsWith("+") ? 1 : 0;
        int radix = radix(digits.substring(sign));
        String plain = radix == 10
                ? digits
                : digits.substring(0, sign) + digits.substring(sign + (isOldOctal(digits.substring(sign)) ? 1 : 2));
        try {
            return new Operand.Whole(Long.parseLong(plain, radix));
        } catch (NumberFormatException _) {
            // not whole, or not a number
        }
        if (!digits.matches("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?")
                && !digits.matches("[+-]?0[xX][0-9a-fA-F]*\\.?[0-9a-fA-F]*[pP][+-]?[0-9]+")) {
            throw bad("bad number syntax: \"%s\"".formatted(token.text()));
        }
        double value = Double.parseDouble(digits);
        if (Double.isInfinite(value)) {
            throw bad("number too large: \"%s\"".formatted(token.text()));
        }
        return new Operand.Decimal(value);
    }

    private static int radix(String digits) {
        if (digits.length() > 2 && digits.charAt(0) == '0') {
            switch (digits.charAt(1)) {
                case 'x', 'X':
                    return 16;
                case 'o', 'O':
                    return 8;
                case 'b', 'B':
                    return 2;
                default:
                    break;
            }
        }
        return isOldOctal(digits) ? 8 : 10;
    }

    private static boolean isOldOctal(String digits) {
        return digits.matches("0[0-7]+");
    }
}

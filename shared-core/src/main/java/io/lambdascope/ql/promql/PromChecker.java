package io.lambdascope.ql.promql;

import io.lambdascope.labels.LabelText;
import io.lambdascope.labels.Labels;
import io.lambdascope.labels.Matcher;
import io.lambdascope.ql.SourceRange;
import io.lambdascope.ql.SyntaxException;
import io.lambdascope.ql.promql.PromExpr.AggregateOp;
import io.lambdascope.ql.promql.PromExpr.Aggregation;
import io.lambdascope.ql.promql.PromExpr.Binary;
import io.lambdascope.ql.promql.PromExpr.BinaryOp;
import io.lambdascope.ql.promql.PromExpr.Call;
import io.lambdascope.ql.promql.PromExpr.Cardinality;
import io.lambdascope.ql.promql.PromExpr.MatrixSelector;
import io.lambdascope.ql.promql.PromExpr.NumberLiteral;
import io.lambdascope.ql.promql.PromExpr.Paren;
import io.lambdascope.ql.promql.PromExpr.StringLiteral;
import io.lambdascope.ql.promql.PromExpr.Subquery;
import io.lambdascope.ql.promql.PromExpr.Type;
import io.lambdascope.ql.promql.PromExpr.Unary;
import io.lambdascope.ql.promql.PromExpr.VectorMatching;
import io.lambdascope.ql.promql.PromExpr.VectorSelector;
import java.util.ArrayList;
import java.util.List;

/// Checks the types of a query and completes the matching of its binary operators. The rules and the texts are those
/// of prometheus 3.14 (`promql/parser/parse.go`); the first fault, from the root down and left to right, counts.
public final class PromChecker {
    private final String text;

    private PromChecker(String text) {
        this.text = text;
    }

    /// @param text what `expr` was parsed from
    /// @throws SyntaxException BAD_QUERY
    public static CheckedQuery check(PromExpr expr, String text) {
        if (PromWalk.depth(expr) > PromParser.MAX_DEPTH) {
            throw new SyntaxException(
                    text, expr.at(), "expression is more than %d levels deep".formatted(PromParser.MAX_DEPTH));
        }
        return new CheckedQuery(new PromChecker(text).checked(expr), typeOf(expr), text);
    }

    /// Refuses a selector that could mean every series there is.
    static void checkSelector(VectorSelector selector, String text) {
        new PromChecker(text).selector(selector, false);
    }

    /// What an expression yields, right or wrong.
    public static Type typeOf(PromExpr expr) {
        return switch (expr) {
            case NumberLiteral _ -> Type.SCALAR;
            case StringLiteral _ -> Type.STRING;
            case VectorSelector _, Aggregation _ -> Type.VECTOR;
            case MatrixSelector _, Subquery _ -> Type.MATRIX;
            case Call call -> call.function().returns();
            case Binary binary ->
                typeOf(binary.left()) == Type.SCALAR && typeOf(binary.right()) == Type.SCALAR
                        ? Type.SCALAR
                        : Type.VECTOR;
            case Unary unary -> typeOf(unary.input());
            case Paren paren -> typeOf(paren.input());
        };
    }

    private PromExpr checked(PromExpr expr) {
        return switch (expr) {
            case NumberLiteral number -> number;
            case StringLiteral string -> string;
            case VectorSelector selector -> selector(selector, false);
            case MatrixSelector matrix -> {
                selector(matrix.selector(), false);
                yield matrix;
            }
            case Subquery subquery -> subquery(subquery);
            case Call call -> call(call);
            case Aggregation aggregation -> aggregation(aggregation);
            case Binary binary -> binary(binary);
            case Unary unary -> unary(unary);
            case Paren paren -> new Paren(checked(paren.input()), paren.at());
        };
    }

    private VectorSelector selector(VectorSelector selector, boolean mayMatchEmpty) {
        String name = selector.name();
        if (name != null) {
            for (Matcher matcher :
                    selector.matchers().subList(1, selector.matchers().size())) {
                if (matcher.name().equals(Labels.NAME)) {
                    throw fault(
                            selector.at(),
                            "metric name must not be set twice: %s or %s",
                            LabelText.quote(name),
                            LabelText.quote(matcher.value()));
                }
            }
        } else if (!mayMatchEmpty && selector.matchers().stream().allMatch(Matcher::matchesEmpty)) {
            throw fault(selector.at(), "vector selector must contain at least one non-empty matcher");
        }
        return selector;
    }

    private PromExpr subquery(Subquery subquery) {
        PromExpr input = checked(subquery.input());
        Type type = typeOf(input);
        if (type != Type.VECTOR) {
            throw fault(
                    subquery.at(),
                    "subquery is only allowed on instant vector, got %s instead",
                    type == Type.MATRIX ? "matrix" : type.text());
        }
        return new Subquery(input, subquery.range(), subquery.step(), subquery.shift(), subquery.at());
    }

    private PromExpr unary(Unary unary) {
        PromExpr input = checked(unary.input());
        Type type = typeOf(input);
        if (type != Type.SCALAR && type != Type.VECTOR) {
            throw fault(
                    unary.at(),
                    "unary expression only allowed on expressions of type scalar or instant vector, got \"%s\"",
                    type.text());
        }
        return new Unary(unary.negative(), input, unary.at());
    }

    private PromExpr aggregation(Aggregation aggregation) {
        PromExpr input = expect(aggregation.input(), Type.VECTOR, "aggregation expression");
        PromExpr parameter = aggregation.parameter();
        if (parameter != null) {
            Type wanted = aggregation.op() == AggregateOp.COUNT_VALUES ? Type.STRING : Type.SCALAR;
            parameter = expect(parameter, wanted, "aggregation parameter");
        }
        return new Aggregation(aggregation.op(), parameter, input, aggregation.grouping(), aggregation.at());
    }

    private PromExpr call(Call call) {
        PromFunction function = call.function();
        int count = call.args().size();
        String name = LabelText.quote(function.text());
        if (function.minArguments() == function.maxArguments() && count != function.minArguments()) {
            throw fault(
                    call.at(), "expected %d argument(s) in call to %s, got %d", function.minArguments(), name, count);
        }
        if (count < function.minArguments()) {
            throw fault(
                    call.at(),
                    "expected at least %d argument(s) in call to %s, got %d",
                    function.minArguments(),
                    name,
                    count);
        }
        if (count > function.maxArguments()) {
            throw fault(
                    call.at(),
                    "expected at most %d argument(s) in call to %s, got %d",
                    function.maxArguments(),
                    name,
                    count);
        }
        List<PromExpr> args = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            PromExpr arg = call.args().get(i);
            boolean labelsOfInfo = function == PromFunction.INFO && i == 1;
            args.add(
                    labelsOfInfo
                            ? infoLabels(arg, call)
                            : expect(arg, function.argument(i), "call to function " + name));
        }
        return new Call(function, List.copyOf(args), call.at());
    }

    /// The second argument of `info` looks like a selector and is a set of conditions.
    private PromExpr infoLabels(PromExpr arg, Call call) {
        if (typeOf(arg) != Type.VECTOR) {
            throw fault(
                    call.at(),
                    "expected type %s in call to function \"info\", got %s",
                    Type.VECTOR.text(),
                    typeOf(arg).text());
        }
        if (!(arg instanceof VectorSelector selector)) {
            throw fault(arg.at(), "expected label selectors only");
        }
        if (selector.name() != null) {
            throw fault(arg.at(), "expected label selectors only, got vector selector instead");
        }
        return selector(selector, true);
    }

    private PromExpr binary(Binary binary) {
        PromExpr left = checked(binary.left());
        PromExpr right = checked(binary.right());
        Type leftType = typeOf(left);
        Type rightType = typeOf(right);
        BinaryOp op = binary.op();
        VectorMatching matching = binary.matching() == null ? VectorMatching.DEFAULT : binary.matching();
        if (binary.returnBool() && !op.isComparison()) {
            throw fault(operatorOf(binary), "bool modifier can only be used on comparison operators");
        }
        if (op.isComparison() && !binary.returnBool() && leftType == Type.SCALAR && rightType == Type.SCALAR) {
            throw fault(operatorOf(binary), "comparisons between scalars must use BOOL modifier");
        }
        if (matching.on()) {
            for (String label : matching.labels()) {
                if (matching.include().contains(label)) {
                    throw fault(
                            operatorOf(binary),
                            "label %s must not occur in ON and GROUP clause at once",
                            LabelText.quote(label));
                }
            }
        }
        for (PromExpr side : List.of(left, right)) {
            if (typeOf(side) != Type.SCALAR && typeOf(side) != Type.VECTOR) {
                throw fault(side.at(), "binary expression must contain only scalar and instant vector types");
            }
        }
        boolean fills = matching.fillLeft().isPresent() || matching.fillRight().isPresent();
        if (leftType != Type.VECTOR || rightType != Type.VECTOR) {
            notBetweenVectors(binary, matching, fills);
            return new Binary(op, left, right, binary.returnBool(), null, binary.at());
        }
        if (op.isSetOperator()) {
            matching = ofSetOperator(binary, matching, fills);
        }
        return new Binary(op, left, right, binary.returnBool(), matching, binary.at());
    }

    private void notBetweenVectors(Binary binary, VectorMatching matching, boolean fills) {
        if (!matching.labels().isEmpty()) {
            throw fault(binary.at(), "vector matching only allowed between instant vectors");
        }
        if (fills) {
            throw fault(binary.at(), "filling in missing series only allowed between instant vectors");
        }
        if (binary.op().isSetOperator()) {
            throw fault(
                    binary.at(),
                    "set operator \"%s\" not allowed in binary scalar expression",
                    binary.op().text());
        }
    }

    private VectorMatching ofSetOperator(Binary binary, VectorMatching matching, boolean fills) {
        if (matching.cardinality() == Cardinality.ONE_TO_MANY || matching.cardinality() == Cardinality.MANY_TO_ONE) {
            throw fault(
                    binary.at(),
                    "no grouping allowed for \"%s\" operation",
                    binary.op().text());
        }
        if (fills) {
            throw fault(binary.at(), "filling in missing series not allowed for set operators");
        }
        return new VectorMatching(
                Cardinality.MANY_TO_MANY,
                matching.on(),
                matching.labels(),
                matching.include(),
                matching.fillLeft(),
                matching.fillRight());
    }

    private PromExpr expect(PromExpr expr, Type wanted, String where) {
        PromExpr checked = checked(expr);
        Type type = typeOf(checked);
        if (type != wanted) {
            throw fault(expr.at(), "expected type %s in %s, got %s", wanted.text(), where, type.text());
        }
        return checked;
    }

    /// Where the operator stands: behind the left side, past white space.
    private SourceRange operatorOf(Binary binary) {
        int start = binary.left().at().end();
        while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        return new SourceRange(start, Math.max(start, binary.right().at().start()));
    }

    private SyntaxException fault(SourceRange at, String format, Object... args) {
        return new SyntaxException(text, at, format.formatted(args));
    }
}

package io.lambdascope.ql.promql;

import io.lambdascope.ql.promql.PromExpr.Aggregation;
import io.lambdascope.ql.promql.PromExpr.Binary;
import io.lambdascope.ql.promql.PromExpr.Call;
import io.lambdascope.ql.promql.PromExpr.MatrixSelector;
import io.lambdascope.ql.promql.PromExpr.NumberLiteral;
import io.lambdascope.ql.promql.PromExpr.Paren;
import io.lambdascope.ql.promql.PromExpr.StringLiteral;
import io.lambdascope.ql.promql.PromExpr.Subquery;
import io.lambdascope.ql.promql.PromExpr.Unary;
import io.lambdascope.ql.promql.PromExpr.VectorSelector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// Ways through a tree.
public final class PromWalk {
    private record Level(PromExpr expr, int depth) {}

    private PromWalk() {}

    /// The expressions directly below, in the order of the text.
    public static List<PromExpr> children(PromExpr expr) {
        return switch (expr) {
            case NumberLiteral _, StringLiteral _, VectorSelector _ -> List.of();
            case MatrixSelector matrix -> List.of(matrix.selector());
            case Subquery subquery -> List.of(subquery.input());
            case Call call -> call.args();
            case Aggregation aggregation ->
                aggregation.parameter() == null
                        ? List.of(aggregation.input())
                        : List.of(aggregation.parameter(), aggregation.input());
            case Binary binary -> List.of(binary.left(), binary.right());
            case Unary unary -> List.of(unary.input());
            case Paren paren -> List.of(paren.input());
        };
    }

    /// The same expression over `change(child)` for each child.
    public static PromExpr mapChildren(PromExpr expr, UnaryOperator<PromExpr> change) {
        List<PromExpr> changed = new ArrayList<>();
        for (PromExpr child : children(expr)) {
            changed.add(change.apply(child));
        }
        return withChildren(expr, changed);
    }

    private static PromExpr withChildren(PromExpr expr, List<PromExpr> children) {
        return switch (expr) {
            case NumberLiteral _, StringLiteral _, VectorSelector _ -> expr;
            case MatrixSelector e -> new MatrixSelector((VectorSelector) children.getFirst(), e.range(), e.at());
            case Subquery e -> new Subquery(children.getFirst(), e.range(), e.step(), e.shift(), e.at());
            case Call e -> new Call(e.function(), List.copyOf(children), e.at());
            case Aggregation e ->
                new Aggregation(
                        e.op(),
                        e.parameter() == null ? null : children.getFirst(),
                        children.getLast(),
                        e.grouping(),
                        e.at());
            case Binary e ->
                new Binary(e.op(), children.getFirst(), children.getLast(), e.returnBool(), e.matching(), e.at());
            case Unary e -> new Unary(e.negative(), children.getFirst(), e.at());
            case Paren e -> new Paren(children.getFirst(), e.at());
        };
    }

    /// Replaces every expression, from the leaves up. `change` sees an expression whose children are changed already;
    /// what it makes of the selector inside a range must again be a [VectorSelector].
    public static PromExpr map(PromExpr expr, UnaryOperator<PromExpr> change) {
        return change.apply(mapChildren(expr, child -> map(child, change)));
    }

    /// Visits every expression, from the root down, in the order of the text.
    public static void forEach(PromExpr expr, Consumer<PromExpr> visit) {
        visit.accept(expr);
        for (PromExpr child : children(expr)) {
            forEach(child, visit);
        }
    }

    /// How many expressions lie on the longest way down, the root among them.
    static int depth(PromExpr expr) {
        int deepest = 0;
        Deque<Level> open = new ArrayDeque<>();
        open.push(new Level(expr, 1));
        while (!open.isEmpty()) {
            Level level = open.pop();
            deepest = Math.max(deepest, level.depth());
            for (PromExpr child : children(level.expr())) {
                open.push(new Level(child, level.depth() + 1));
            }
        }
        return deepest;
    }
}

package io.lambdascope.exec.metrics;

import io.lambdascope.ql.promql.PromExpr.Binary;
import io.lambdascope.ql.promql.PromExpr.BinaryOp;
import io.lambdascope.ql.promql.PromExpr.Cardinality;
import io.lambdascope.ql.promql.PromExpr.VectorMatching;
import io.lambdascope.time.StepGrid;
import io.lambdascope.vector.Grouping;
import io.lambdascope.vector.StepSeries;
import io.lambdascope.vector.match.ElementOperation;
import io.lambdascope.vector.match.MatchRule;
import io.lambdascope.vector.match.Operator;
import io.lambdascope.vector.match.ScalarMatcher;
import io.lambdascope.vector.match.SetOperations;
import io.lambdascope.vector.match.VectorMatcher;
import java.util.List;
import java.util.Objects;

/// Binary operators between scalars and vectors.
final class Binaries {
    private final Evaluation evaluation;
    private final StepGrid grid;

    Binaries(Evaluation evaluation, StepGrid grid) {
        this.evaluation = evaluation;
        this.grid = grid;
    }

    Value apply(Binary binary) {
        Value left = evaluation.eval(binary.left(), grid);
        Value right = evaluation.eval(binary.right(), grid);
        if (left instanceof Value.Scalar(double[] a)) {
            return right instanceof Value.Scalar(double[] b)
                    ? scalars(binary, a, b)
                    : withScalar(binary, ((Value.Vector) right).series(), a, true);
        }
        List<StepSeries> leftSeries = ((Value.Vector) left).series();
        if (right instanceof Value.Scalar(double[] b)) {
            return withScalar(binary, leftSeries, b, false);
        }
        return vectors(binary, leftSeries, ((Value.Vector) right).series());
    }

    private static Value scalars(Binary binary, double[] a, double[] b) {
        Operator operator = operator(binary.op());
        double[] result = new double[a.length];
        for (int step = 0; step < a.length; step++) {
            result[step] = ElementOperation.scalars(operator, ElementOperation.ZeroDivisor.IEEE, a[step], b[step]);
        }
        return new Value.Scalar(result);
    }

    private static Operator operator(BinaryOp op) {
        return Operator.valueOf(op.name());
    }

    private Value vectors(Binary binary, List<StepSeries> left, List<StepSeries> right) {
        VectorMatching matching = Objects.requireNonNull(binary.matching(), "checked");
        if (binary.op().isSetOperator()) {
            Grouping signature = matching.on() ? Grouping.by(matching.labels()) : Grouping.without(matching.labels());
            SetOperations sets = new SetOperations(signature, grid.steps(), evaluation.budget);
            return new Value.Vector(
                    switch (binary.op()) {
                        case AND -> sets.and(left, right);
                        case OR -> sets.or(left, right);
                        default -> sets.unless(left, right);
                    });
        }
        MatchRule rule = MatchRule.of(
                cardinality(matching.cardinality()),
                matching.on(),
                matching.labels(),
                matching.include(),
                matching.fillLeft(),
                matching.fillRight());
        VectorMatcher matcher = new VectorMatcher(
                new ElementOperation(operator(binary.op()), evaluation.annotations, binary.at()),
                rule,
                binary.returnBool(),
                evaluation.delayedNameRemoval(),
                grid.steps(),
                evaluation.budget);
        return new Value.Vector(matcher.match(left, right));
    }

    private static MatchRule.Cardinality cardinality(Cardinality cardinality) {
        return switch (cardinality) {
            case ONE_TO_ONE -> MatchRule.Cardinality.ONE_TO_ONE;
            case MANY_TO_ONE -> MatchRule.Cardinality.MANY_TO_ONE;
            case ONE_TO_MANY -> MatchRule.Cardinality.ONE_TO_MANY;
            case MANY_TO_MANY -> throw new IllegalStateException("many-to-many is for set operators");
        };
    }

    private Value withScalar(Binary binary, List<StepSeries> series, double[] scalar, boolean scalarIsLeft) {
        ElementOperation operation = new ElementOperation(operator(binary.op()), evaluation.annotations, binary.at());
        List<StepSeries> result = new ScalarMatcher(operation, binary.returnBool(), evaluation.budget)
                .match(series, scalar, scalarIsLeft);
        if (!operation.operator().dropsName() && !binary.returnBool()) {
            return evaluation.merged(result);
        }
        return evaluation.merged(result.stream()
                .map(one -> one.withLabels(evaluation.unnamed(one.labels()), true))
                .toList());
    }
}

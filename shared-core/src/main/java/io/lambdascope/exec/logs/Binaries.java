package io.lambdascope.exec.logs;

import io.lambdascope.ql.logql.LogExpr;
import io.lambdascope.ql.logql.LogExpr.Binary;
import io.lambdascope.ql.logql.LogExpr.VectorMatching;
import io.lambdascope.vector.Grouping;
import io.lambdascope.vector.StepSeries;
import io.lambdascope.vector.match.ElementOperation;
import io.lambdascope.vector.match.ElementOperation.ZeroDivisor;
import io.lambdascope.vector.match.MatchRule;
import io.lambdascope.vector.match.Operator;
import io.lambdascope.vector.match.ScalarMatcher;
import io.lambdascope.vector.match.SetOperations;
import io.lambdascope.vector.match.VectorMatcher;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Binary operators between numbers and vectors.
final class Binaries {
    private final Evaluation evaluation;

    Binaries(Evaluation evaluation) {
        this.evaluation = evaluation;
    }

    Value apply(Binary binary) {
        if (binary.op().isSetOperator()) {
            return sets(binary, evaluation.vector(binary.left()), evaluation.vector(binary.right()));
        }
        Value left = evaluation.eval(binary.left());
        Value right = evaluation.eval(binary.right());
        return switch (left) {
            case Value.Scalar(double a) ->
                switch (right) {
                    case Value.Scalar(double b) ->
                        new Value.Scalar(ElementOperation.scalars(operator(binary), ZeroDivisor.NAN, a, b));
                    case Value.Vector(List<StepSeries> series) -> withScalar(binary, series, a, true);
                };
            case Value.Vector(List<StepSeries> series) ->
                switch (right) {
                    case Value.Scalar(double b) -> withScalar(binary, series, b, false);
                    case Value.Vector(List<StepSeries> others) -> vectors(binary, series, others);
                };
        };
    }

    private static Operator operator(Binary binary) {
        return Operator.valueOf(binary.op().name());
    }

    private ElementOperation operation(Binary binary) {
        return new ElementOperation(operator(binary), ZeroDivisor.NAN, evaluation.annotations, binary.at());
    }

    private Value withScalar(Binary binary, List<StepSeries> series, double scalar, boolean scalarIsLeft) {
        double[] scalars = new double[evaluation.grid.steps()];
        Arrays.fill(scalars, scalar);
        return new Value.Vector(new ScalarMatcher(operation(binary), binary.returnBool(), evaluation.budget)
                .match(series, scalars, scalarIsLeft));
    }

    private static VectorMatching matching(Binary binary) {
        return binary.matching() == null ? VectorMatching.DEFAULT : binary.matching();
    }

    private Value sets(Binary binary, List<StepSeries> left, List<StepSeries> right) {
        VectorMatching matching = matching(binary);
        Grouping signature = matching.on() ? Grouping.by(matching.labels()) : Grouping.without(matching.labels());
        SetOperations sets = new SetOperations(signature, evaluation.grid.steps(), evaluation.budget);
        return new Value.Vector(
                switch (binary.op()) {
                    case AND -> sets.and(left, right);
                    case OR -> sets.or(left, right);
                    case UNLESS -> sets.unless(left, right);
                    default -> throw new IllegalStateException("no set operator: " + binary.op());
                });
    }

    private Value vectors(Binary binary, List<StepSeries> left, List<StepSeries> right) {
        VectorMatching matching = matching(binary);
        MatchRule rule = MatchRule.of(
                cardinality(matching.cardinality()),
                matching.on(),
                matching.labels(),
                matching.include(),
                Optional.empty(),
                Optional.empty());
        VectorMatcher matcher = new VectorMatcher(
                operation(binary), rule, binary.returnBool(), false, evaluation.grid.steps(), evaluation.budget);
        return new Value.Vector(matcher.match(left, right));
    }

    private static MatchRule.Cardinality cardinality(LogExpr.Cardinality cardinality) {
        return switch (cardinality) {
            case ONE_TO_ONE -> MatchRule.Cardinality.ONE_TO_ONE;
            case MANY_TO_ONE -> MatchRule.Cardinality.MANY_TO_ONE;
            case ONE_TO_MANY -> MatchRule.Cardinality.ONE_TO_MANY;
        };
    }
}

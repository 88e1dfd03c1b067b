package io.lambdascope.testkit.promql.fuzz;

import io.lambdascope.ql.promql.PromExpr;
import io.lambdascope.ql.promql.PromExpr.AggregateOp;
import io.lambdascope.ql.promql.PromExpr.BinaryOp;
import io.lambdascope.ql.promql.PromExpr.Cardinality;
import io.lambdascope.ql.promql.PromExpr.Edges;
import io.lambdascope.ql.promql.PromExpr.VectorMatching;
import io.lambdascope.ql.promql.PromFunction;
import io.lambdascope.ql.promql.PromWalk;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Which parts of the language queries have used.
final class WordsUsed {
    private final Set<String> used = new HashSet<>();

    void note(PromExpr query) {
        PromWalk.forEach(query, this::noteOne);
    }

    private void noteOne(PromExpr expr) {
        switch (expr) {
            case PromExpr.Call call -> used.add(call.function().text());
            case PromExpr.Aggregation aggregation -> {
                used.add(aggregation.op().text());
                used.add(aggregation.grouping().without() ? "without" : "by");
            }
            case PromExpr.Binary binary -> {
                used.add(binary.op().text());
                if (binary.matching() != null) {
                    note(binary.matching());
                }
                if (binary.returnBool()) {
                    used.add("bool");
                }
            }
            case PromExpr.VectorSelector selector -> {
                note(selector.shift());
                used.add(word(selector.edges()));
            }
            case PromExpr.Subquery subquery -> {
                used.add("[:]");
                note(subquery.shift());
            }
            case PromExpr.MatrixSelector _,
                    PromExpr.NumberLiteral _,
                    PromExpr.StringLiteral _,
                    PromExpr.Unary _,
                    PromExpr.Paren _ -> {}
        }
    }

    private void note(VectorMatching matching) {
        used.add(matching.on() ? "on" : "ignoring");
        used.add(word(matching.cardinality()));
        matching.fillLeft().ifPresent(_ -> used.add("fill_left"));
        matching.fillRight().ifPresent(_ -> used.add("fill_right"));
    }

    private void note(PromExpr.TimeShift shift) {
        if (shift.atModifier() != null) {
            used.add("@");
        }
        if (!shift.offset().equals(PromExpr.DurationExpr.ZERO)) {
            used.add("offset");
        }
    }

    private static String word(Enum<?> item) {
        return item.name().toLowerCase(Locale.ROOT);
    }

    /// What none has used yet.
    List<String> missing() {
        List<String> all = new ArrayList<>(
                List.of("without", "by", "bool", "on", "ignoring", "fill_left", "fill_right", "@", "offset", "[:]"));
        for (PromFunction function : PromFunction.values()) {
            all.add(function.text());
        }
        for (AggregateOp op : AggregateOp.values()) {
            all.add(op.text());
        }
        for (BinaryOp op : BinaryOp.values()) {
            all.add(op.text());
        }
        for (Edges edges : Edges.values()) {
            all.add(word(edges));
        }
        for (Cardinality cardinality : Cardinality.values()) {
            all.add(word(cardinality));
        }
        all.removeAll(used);
        return all;
    }
}

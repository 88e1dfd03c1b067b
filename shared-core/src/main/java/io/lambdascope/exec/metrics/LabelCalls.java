package io.lambdascope.exec.metrics;

import com.google.re2j.Pattern;
import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.labels.LabelRegex;
import io.lambdascope.ql.promql.PromExpr.Call;
import io.lambdascope.time.StepGrid;
import io.lambdascope.vector.LabelReplacement;
import io.lambdascope.vector.SameLabels;
import io.lambdascope.vector.StepSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/// `label_replace` and `label_join`: they change labels and look at no value.
final class LabelCalls {
    private final Evaluation evaluation;

    LabelCalls(Evaluation evaluation) {
        this.evaluation = evaluation;
    }

    Value.Vector replace(Call call, StepGrid grid) {
        String destination = evaluation.text(call.args().get(1));
        String replacement = evaluation.text(call.args().get(2));
        String source = evaluation.text(call.args().get(3));
        String regex = evaluation.text(call.args().get(4));
        Pattern pattern;
        try {
            pattern = LabelRegex.pattern(regex);
        } catch (Fault e) {
            throw new Fault(FaultKind.EXECUTION, "invalid regular expression in label_replace(): " + regex, e);
        }
        if (!ValidText.isLabelName(destination)) {
            throw new Fault(FaultKind.EXECUTION, "invalid destination label name in label_replace(): " + destination);
        }
        LabelReplacement labels = new LabelReplacement(pattern, destination, replacement, source);
        return new Value.Vector(
                SameLabels.merge(labels.apply(evaluation.vector(call.args().getFirst(), grid))));
    }

    Value.Vector join(Call call, StepGrid grid) {
        String destination = evaluation.text(call.args().get(1));
        String separator = evaluation.text(call.args().get(2));
        List<String> sources = new ArrayList<>();
        for (int i = 3; i < call.args().size(); i++) {
            String source = evaluation.text(call.args().get(i));
            if (!ValidText.isLabelName(source)) {
                throw new Fault(FaultKind.EXECUTION, "invalid source label name in label_join(): " + source);
            }
            sources.add(source);
        }
        if (!ValidText.isLabelName(destination)) {
            throw new Fault(FaultKind.EXECUTION, "invalid destination label name in label_join(): " + destination);
        }
        List<StepSeries> result = new ArrayList<>();
        for (StepSeries series : evaluation.vector(call.args().getFirst(), grid)) {
            StringJoiner joined = new StringJoiner(separator);
            sources.forEach(source -> joined.add(series.labels().get(source)));
            result.add(series.withLabel(destination, joined.toString()));
        }
        return new Value.Vector(SameLabels.merge(result));
    }
}

package io.lambdascope.ql.logql.template;

import io.lambdascope.ql.logql.template.TemplateNode.Command;
import io.lambdascope.ql.logql.template.TemplateNode.Operand;
import io.lambdascope.ql.logql.template.TemplateNode.Pipeline;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Collects the labels that a template names. Fields of something else than the labels are taken for labels too,
/// which is too many but never too few; the dot on its own may be all labels.
final class TemplateLabels {
    private final Set<String> names = new TreeSet<>();
    private boolean known = true;

    private TemplateLabels() {}

    static Optional<Set<String>> of(LineTemplate template) {
        TemplateLabels labels = new TemplateLabels();
        labels.add(template.nodes(), false);
        // the argument of a call may be anything
        template.defined().values().forEach(nodes -> labels.add(nodes, false));
        return labels.known ? Optional.of(labels.names) : Optional.empty();
    }

    /// @param inner whether the dot is something else than the labels
    private void add(List<TemplateNode> nodes, boolean inner) {
        for (TemplateNode node : nodes) {
            switch (node) {
                case TemplateNode.Text _, TemplateNode.Break _, TemplateNode.Continue _ -> {}
                case TemplateNode.Action(Pipeline pipeline) -> add(pipeline, inner);
                case TemplateNode.If(Pipeline condition, List<TemplateNode> then, List<TemplateNode> otherwise) -> {
                    add(condition, inner);
                    add(then, inner);
                    add(otherwise, inner);
                }
                case TemplateNode.With(Pipeline value, List<TemplateNode> then, List<TemplateNode> otherwise) -> {
                    add(value, inner);
                    add(then, true);
                    add(otherwise, inner);
                }
                case TemplateNode.Range(Pipeline value, List<TemplateNode> body, List<TemplateNode> otherwise) -> {
                    add(value, inner);
                    add(body, true);
                    add(otherwise, inner);
                }
                case TemplateNode.Call call -> {
                    if (call.argument() != null) {
                        add(call.argument(), inner);
                    }
                }
            }
        }
    }

    private void add(Pipeline pipeline, boolean inner) {
        for (Command command : pipeline.commands()) {
            for (Operand operand : command.operands()) {
                switch (operand) {
                    case Operand.Dot _ -> known &= inner;
                    case Operand.Field(List<String> path) -> names.add(path.getFirst());
                    case Operand.Variable(String name, List<String> path) -> {
                        if (name.equals("$") && path.isEmpty()) {
                            known = false;
                        } else if (!path.isEmpty()) {
                            names.add(path.getFirst());
                        }
                    }
                    case Operand.Nested(Pipeline nested, List<String> path) -> {
                        add(nested, inner);
                        names.addAll(path);
                    }
                    case Operand.Nil _,
                            Operand.Bool _,
                            Operand.Whole _,
                            Operand.Decimal _,
                            Operand.Quoted _,
                            Operand.Function _ -> {}
                }
            }
        }
    }
}

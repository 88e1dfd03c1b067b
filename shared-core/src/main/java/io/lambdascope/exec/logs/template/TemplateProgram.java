package io.lambdascope.exec.logs.template;

import io.lambdascope.exec.logs.template.Function.Arguments;
import io.lambdascope.ql.logql.template.LineTemplate;
import io.lambdascope.ql.logql.template.TemplateNode;
import io.lambdascope.ql.logql.template.TemplateNode.Command;
import io.lambdascope.ql.logql.template.TemplateNode.Operand;
import io.lambdascope.ql.logql.template.TemplateNode.Pipeline;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Runs a template on lines, as Go's `text/template` would (pkg.go.dev/text/template). What it may take is
/// bounded: see [Budget]. For one thread.
public final class TemplateProgram {
    private static final int MAX_CALLS = 100;

    /// Stands for no value, which is not nil.
    private static final Object NOTHING = new Object();

    /// How the nodes of a list came to an end.
    private enum Flow {
        ON,
        BREAK,
        CONTINUE
    }

    private final LineTemplate template;
    private final Map<String, Function> functions = new HashMap<>();
    private final Budget budget = new Budget();
    private final StringBuilder out = new StringBuilder();
    private final List<String> names = new ArrayList<>();
    private final List<@Nullable Object> values = new ArrayList<>();
    private @Nullable LineContext context;
    private int calls;

    /// @param clock for `now`
    public TemplateProgram(LineTemplate template, InstantSource clock) {
        this.template = template;
        LanguageFunctions.addTo(functions);
        new TextFunctions().addTo(functions);
        NumberFunctions.addTo(functions);
        TimeFunctions.addTo(functions, clock);
    }

    /// What the template makes of a line.
    public String run(LineContext of) throws TemplateException {
        context = of;
        calls = 0;
        out.setLength(0);
        cutTo(0); // a run that failed leaves its variables behind
        budget.start();
        runIn(of, template.nodes());
        return out.toString();
    }

    /// Runs a template of its own, which sees none of the variables outside.
    private void runIn(@Nullable Object dot, List<TemplateNode> nodes) throws TemplateException {
        int mark = names.size();
        names.add("$");
        values.add(dot);
        nodes(dot, nodes);
        cutTo(mark);
    }

    private void cutTo(int mark) {
        names.subList(mark, names.size()).clear();
        values.subList(mark, values.size()).clear();
    }

    private Flow nodes(@Nullable Object dot, List<TemplateNode> nodes) throws TemplateException {
        for (TemplateNode node : nodes) {
            Flow flow = node(dot, node);
            if (flow != Flow.ON) {
                return flow;
            }
        }
        return Flow.ON;
    }

    private Flow node(@Nullable Object dot, TemplateNode node) throws TemplateException {
        budget.step();
        switch (node) {
            case TemplateNode.Text(String text) -> write(text);
            case TemplateNode.Action(Pipeline pipeline) -> {
                Object value = pipeline(dot, pipeline);
                if (pipeline.variables().isEmpty()) {
                    write(value == null ? "<no value>" : GoValues.print(value));
                }
            }
            case TemplateNode.If(Pipeline condition, List<TemplateNode> then, List<TemplateNode> otherwise) -> {
                int mark = names.size();
                boolean truth = GoValues.isTrue(pipeline(dot, condition));
                return scoped(mark, nodes(dot, truth ? then : otherwise));
            }
            case TemplateNode.With(Pipeline with, List<TemplateNode> then, List<TemplateNode> otherwise) -> {
                int mark = names.size();
                Object value = pipeline(dot, with);
                boolean truth = GoValues.isTrue(value);
                return scoped(mark, nodes(truth ? value : dot, truth ? then : otherwise));
            }
            case TemplateNode.Range range -> {
                return range(dot, range);
            }
            case TemplateNode.Call call -> call(dot, call);
            case TemplateNode.Break _ -> {
                return Flow.BREAK;
            }
            case TemplateNode.Continue _ -> {
                return Flow.CONTINUE;
            }
        }
        return Flow.ON;
    }

    private Flow scoped(int mark, Flow flow) {
        cutTo(mark);
        return flow;
    }

    private void write(String text) throws TemplateException {
        if (out.length() + text.length() > Budget.MAX_CHARACTERS) {
            budget.text(out.length() + (long) text.length());
        }
        out.append(text);
    }

    private void call(@Nullable Object dot, TemplateNode.Call call) throws TemplateException {
        List<TemplateNode> nodes = template.defined().get(call.name());
        if (nodes == null) {
            throw new TemplateException("template \"%s\" not defined".formatted(call.name()));
        }
        if (++calls > MAX_CALLS) {
            throw new TemplateException("exceeded maximum template depth (%d)".formatted(MAX_CALLS));
        }
        runIn(call.argument() == null ? null : pipeline(dot, call.argument()), nodes);
        calls--;
    }

    private Flow range(@Nullable Object dot, TemplateNode.Range range) throws TemplateException {
        int mark = names.size();
        Pipeline elements = range.elements();
        Object of = value(dot, elements);
        Map<?, ?> fields =
                of instanceof LineContext labels ? labels.labels() : of instanceof Map<?, ?> map ? map : Map.of();
        boolean some = false;
        Flow flow = Flow.ON;
        if (of instanceof List<?> list) {
            for (int i = 0; i < list.size() && flow != Flow.BREAK; i++) {
                flow = element(range, (long) i, list.get(i));
            }
            some = !list.isEmpty();
        } else if (of instanceof Long count) {
            for (long i = 0; i < count && flow != Flow.BREAK; i++) {
                flow = element(range, i, i);
            }
            some = count > 0;
        } else if (!fields.isEmpty()) {
            for (Map.Entry<?, ?> field : new TreeMap<>(fields).entrySet()) {
                if (flow != Flow.BREAK) {
                    flow = element(range, field.getKey(), field.getValue());
                }
            }
            some = true;
        } else if (of != null && !(of instanceof Map) && !(of instanceof LineContext)) {
            throw new TemplateException("range can't iterate over " + GoValues.print(of));
        }
        cutTo(mark);
        return some ? Flow.ON : scoped(mark, nodes(dot, range.otherwise()));
    }

    private Flow element(TemplateNode.Range range, @Nullable Object index, @Nullable Object element)
            throws TemplateException {
        budget.step();
        int mark = names.size();
        List<String> variables = range.elements().variables();
        boolean declares = range.elements().declares();
        if (variables.size() == 1) {
            assign(variables.getFirst(), declares, element);
        } else if (variables.size() == 2) {
            assign(variables.getFirst(), declares, index);
            assign(variables.getLast(), declares, element);
        }
        return scoped(mark, nodes(element, range.body()));
    }

    private void assign(String name, boolean declares, @Nullable Object value) {
        if (declares) {
            names.add(name);
            values.add(value);
        } else {
            values.set(names.lastIndexOf(name), value);
        }
    }

    /// The value of a pipeline, which its variable takes too.
    private @Nullable Object pipeline(@Nullable Object dot, Pipeline pipeline) throws TemplateException {
        Object value = value(dot, pipeline);
        for (String variable : pipeline.variables()) {
            assign(variable, pipeline.declares(), value);
        }
        return value;
    }

    private @Nullable Object value(@Nullable Object dot, Pipeline pipeline) throws TemplateException {
        Object value = NOTHING;
        for (Command command : pipeline.commands()) {
            value = command(dot, command, value);
        }
        return value;
    }

    /// @param last what is handed on from the command before, or NOTHING
    private @Nullable Object command(@Nullable Object dot, Command command, @Nullable Object last)
            throws TemplateException {
        budget.step();
        Operand first = command.operands().getFirst();
        if (first instanceof Operand.Function(String name)) {
            return called(
                    name, dot, command.operands().subList(1, command.operands().size()), last);
        }
        if (command.operands().size() > 1 || last != NOTHING) {
            throw new TemplateException("%s is not a function but has arguments".formatted(described(first)));
        }
        return operand(dot, first);
    }

    private static String described(Operand operand) {
        return switch (operand) {
            case Operand.Field(List<String> path) -> "." + String.join(".", path);
            case Operand.Variable(String name, List<String> _) -> name;
            default -> "value";
        };
    }

    private @Nullable Object operand(@Nullable Object dot, Operand operand) throws TemplateException {
        return switch (operand) {
            case Operand.Dot _ -> dot;
            case Operand.Nil _ -> null;
            case Operand.Bool(boolean value) -> value;
            case Operand.Whole(long value) -> value;
            case Operand.Decimal(double value) -> value;
            case Operand.Quoted(String text) -> text;
            case Operand.Field(List<String> path) -> fields(dot, path);
            case Operand.Variable(String name, List<String> path) -> fields(values.get(names.lastIndexOf(name)), path);
            case Operand.Nested(Pipeline pipeline, List<String> path) -> {
                int mark = names.size();
                Object value = pipeline(dot, pipeline);
                cutTo(mark);
                yield fields(value, path);
            }
            case Operand.Function(String name) -> called(name, dot, List.of(), NOTHING);
        };
    }

    private static @Nullable Object fields(@Nullable Object of, List<String> path) throws TemplateException {
        Object value = of;
        for (String name : path) {
            value = switch (value) {
                case LineContext labels -> {
                    String label = labels.label(name);
                    yield label == null ? "" : label;
                }
                case Map<?, ?> map -> map.get(name);
                case null -> throw new TemplateException("nil data; no entry for key \"%s\"".formatted(name));
                default ->
                    throw new TemplateException(
                            "can't evaluate field %s in type %s".formatted(name, GoValues.typeOf(value)));
            };
        }
        return value;
    }

    private @Nullable Object called(String name, @Nullable Object dot, List<Operand> operands, @Nullable Object last)
            throws TemplateException {
        if (name.equals("and") || name.equals("or")) {
            return logical(name, dot, operands, last);
        }
        Function function = functions.get(name);
        LineContext line = context;
        if (function == null || line == null) {
            throw new TemplateException("function \"%s\" not defined".formatted(name));
        }
        List<@Nullable Object> arguments = new ArrayList<>();
        for (Operand operand : operands) {
            arguments.add(operand(dot, operand));
        }
        if (last != NOTHING) {
            arguments.add(last);
        }
        if (arguments.size() < function.least() || arguments.size() > function.most()) {
            throw new TemplateException("wrong number of args for %s: want %s%d got %d"
                    .formatted(
                            name,
                            function.most() > function.least() ? "at least " : "",
                            function.least(),
                            arguments.size()));
        }
        try {
            return function.body().call(new Arguments(arguments, line, budget));
        } catch (TemplateException e) {
            throw new TemplateException("error calling %s: %s".formatted(name, e.getMessage()));
        }
    }

    /// The first argument that decides, the others unseen.
    private @Nullable Object logical(String name, @Nullable Object dot, List<Operand> operands, @Nullable Object last)
            throws TemplateException {
        Object value = NOTHING;
        for (Operand operand : operands) {
            value = operand(dot, operand);
            if (GoValues.isTrue(value) == name.equals("or")) {
                return value;
            }
        }
        value = last == NOTHING ? value : last;
        if (value == NOTHING) {
            throw new TemplateException("wrong number of args for %s: want at least 1 got 0".formatted(name));
        }
        return value;
    }
}

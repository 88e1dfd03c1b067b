package io.lambdascope.ql.logql.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A piece of a template, in Go's language of templates (`text/template`).
public sealed interface TemplateNode {
    record Text(String text) implements TemplateNode {}

    /// `{{pipeline}}`: prints what it yields, unless it sets a variable.
    record Action(Pipeline pipeline) implements TemplateNode {}

    /// `{{if}}`: `then` if the pipeline yields something that is not empty.
    record If(Pipeline condition, List<TemplateNode> then, List<TemplateNode> otherwise) implements TemplateNode {}

    /// `{{with}}`: as [If], and the dot is what the pipeline yields.
    record With(Pipeline value, List<TemplateNode> then, List<TemplateNode> otherwise) implements TemplateNode {}

    /// `{{range}}`: the body for each element, which is the dot.
    record Range(Pipeline elements, List<TemplateNode> body, List<TemplateNode> otherwise) implements TemplateNode {}

    record Break() implements TemplateNode {}

    record Continue() implements TemplateNode {}

    /// `{{template "name" pipeline}}`.
    record Call(String name, @Nullable Pipeline argument, int at) implements TemplateNode {}

    /// Commands, each of which gets what the one before yields as its last argument.
    ///
    /// @param variables set to what comes of it; of a `range` up to two
    /// @param declares whether it makes the variables (`:=`) or changes them (`=`)
    record Pipeline(List<String> variables, boolean declares, List<Command> commands) {}

    /// An operand, or a function with its arguments.
    ///
    /// @param at where it begins in the template
    record Command(List<Operand> operands, int at) {}

    sealed interface Operand {
        record Dot() implements Operand {}

        record Nil() implements Operand {}

        record Bool(boolean value) implements Operand {}

        record Whole(long value) implements Operand {}

        record Decimal(double value) implements Operand {}

        record Quoted(String text) implements Operand {}

        /// `.a.b`
        record Field(List<String> names) implements Operand {}

        /// `$x.a.b`; `$` is the dot that the template began with.
        record Variable(String name, List<String> names) implements Operand {}

        record Function(String name) implements Operand {}

        /// `(pipeline).a.b`
        record Nested(Pipeline pipeline, List<String> names) implements Operand {}
    }
}

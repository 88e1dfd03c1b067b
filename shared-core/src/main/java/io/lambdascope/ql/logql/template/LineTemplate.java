package io.lambdascope.ql.logql.template;

import io.lambdascope.fault.Fault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A template of `line_format` or `label_format` as a tree. Meaning is given by `exec.logs.template`.
///
/// @param nodes what it consists of
/// @param defined the templates that it defines, by name
public record LineTemplate(List<TemplateNode> nodes, Map<String, List<TemplateNode>> defined) {
    /// @throws Fault BAD_QUERY if `text` is no template, or one that uses a function that does not exist
    public static LineTemplate parse(String text) {
        return new TemplateParser(text).parse();
    }

    /// The labels that it may look at; empty if these cannot be told.
    public Optional<Set<String>> labels() {
        return TemplateLabels.of(this);
    }
}

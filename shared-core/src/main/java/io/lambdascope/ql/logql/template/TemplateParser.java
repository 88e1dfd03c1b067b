package io.lambdascope.ql.logql.template;

import io.lambdascope.ql.logql.template.TemplateLexer.Kind;
import io.lambdascope.ql.logql.template.TemplateLexer.Part;
import io.lambdascope.ql.logql.template.TemplateLexer.Token;
import io.lambdascope.ql.logql.template.TemplateNode.Pipeline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads templates: text and the blocks that actions open and close. What stands inside an action is read by
/// [PipelineParser].
final class TemplateParser {
    private static final int MAX_LENGTH = 64 << 10;
    private static final int MAX_NESTING = 100;
    private static final Set<String> KEYWORDS =
            Set.of("if", "else", "end", "range", "with", "define", "block", "template", "break", "continue");

    private final String text;
    private final Map<String, List<TemplateNode>> defined = new HashMap<>();
    private List<Part> parts = List.of();
    private int next;
    private int nesting;
    private int ranges;
    private Scope scope = new Scope();

    /// What ends a list of nodes.
    private enum Ending {
        END,
        ELSE,
        NOTHING_LEFT
    }

    /// The action that ended the list read last.
    private PipelineParser ending = new PipelineParser("", List.of(), 0, scope);

    /// @param how what ended it
    private record Body(List<TemplateNode> nodes, Ending how) {}

    TemplateParser(String text) {
        this.text = text;
    }

    LineTemplate parse() {
        if (text.length() > MAX_LENGTH) {
            throw TemplateLexer.fault(text, 0, "longer than %d characters".formatted(MAX_LENGTH));
        }
        parts = new TemplateLexer(text).parts();
        Body body = body();
        if (body.how != Ending.NOTHING_LEFT) {
            throw ending.bad("unexpected {{%s}}".formatted(body.how == Ending.END ? "end" : "else"));
        }
        return new LineTemplate(List.copyOf(body.nodes), Map.copyOf(defined));
    }

    private Body body() {
        if (++nesting > MAX_NESTING) {
            throw TemplateLexer.fault(text, 0, "blocks nest more than %d deep".formatted(MAX_NESTING));
        }
        List<TemplateNode> nodes = new ArrayList<>();
        Ending how = Ending.NOTHING_LEFT;
        while (next < parts.size() && how == Ending.NOTHING_LEFT) {
            switch (parts.get(next++)) {
                case Part.Text(String plain) -> nodes.add(new TemplateNode.Text(plain));
                case Part.Action(List<Token> tokens, int at) -> {
                    PipelineParser action = new PipelineParser(text, tokens, at, scope);
                    how = action(action, nodes);
                }
            }
        }
        nesting--;
        return new Body(nodes, how);
    }

    private Ending action(PipelineParser action, List<TemplateNode> nodes) {
        Token first = action.peek();
        if (first.kind() != Kind.IDENTIFIER || !KEYWORDS.contains(first.text())) {
            nodes.add(new TemplateNode.Action(action.whole("command")));
            return Ending.NOTHING_LEFT;
        }
        action.take();
        switch (first.text()) {
            case "end" -> {
                action.expectEnd("end");
                ending = action;
                return Ending.END;
            }
            case "else" -> {
                ending = action;
                return Ending.ELSE;
            }
            case "if", "with", "range" -> nodes.add(branch(first.text(), action));
            case "define" -> define(action);
            case "block" -> nodes.add(block(action));
            case "template" -> nodes.add(call(action));
            default -> {
                action.expectEnd(first.text());
                if (ranges == 0) {
                    throw action.bad("{{%s}} outside {{range}}".formatted(first.text()));
                }
                nodes.add(first.text().equals("break") ? new TemplateNode.Break() : new TemplateNode.Continue());
            }
        }
        return Ending.NOTHING_LEFT;
    }

    private TemplateNode branch(String keyword, PipelineParser action) {
        int variables = scope.size();
        boolean range = keyword.equals("range");
        Pipeline pipeline = range ? action.wholeOfRange() : action.whole(keyword);
        ranges += range ? 1 : 0;
        Body then = body();
        ranges -= range ? 1 : 0;
        List<TemplateNode> otherwise = List.of();
        if (then.how == Ending.ELSE) {
            PipelineParser fork = ending;
            Token second = fork.peek();
            boolean chains = second.kind() == Kind.IDENTIFIER && second.text().equals(keyword) && !range;
            if (chains) {
                fork.take();
                if (++nesting > MAX_NESTING) {
                    throw fork.bad("blocks nest more than %d deep".formatted(MAX_NESTING));
                }
                // `{{else if}}` needs no `{{end}}` of its own
                otherwise = List.of(branch(keyword, fork));
                nesting--;
            } else {
                fork.expectEnd("else");
                Body last = body();
                if (last.how == Ending.ELSE) {
                    throw ending.bad("expected end; found {{else}}");
                }
                requireEnd(last, action);
                otherwise = last.nodes;
            }
        } else {
            requireEnd(then, action);
        }
        scope.cutTo(variables);
        return switch (keyword) {
            case "if" -> new TemplateNode.If(pipeline, then.nodes, otherwise);
            case "with" -> new TemplateNode.With(pipeline, then.nodes, otherwise);
            default -> new TemplateNode.Range(pipeline, then.nodes, otherwise);
        };
    }

    private static void requireEnd(Body body, PipelineParser action) {
        if (body.how != Ending.END) {
            throw action.bad("unexpected end of template: {{end}} is missing");
        }
    }

    private void define(PipelineParser action) {
        if (nesting > 1) {
            throw action.bad("unexpected {{define}}");
        }
        String name = action.quoted("define");
        action.expectEnd("define");
        defined.put(name, definition(action));
    }

    private TemplateNode block(PipelineParser action) {
        String name = action.quoted("block");
        Pipeline argument = action.whole("block");
        defined.put(name, definition(action));
        return new TemplateNode.Call(name, argument, action.at());
    }

    /// The nodes of a template within this one, which does not know the variables of this one.
    private List<TemplateNode> definition(PipelineParser action) {
        Scope outer = scope;
        int outerRanges = ranges;
        scope = new Scope();
        ranges = 0;
        Body body = body();
        if (body.how == Ending.ELSE) {
            throw ending.bad("unexpected {{else}}");
        }
        requireEnd(body, action);
        scope = outer;
        ranges = outerRanges;
        return body.nodes;
    }

    private static TemplateNode call(PipelineParser action) {
        String name = action.quoted("template");
        Pipeline argument = action.peek().kind() == Kind.END ? null : action.whole("template");
        return new TemplateNode.Call(name, argument, action.at());
    }

    /// The variables that exist at a place.
    static final class Scope {
        private final List<String> names = new ArrayList<>(List.of("$"));

        int size() {
            return names.size();
        }

        void cutTo(int size) {
            names.subList(size, names.size()).clear();
        }

        void add(String name) {
            names.add(name);
        }

        boolean has(String name) {
            return names.contains(name);
        }
    }
}

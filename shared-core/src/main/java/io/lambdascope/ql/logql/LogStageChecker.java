package io.lambdascope.ql.logql;

import io.lambdascope.fault.Fault;
import io.lambdascope.labels.LabelText;
import io.lambdascope.labels.TextRegex;
import io.lambdascope.ql.SourceRange;
import io.lambdascope.ql.SyntaxException;
import io.lambdascope.ql.logql.LogExpr.FilterOp;
import io.lambdascope.ql.logql.LogExpr.LineMatch;
import io.lambdascope.ql.logql.LogExpr.Stage;
import io.lambdascope.ql.logql.template.LineTemplate;
import java.util.HashSet;
import java.util.Set;

/// Checks that what stages are given reads: regexes, patterns, paths, addresses, templates.
final class LogStageChecker {
    /// Labels that only failures set.
    private static final Set<String> RESERVED = Set.of("__error__", "__error_details__");

    private final String text;

    LogStageChecker(String text) {
        this.text = text;
    }

    /// Looks at parsers alone.
    void checkForm(Stage stage) {
        if (stage instanceof Stage.Regexp || stage instanceof Stage.Pattern) {
            check(stage);
        }
    }

    void check(Stage stage) {
        try {
            read(stage);
        } catch (SyntaxException e) {
            throw e;
        } catch (Fault e) {
            throw fault(stage.at(), e.text());
        }
    }

    private void read(Stage stage) {
        switch (stage) {
            case Stage.LineFilter filter -> lineFilter(filter);
            case Stage.Json json -> json.extractions().forEach(one -> FieldPath.parse(one.expression()));
            case Stage.Logfmt logfmt -> logfmt.extractions().forEach(one -> logfmtKey(one.expression(), stage.at()));
            case Stage.Regexp regexp -> regexp(regexp);
            case Stage.Pattern pattern -> LinePattern.ofParser(pattern.pattern());
            case Stage.LabelFormat format -> labelFormat(format);
            // a bad ip() of a label filter shows as an error of the line, as in Loki
            case Stage.LabelFilter _ -> {}
            case Stage.LineFormat format -> LineTemplate.parse(format.template());
            case Stage.Unpack _, Stage.Decolorize _, Stage.Drop _, Stage.Keep _ -> {}
        }
    }

    private void lineFilter(Stage.LineFilter filter) {
        for (LineMatch match : filter.alternatives()) {
            switch (match) {
                case LineMatch.Ip(String range) -> {
                    if (filter.op() != FilterOp.CONTAINS && filter.op() != FilterOp.NOT_CONTAINS) {
                        throw fault(
                                filter.at(),
                                "ip: invalid operation %s: only |= and != may be used"
                                        .formatted(filter.op().text()));
                    }
                    IpRange.parse(range);
                }
                case LineMatch.Text(String wanted) -> {
                    switch (filter.op()) {
                        case CONTAINS, NOT_CONTAINS -> {}
                        case REGEX, NOT_REGEX -> TextRegex.compile(wanted);
                        case PATTERN, NOT_PATTERN -> LinePattern.ofFilter(wanted);
                    }
                }
            }
        }
    }

    private void logfmtKey(String expression, SourceRange at) {
        if (!FieldPath.isKey(expression)) {
            throw fault(at, "cannot parse expression \"%s\": logfmt knows plain keys only".formatted(expression));
        }
    }

    private void regexp(Stage.Regexp stage) {
        Set<String> names =
                TextRegex.compile(stage.regex()).pattern().namedGroups().keySet();
        if (names.isEmpty()) {
            throw fault(stage.at(), "at least one named capture must be supplied, as in (?P<method>\\w+)");
        }
        for (String name : names) {
            if (!LabelText.isPlainLabelName(name)) {
                throw fault(stage.at(), "invalid extracted label name '%s'".formatted(name));
            }
        }
    }

    private void labelFormat(Stage.LabelFormat format) {
        Set<String> targets = new HashSet<>();
        for (LogExpr.Assignment assignment : format.assignments()) {
            if (RESERVED.contains(assignment.target())) {
                throw fault(format.at(), "%s cannot be formatted".formatted(assignment.target()));
            }
            if (!targets.add(assignment.target())) {
                throw fault(
                        format.at(),
                        "multiple label name '%s' not allowed in a single format operation"
                                .formatted(assignment.target()));
            }
            if (assignment instanceof LogExpr.Assignment.Template(String _, String template)) {
                LineTemplate.parse(template);
            }
        }
    }

    private SyntaxException fault(SourceRange at, String problem) {
        return SyntaxException.inLogQl(text, at, problem);
    }
}

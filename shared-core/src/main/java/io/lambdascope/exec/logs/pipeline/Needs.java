package io.lambdascope.exec.logs.pipeline;

import io.lambdascope.ql.logql.LogExpr.Assignment;
import io.lambdascope.ql.logql.LogExpr.LabelCondition;
import io.lambdascope.ql.logql.LogExpr.LogQuery;
import io.lambdascope.ql.logql.LogExpr.Stage;
import io.lambdascope.ql.logql.LogExpr.Unwrap;
import io.lambdascope.ql.logql.template.LineTemplate;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which labels of lines are of use: a parser need find no others, and none at all where there are none. A line
/// that cannot be parsed is then no error.
///
/// @param names null if all are
record Needs(@Nullable Set<String> names) {
    static final Needs ALL = new Needs(null);

    static Needs of(LogQuery query, @Nullable Unwrap unwrap, Reduction reduction) {
        if (!(reduction instanceof Reduction.By(Set<String> kept))) {
            return ALL;
        }
        Set<String> names = new TreeSet<>(kept);
        for (Stage stage : query.stages()) {
            if (!addTo(names, stage)) {
                return ALL;
            }
        }
        if (unwrap != null) {
            names.add(unwrap.label());
            unwrap.filters().forEach(filter -> addTo(names, filter));
        }
        return new Needs(names);
    }

    /// False if the stage may look at any label.
    private static boolean addTo(Set<String> names, Stage stage) {
        return switch (stage) {
            case Stage.LabelFilter filter -> {
                addTo(names, filter.condition());
                yield true;
            }
            case Stage.LineFormat format -> addTo(names, format.template());
            case Stage.LabelFormat format -> {
                boolean known = true;
                for (Assignment assignment : format.assignments()) {
                    switch (assignment) {
                        case Assignment.Rename rename -> names.add(rename.source());
                        case Assignment.Template template -> known &= addTo(names, template.template());
                    }
                }
                yield known;
            }
            case Stage.LineFilter _,
                    Stage.Json _,
                    Stage.Logfmt _,
                    Stage.Regexp _,
                    Stage.Pattern _,
                    Stage.Unpack _,
                    Stage.Decolorize _,
                    Stage.Drop _,
                    Stage.Keep _ -> true;
        };
    }

    private static boolean addTo(Set<String> names, String template) {
        Optional<Set<String>> labels = LineTemplate.parse(template).labels();
        labels.ifPresent(names::addAll);
        return labels.isPresent();
    }

    private static void addTo(Set<String> names, LabelCondition condition) {
        switch (condition) {
            case LabelCondition.Text text -> names.add(text.matcher().name());
            case LabelCondition.Number number -> names.add(number.label());
            case LabelCondition.Duration duration -> names.add(duration.label());
            case LabelCondition.Bytes bytes -> names.add(bytes.label());
            case LabelCondition.Ip ip -> names.add(ip.label());
            case LabelCondition.And(LabelCondition left, LabelCondition right) -> {
                addTo(names, left);
                addTo(names, right);
            }
            case LabelCondition.Or(LabelCondition left, LabelCondition right) -> {
                addTo(names, left);
                addTo(names, right);
            }
        }
    }

    boolean isEmpty() {
        return names != null && names.isEmpty();
    }

    boolean has(String name) {
        return names == null || names.contains(name);
    }

    /// Whether a label may be of use that begins with `prefix`.
    boolean hasBelow(String prefix) {
        if (names == null) {
            return true;
        }
        for (String name : names) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}

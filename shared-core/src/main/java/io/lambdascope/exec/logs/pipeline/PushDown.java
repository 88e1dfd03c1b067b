package io.lambdascope.exec.logs.pipeline;

import io.lambdascope.labels.Matcher;
import io.lambdascope.labels.RegexLiterals;
import io.lambdascope.ql.logql.LinePattern;
import io.lambdascope.ql.logql.LogExpr.FilterOp;
import io.lambdascope.ql.logql.LogExpr.LabelCondition;
import io.lambdascope.ql.logql.LogExpr.LineMatch;
import io.lambdascope.ql.logql.LogExpr.LogQuery;
import io.lambdascope.ql.logql.LogExpr.Stage;
import io.lambdascope.ql.logql.LogExpr.Unwrap;
import io.lambdascope.source.logs.LogsScan.Columns;
import io.lambdascope.source.logs.LogsScan.Hints;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What the stages of a query say about which entries, and what of them, need be read. Looks at stages from the
/// first on: at line filters up to the stage that changes the line, at label filters up to the stage that sets
/// labels.
public final class PushDown {
    private PushDown() {}

    /// What an entry must have to get through the stages.
    ///
    /// @param mayBeStreamLabel whether a stream may have a label of this name, which then hides structured
    ///     metadata
    public static Hints hints(LogQuery query, Predicate<String> mayBeStreamLabel) {
        List<Set<String>> literals = new ArrayList<>();
        List<Matcher> metadata = new ArrayList<>();
        boolean sameLine = true;
        boolean sameLabels = true;
        for (Stage stage : query.stages()) {
            switch (stage) {
                case Stage.LineFilter filter -> {
                    if (sameLine && !filter.op().isNegative()) {
                        literals.addAll(literals(filter));
                    }
                }
                case Stage.LabelFilter filter -> {
                    if (sameLabels) {
                        addMatchers(filter.condition(), mayBeStreamLabel, metadata);
                    }
                }
                case Stage.Json _, Stage.Logfmt _, Stage.Regexp _, Stage.Pattern _ -> sameLabels = false;
                case Stage.LabelFormat _, Stage.Drop _, Stage.Keep _ -> sameLabels = false;
                case Stage.LineFormat _, Stage.Decolorize _ -> sameLine = false;
                case Stage.Unpack _ -> {
                    sameLine = false;
                    sameLabels = false;
                }
            }
        }
        return new Hints(literals, metadata);
    }

    /// What of entries is looked at.
    ///
    /// @param countsBytes whether the length of the line is asked for
    public static Columns columns(LogQuery query, @Nullable Unwrap unwrap, Reduction reduction, boolean countsBytes) {
        Needs needs = Needs.of(query, unwrap, reduction);
        boolean lines = countsBytes;
        for (Stage stage : query.stages()) {
            lines |= switch (stage) {
                case Stage.LineFilter _, Stage.LineFormat _, Stage.LabelFormat _, Stage.Unpack _ -> true;
                case Stage.Json _, Stage.Logfmt _, Stage.Regexp _, Stage.Pattern _ -> !needs.isEmpty();
                case Stage.LabelFilter _, Stage.Decolorize _, Stage.Drop _, Stage.Keep _ -> false;
            };
        }
        Set<String> names = needs.names();
        if (names == null) {
            return new Columns(lines, null);
        }
        Set<String> metadata = new TreeSet<>(names);
        for (String name : names) {
            if (name.endsWith(LabelName.EXTRACTED)) {
                metadata.add(name.substring(0, name.length() - LabelName.EXTRACTED.length()));
            }
        }
        return new Columns(lines, metadata);
    }

    private static List<Set<String>> literals(Stage.LineFilter filter) {
        List<List<Set<String>>> all = filter.alternatives().stream()
                .map(match -> literals(filter.op(), match))
                .toList();
        if (all.size() == 1) {
            return all.getFirst();
        }
        Set<String> oneOf = new TreeSet<>();
        for (List<Set<String>> alternative : all) {
            if (alternative.isEmpty()) {
                return List.of();
            }
            oneOf.addAll(alternative.stream()
                    .max(Comparator.comparingInt(PushDown::shortest))
                    .orElseThrow());
        }
        return List.of(oneOf);
    }

    private static int shortest(Set<String> texts) {
        return texts.stream().mapToInt(String::length).min().orElse(0);
    }

    private static List<Set<String>> literals(FilterOp op, LineMatch match) {
        if (!(match instanceof LineMatch.Text(String text))) {
            return List.of();
        }
        return switch (op) {
            case CONTAINS, NOT_CONTAINS -> text.isEmpty() ? List.of() : List.of(Set.of(text));
            case REGEX, NOT_REGEX -> {
                RegexLiterals found = RegexLiterals.of(text);
                yield found.ignoresCase() ? List.of() : found.required();
            }
            case PATTERN, NOT_PATTERN -> {
                List<Set<String>> parts = new ArrayList<>();
                for (LinePattern.Part part : LinePattern.ofFilter(text).parts()) {
                    if (part instanceof LinePattern.Part.Literal(String literal)) {
                        parts.add(Set.of(literal));
                    }
                }
                yield parts;
            }
        };
    }

    private static void addMatchers(
            LabelCondition condition, Predicate<String> mayBeStreamLabel, List<Matcher> metadata) {
        switch (condition) {
            case LabelCondition.Text(Matcher matcher) -> {
                String name = matcher.name();
                // what a filter accepts beyond its matcher, see LabelFilter
                boolean odd = matcher.op() == Matcher.Op.NOT_REGEX
                        || matcher.op() == Matcher.Op.REGEX && matcher.value().isEmpty();
                boolean special = name.equals(LineLabels.ERROR)
                        || name.equals(LineLabels.ERROR_DETAILS)
                        || name.endsWith(LabelName.EXTRACTED);
                if (!odd && !special && !mayBeStreamLabel.test(name)) {
                    metadata.add(matcher);
                }
            }
            case LabelCondition.And(LabelCondition left, LabelCondition right) -> {
                addMatchers(left, mayBeStreamLabel, metadata);
                addMatchers(right, mayBeStreamLabel, metadata);
            }
            case LabelCondition.Or _,
                    LabelCondition.Number _,
                    LabelCondition.Duration _,
                    LabelCondition.Bytes _,
                    LabelCondition.Ip _ -> {}
        }
    }
}

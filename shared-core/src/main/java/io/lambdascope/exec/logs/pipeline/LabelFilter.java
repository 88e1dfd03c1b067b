package io.lambdascope.exec.logs.pipeline;

import io.lambdascope.exec.logs.LabelValues;
import io.lambdascope.fault.Fault;
import io.lambdascope.labels.Matcher;
import io.lambdascope.ql.logql.IpRange;
import io.lambdascope.ql.logql.LogExpr.Comparison;
import io.lambdascope.ql.logql.LogExpr.LabelCondition;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/// A label filter: a tree of conditions. One that cannot read the value of its label keeps the line and marks it.
final class LabelFilter implements LineStage {
    static final String ERROR = "LabelFilterErr";

    private interface Condition {
        boolean holds(LineLabels labels);
    }

    /// Turns the value of a label into a number.
    private interface Reading {
        double of(String value);
    }

    private final Condition condition;

    LabelFilter(LabelCondition condition, LineLabels labels) {
        this.condition = compile(condition, labels);
    }

    @Override
    public boolean process(Line line) {
        return condition.holds(line.labelling());
    }

    private static Condition compile(LabelCondition condition, LineLabels labels) {
        return switch (condition) {
            case LabelCondition.Text(Matcher matcher) -> text(matcher, labels);
            case LabelCondition.Number number ->
                compared(labels.pinned(number.label()), LabelValues::number, number.comparison(), number.value());
            case LabelCondition.Duration duration ->
                duration(labels.pinned(duration.label()), duration.comparison(), duration.nanos());
            case LabelCondition.Bytes bytes ->
                compared(labels.pinned(bytes.label()), LabelValues::bytes, bytes.comparison(), bytes.bytes());
            case LabelCondition.Ip ip -> ip(ip, labels.pinned(ip.label()));
            case LabelCondition.And(LabelCondition left, LabelCondition right) -> {
                Condition first = compile(left, labels);
                Condition second = compile(right, labels);
                yield of -> first.holds(of) && second.holds(of);
            }
            case LabelCondition.Or(LabelCondition left, LabelCondition right) -> {
                Condition first = compile(left, labels);
                Condition second = compile(right, labels);
                yield of -> first.holds(of) || second.holds(of);
            }
        };
    }

    /// A label that is not there counts as empty. Two oddities of Loki's: the empty regex matches everything, and
    /// one that lists the empty string beside others does not match it.
    private static Condition text(Matcher matcher, LineLabels labels) {
        LabelName name = labels.pinned(matcher.name());
        if (matcher.regex() != null) {
            boolean negative = matcher.op() == Matcher.Op.NOT_REGEX;
            if (matcher.value().isEmpty()) {
                return _ -> !negative;
            }
            Set<String> literals = matcher.regex().literals().orElse(Set.of());
            if (literals.size() > 1 && literals.contains("")) {
                return of -> {
                    String value = valueOf(of, name);
                    return value.isEmpty() ? negative : matcher.matches(value);
                };
            }
        }
        return of -> matcher.matches(valueOf(of, name));
    }

    private static String valueOf(LineLabels labels, LabelName name) {
        String value = labels.get(name);
        return value == null ? "" : value;
    }

    private static Condition compared(LabelName name, Reading reading, Comparison comparison, double limit) {
        return labels -> {
            String value = labels.get(name);
            if (value == null) {
                return false;
            }
            double number;
            try {
                number = reading.of(value);
            } catch (Fault e) {
                return failed(labels, e);
            }
            return switch (comparison) {
                case EQUAL -> number == limit;
                case NOT_EQUAL -> number != limit;
                case GREATER -> number > limit;
                case GREATER_OR_EQUAL -> number >= limit;
                case LESS -> number < limit;
                case LESS_OR_EQUAL -> number <= limit;
            };
        };
    }

    private static Condition duration(LabelName name, Comparison comparison, long limitNanos) {
        return labels -> {
            String value = labels.get(name);
            if (value == null) {
                return false;
            }
            int order;
            try {
                order = Long.compare(LabelValues.durationNanos(value), limitNanos);
            } catch (Fault e) {
                return failed(labels, e);
            }
            return switch (comparison) {
                case EQUAL -> order == 0;
                case NOT_EQUAL -> order != 0;
                case GREATER -> order > 0;
                case GREATER_OR_EQUAL -> order >= 0;
                case LESS -> order < 0;
                case LESS_OR_EQUAL -> order <= 0;
            };
        };
    }

    private static Condition ip(LabelCondition.Ip ip, LabelName name) {
        IpMatcher matcher;
        try {
            matcher = new IpMatcher(IpRange.parse(ip.range()));
        } catch (Fault e) {
            return labels -> failed(labels, e);
        }
        return labels -> {
            String value = labels.get(name);
            if (value == null) {
                return false;
            }
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            return matcher.matches(bytes, 0, bytes.length) != ip.negative();
        };
    }

    private static boolean failed(LineLabels labels, Fault fault) {
        if (labels.error() == null) {
            labels.fail(ERROR, fault.text());
        }
        return true;
    }
}

package io.lambdascope.ql.logql;

import io.lambdascope.labels.Matcher;
import io.lambdascope.ql.SourceRange;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// A LogQL expression as of Loki 3.8. Only data: what fits together is checked by `LogChecker`, text is made by
/// `LogPrinter`, meaning is given by `exec.logs`.
public sealed interface LogExpr {
    SourceRange at();

    /// What yields lines: a stream selector and what is done with each line.
    record LogQuery(List<Matcher> matchers, List<Stage> stages, SourceRange at) implements LogExpr {
        public LogQuery {
            matchers = List.copyOf(matchers);
            stages = List.copyOf(stages);
        }
    }

    /// What yields numbers.
    sealed interface MetricExpr extends LogExpr {}

    /// An operation over the lines inside a range, stream by stream.
    ///
    /// @param parameter φ of `quantile_over_time`, else empty
    /// @param grouping null if there is none
    record RangeAggregation(
            RangeOp op,
            OptionalDouble parameter,
            LogRange range,
            @Nullable Grouping grouping,
            SourceRange at) implements MetricExpr {}

    /// An aggregation over series.
    ///
    /// @param parameter k of `topk`, `bottomk` and `approx_topk`, else 0
    /// @param grouping null if there is none
    record VectorAggregation(
            VectorOp op,
            long parameter,
            MetricExpr input,
            @Nullable Grouping grouping,
            SourceRange at) implements MetricExpr {}

    /// @param matching null where a side is a number
    record Binary(
            BinaryOp op,
            MetricExpr left,
            MetricExpr right,
            boolean returnBool,
            @Nullable VectorMatching matching,
            SourceRange at)
            implements MetricExpr {}

    record NumberLiteral(double value, SourceRange at) implements MetricExpr {}

    /// `vector(value)`.
    record VectorLiteral(double value, SourceRange at) implements MetricExpr {}

    /// `label_replace(input, target, replacement, source, regex)`.
    record LabelReplace(
            MetricExpr input, String target, String replacement, String source, String regex, SourceRange at)
            implements MetricExpr {}

    record Paren(MetricExpr input, SourceRange at) implements MetricExpr {}

    /// Lines of a range of time, each taken as one sample.
    ///
    /// @param unwrap what number a line stands for; null where the operation counts lines or bytes
    /// @param rangeNanos length of the range, which ends `offsetNanos` before the moment that is evaluated
    record LogRange(LogQuery query, @Nullable Unwrap unwrap, long rangeNanos, long offsetNanos, SourceRange at) {}

    /// `| unwrap label`, or `| unwrap conversion(label)`.
    ///
    /// @param filters conditions that follow it
    record Unwrap(String label, Conversion conversion, List<LabelCondition> filters, SourceRange at) {
        public Unwrap {
            filters = List.copyOf(filters);
        }
    }

    /// How the text of a label becomes a number.
    enum Conversion {
        NONE,
        /// Go's durations, in seconds; also written `duration_seconds`.
        DURATION,
        /// Humanised sizes, in bytes.
        BYTES
    }

    /// What is done with a line; it may change the line and its labels, or drop it.
    sealed interface Stage {
        SourceRange at();

        /// The line passes if it matches one of `alternatives`, or if none where `op` is negative.
        record LineFilter(FilterOp op, List<LineMatch> alternatives, SourceRange at) implements Stage {
            public LineFilter {
                alternatives = List.copyOf(alternatives);
            }
        }

        /// `json`, with `extractions` of what is wanted, or without any for all fields.
        record Json(List<Extraction> extractions, SourceRange at) implements Stage {}

        record Logfmt(boolean strict, boolean keepEmpty, List<Extraction> extractions, SourceRange at)
                implements Stage {}

        record Regexp(String regex, SourceRange at) implements Stage {}

        record Pattern(String pattern, SourceRange at) implements Stage {}

        record Unpack(SourceRange at) implements Stage {}

        record LabelFilter(LabelCondition condition, SourceRange at) implements Stage {}

        record LineFormat(String template, SourceRange at) implements Stage {}

        record LabelFormat(List<Assignment> assignments, SourceRange at) implements Stage {}

        record Decolorize(SourceRange at) implements Stage {}

        /// Labels taken away: each by name, or where its value matches too.
        record Drop(List<LabelPick> labels, SourceRange at) implements Stage {}

        /// Labels that stay, of all.
        record Keep(List<LabelPick> labels, SourceRange at) implements Stage {}
    }

    /// What a line is compared with.
    sealed interface LineMatch {
        /// A substring, regex or pattern, as the operator says.
        record Text(String text) implements LineMatch {}

        /// `ip("…")`: an address in the line that lies within.
        record Ip(String range) implements LineMatch {}
    }

    enum FilterOp {
        CONTAINS("|="),
        NOT_CONTAINS("!="),
        REGEX("|~"),
        NOT_REGEX("!~"),
        PATTERN("|>"),
        NOT_PATTERN("!>");

        private final String text;

        FilterOp(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }

        public boolean isNegative() {
            return this == NOT_CONTAINS || this == NOT_REGEX || this == NOT_PATTERN;
        }
    }

    /// `label="expression"`; `label` alone is `label="label"`.
    record Extraction(String label, String expression) {}

    /// What `label_format` gives a label.
    sealed interface Assignment {
        String target();

        record Rename(String target, String source) implements Assignment {}

        record Template(String target, String template) implements Assignment {}
    }

    /// @param matcher null if the name alone picks the label
    record LabelPick(String name, @Nullable Matcher matcher) {}

    /// A condition on labels of a line.
    sealed interface LabelCondition {
        record Text(Matcher matcher) implements LabelCondition {}

        record Number(String label, Comparison comparison, double value) implements LabelCondition {}

        record Duration(String label, Comparison comparison, long nanos) implements LabelCondition {}

        record Bytes(String label, Comparison comparison, long bytes) implements LabelCondition {}

        record Ip(String label, boolean negative, String range) implements LabelCondition {}

        record And(LabelCondition left, LabelCondition right) implements LabelCondition {}

        record Or(LabelCondition left, LabelCondition right) implements LabelCondition {}
    }

    enum Comparison {
        EQUAL("=="),
        NOT_EQUAL("!="),
        GREATER(">"),
        GREATER_OR_EQUAL(">="),
        LESS("<"),
        LESS_OR_EQUAL("<=");

        private final String text;

        Comparison(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    enum RangeOp {
        RATE,
        RATE_COUNTER,
        COUNT_OVER_TIME,
        BYTES_RATE,
        BYTES_OVER_TIME,
        ABSENT_OVER_TIME,
        SUM_OVER_TIME,
        AVG_OVER_TIME,
        MIN_OVER_TIME,
        MAX_OVER_TIME,
        FIRST_OVER_TIME,
        LAST_OVER_TIME,
        STDDEV_OVER_TIME,
        STDVAR_OVER_TIME,
        QUANTILE_OVER_TIME;

        /// As it stands in a query.
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    enum VectorOp {
        SUM,
        AVG,
        MIN,
        MAX,
        COUNT,
        STDDEV,
        STDVAR,
        TOPK,
        BOTTOMK,
        SORT,
        SORT_DESC,
        APPROX_TOPK;

        /// As it stands in a query.
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    record Grouping(boolean without, List<String> labels) {
        public Grouping {
            labels = List.copyOf(labels);
        }
    }

    enum BinaryOp {
        ADD("+"),
        SUB("-"),
        MUL("*"),
        DIV("/"),
        MOD("%"),
        POW("^"),
        EQL("=="),
        NEQ("!="),
        GTR(">"),
        GTE(">="),
        LSS("<"),
        LTE("<="),
        AND("and"),
        OR("or"),
        UNLESS("unless");

        private final String text;

        BinaryOp(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }

        public boolean isComparison() {
            return ordinal() >= EQL.ordinal() && ordinal() <= LTE.ordinal();
        }

        public boolean isSetOperator() {
            return this == AND || this == OR || this == UNLESS;
        }
    }

    enum Cardinality {
        ONE_TO_ONE,
        MANY_TO_ONE,
        ONE_TO_MANY
    }

    /// How elements of two vectors find each other.
    ///
    /// @param on true for `on (labels)`, false for `ignoring (labels)`, which is also the default with no labels
    /// @param include labels copied from the "one" side
    record VectorMatching(Cardinality cardinality, boolean on, List<String> labels, List<String> include) {
        public static final VectorMatching DEFAULT =
                new VectorMatching(Cardinality.ONE_TO_ONE, false, List.of(), List.of());
    }
}

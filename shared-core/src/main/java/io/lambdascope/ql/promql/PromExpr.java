package io.lambdascope.ql.promql;

import io.lambdascope.labels.Matcher;
import io.lambdascope.ql.SourceRange;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A PromQL expression as of Prometheus 3.14. Only data: types are checked by [PromChecker], text is made by
/// [PromPrinter], meaning is given by `exec.metrics`.
public sealed interface PromExpr {
    SourceRange at();

    /// What an expression yields.
    enum Type {
        SCALAR("scalar"),
        STRING("string"),
        VECTOR("instant vector"),
        MATRIX("range vector");

        private final String text;

        Type(String text) {
            this.text = text;
        }

        /// As messages name it.
        public String text() {
            return text;
        }
    }

    /// A number; `duration` if it was written as one, as `5m`, which is 300.
    record NumberLiteral(double value, boolean duration, SourceRange at) implements PromExpr {}

    record StringLiteral(String value, SourceRange at) implements PromExpr {}

    /// An instant vector selector.
    ///
    /// @param name the name before the brace, null if there is none; it is among `matchers` too
    /// @param matchers all conditions, the name's first where there is one
    record VectorSelector(@Nullable String name, List<Matcher> matchers, TimeShift shift, Edges edges, SourceRange at)
            implements PromExpr {}

    /// A range vector selector. Its edges stand in `selector`.
    record MatrixSelector(VectorSelector selector, DurationExpr range, SourceRange at) implements PromExpr {}

    /// `input[range:step]`; `step` null means the default step.
    record Subquery(
            PromExpr input, DurationExpr range, @Nullable DurationExpr step, TimeShift shift, SourceRange at)
            implements PromExpr {}

    record Call(PromFunction function, List<PromExpr> args, SourceRange at) implements PromExpr {}

    /// @param parameter the first argument of the operators that have one, else null
    record Aggregation(AggregateOp op, @Nullable PromExpr parameter, PromExpr input, Grouping grouping, SourceRange at)
            implements PromExpr {}

    /// @param matching null unless both sides are vectors (then never null once checked)
    record Binary(
            BinaryOp op,
            PromExpr left,
            PromExpr right,
            boolean returnBool,
            @Nullable VectorMatching matching,
            SourceRange at)
            implements PromExpr {}

    /// `-input`, or `+input` if not `negative`.
    record Unary(boolean negative, PromExpr input, SourceRange at) implements PromExpr {}

    record Paren(PromExpr input, SourceRange at) implements PromExpr {}

    /// `offset` and `@` of a selector or subquery. `@` counts first, the offset from there.
    record TimeShift(DurationExpr offset, @Nullable AtModifier atModifier) {
        public static final TimeShift NONE = new TimeShift(DurationExpr.ZERO, null);
    }

    sealed interface AtModifier {
        record Fixed(long millis) implements AtModifier {}

        record Start() implements AtModifier {}

        record End() implements AtModifier {}
    }

    /// How the edges of a range are treated.
    enum Edges {
        PLAIN,
        ANCHORED,
        SMOOTHED
    }

    /// A length of time, which may depend on the query's own step and range. [Millis] once resolved.
    sealed interface DurationExpr {
        DurationExpr ZERO = new Millis(0);

        /// Known.
        record Millis(long millis) implements DurationExpr {}

        /// A number that is no whole count of milliseconds; stands only inside arithmetic.
        record Seconds(double seconds) implements DurationExpr {}

        /// `step()` of the query.
        record Step() implements DurationExpr {}

        /// `range()` of the query: its end less its start.
        record Range() implements DurationExpr {}

        record Negated(DurationExpr input) implements DurationExpr {}

        /// `op` is one of ADD SUB MUL DIV MOD POW; the sides count in seconds.
        record Arithmetic(BinaryOp op, DurationExpr left, DurationExpr right) implements DurationExpr {}

        /// `min_of(left, right)`, or `max_of` if not `min`.
        record Choice(boolean min, DurationExpr left, DurationExpr right) implements DurationExpr {}

        record Parens(DurationExpr input) implements DurationExpr {}
    }

    record Grouping(boolean without, List<String> labels) {
        public static final Grouping NONE = new Grouping(false, List.of());
    }

    enum Cardinality {
        ONE_TO_ONE,
        MANY_TO_ONE,
        ONE_TO_MANY,
        MANY_TO_MANY
    }

    /// How elements of two vectors find each other.
    ///
    /// @param on true for `on (labels)`, false for `ignoring (labels)`, which is also the default with no labels
    /// @param include labels copied from the "one" side
    /// @param fillLeft value for a missing element on the left
    record VectorMatching(
            Cardinality cardinality,
            boolean on,
            List<String> labels,
            List<String> include,
            Optional<Double> fillLeft,
            Optional<Double> fillRight) {
        public static final VectorMatching DEFAULT = new VectorMatching(
                Cardinality.ONE_TO_ONE, false, List.of(), List.of(), Optional.empty(), Optional.empty());
    }

    enum BinaryOp {
        ADD("+"),
        SUB("-"),
        MUL("*"),
        DIV("/"),
        MOD("%"),
        POW("^"),
        ATAN2("atan2"),
        EQL("=="),
        NEQ("!="),
        GTR(">"),
        LSS("<"),
        GTE(">="),
        LTE("<="),
        TRIM_UPPER("</"),
        TRIM_LOWER(">/"),
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

    enum AggregateOp {
        SUM,
        AVG,
        MIN,
        MAX,
        COUNT,
        GROUP,
        STDDEV,
        STDVAR,
        TOPK,
        BOTTOMK,
        QUANTILE,
        COUNT_VALUES,
        LIMITK,
        LIMIT_RATIO;

        /// As it stands in a query.
        public String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        public boolean hasParameter() {
            return ordinal() >= TOPK.ordinal();
        }

        /// Refused by Prometheus unless experimental functions are switched on.
        public boolean isExperimental() {
            return this == LIMITK || this == LIMIT_RATIO;
        }
    }
}

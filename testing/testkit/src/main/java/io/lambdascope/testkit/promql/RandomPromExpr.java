package io.lambdascope.testkit.promql;

import io.lambdascope.labels.Labels;
import io.lambdascope.labels.Matcher;
import io.lambdascope.ql.SourceRange;
import io.lambdascope.ql.promql.PromChecker;
import io.lambdascope.ql.promql.PromExpr;
import io.lambdascope.ql.promql.PromExpr.AggregateOp;
import io.lambdascope.ql.promql.PromExpr.AtModifier;
import io.lambdascope.ql.promql.PromExpr.BinaryOp;
import io.lambdascope.ql.promql.PromExpr.Cardinality;
import io.lambdascope.ql.promql.PromExpr.Edges;
import io.lambdascope.ql.promql.PromExpr.Grouping;
import io.lambdascope.ql.promql.PromExpr.TimeShift;
import io.lambdascope.ql.promql.PromExpr.Type;
import io.lambdascope.ql.promql.PromExpr.VectorMatching;
import io.lambdascope.ql.promql.PromExpr.VectorSelector;
import io.lambdascope.ql.promql.PromFunction;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Makes PromQL trees from a seed: such as the parser could have made (brackets stand where precedence asks for
/// them), and whose types fit.
public final class RandomPromExpr {
    private static final SourceRange NOWHERE = SourceRange.NOWHERE;

    /// What takes ranges with extended edges.
    private static final Set<PromFunction> EXTENDED = EnumSet.of(
            PromFunction.RATE, PromFunction.INCREASE, PromFunction.DELTA, PromFunction.CHANGES, PromFunction.RESETS);

    private final RandomGenerator random;
    private final PromVocabulary words;
    private final List<String> labelNames;
    private final RandomDuration durations;

    private RandomPromExpr(RandomGenerator random, PromVocabulary words) {
        this.random = random;
        this.words = words;
        this.labelNames = words.labelNames();
        this.durations = new RandomDuration(random, words.longestMillis());
    }

    /// A whole query, of any type.
    public static PromExpr from(RandomGenerator random, PromVocabulary words) {
        RandomPromExpr of = new RandomPromExpr(random, words);
        int depth = random.nextInt(5);
        return switch (random.nextInt(10)) {
            case 0 -> of.string();
            case 1 -> of.matrix(depth);
            case 2, 3 -> of.scalar(depth);
            default -> of.vector(depth);
        };
    }

    private PromExpr expr(Type type, int depth) {
        return switch (type) {
            case SCALAR -> scalar(depth);
            case STRING -> string();
            case VECTOR -> vector(depth);
            case MATRIX -> matrix(depth);
        };
    }

    private PromExpr string() {
        return new PromExpr.StringLiteral(value() + value(), NOWHERE);
    }

    private String value() {
        return pick(pick(words.labels()).values());
    }

    private PromExpr labelName() {
        return random.nextInt(10) == 0 ? string() : new PromExpr.StringLiteral(pick(labelNames), NOWHERE);
    }

    private PromExpr scalar(int depth) {
        if (depth <= 0) {
            return number();
        }
        return switch (random.nextInt(6)) {
            case 0, 1 -> number();
            case 2 -> unary(scalar(depth - 1));
            case 3 -> new PromExpr.Paren(scalar(depth - 1), NOWHERE);
            case 4 -> call(Type.SCALAR, depth);
            default -> {
                BinaryOp op = pick(List.of(BinaryOp.values()).subList(0, BinaryOp.TRIM_UPPER.ordinal()));
                yield binary(op, scalar(depth - 1), scalar(depth - 1), op.isComparison(), null);
            }
        };
    }

    private PromExpr number() {
        double value = switch (random.nextInt(8)) {
            case 0 -> random.nextInt(100);
            case 1 -> -random.nextInt(100);
            case 2 -> random.nextDouble(-1, 1) * Math.pow(10, random.nextInt(-30, 30));
            case 3 -> pick(List.of(0.0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY));
            case 4 -> Double.longBitsToDouble(random.nextLong() & 0xbfffffffffffffffL);
            case 5 -> random.nextInt(101) / 100.0;
            default -> random.nextInt(10);
        };
        if (random.nextInt(6) == 0) {
            return new PromExpr.NumberLiteral(random.nextInt(-100_000, 100_000_000) / 1000.0, true, NOWHERE);
        }
        return new PromExpr.NumberLiteral(value, false, NOWHERE);
    }

    private PromExpr vector(int depth) {
        if (!words.idioms().isEmpty() && random.nextInt(5) == 0) {
            return closed(pick(words.idioms()));
        }
        if (depth <= 0) {
            return selector(true);
        }
        return switch (random.nextInt(9)) {
            case 0, 1 -> selector(true);
            case 2 -> unary(vector(depth - 1));
            case 3 -> new PromExpr.Paren(vector(depth - 1), NOWHERE);
            case 4, 5 -> call(Type.VECTOR, depth);
            case 6 -> aggregation(depth);
            default -> vectorBinary(depth);
        };
    }

    private PromExpr matrix(int depth) {
        if (depth <= 0 || random.nextBoolean()) {
            return new PromExpr.MatrixSelector(selector(true), durations.positive(), NOWHERE);
        }
        return new PromExpr.Subquery(
                closed(vector(depth - 1)),
                durations.positive(),
                random.nextBoolean() ? null : durations.positive(),
                shift(),
                NOWHERE);
    }

    private PromExpr unary(PromExpr input) {
        if (input instanceof PromExpr.NumberLiteral) {
            return input;
        }
        PromExpr operand = input instanceof PromExpr.Binary ? new PromExpr.Paren(input, NOWHERE) : input;
        return new PromExpr.Unary(random.nextBoolean(), operand, NOWHERE);
    }

    /// In brackets, unless nothing that follows could tear it apart.
    private static PromExpr closed(PromExpr expr) {
        return switch (expr) {
            case PromExpr.Binary _, PromExpr.Unary _, PromExpr.NumberLiteral _ -> new PromExpr.Paren(expr, NOWHERE);
            default -> expr;
        };
    }

    private PromExpr vectorBinary(int depth) {
        BinaryOp op = pick(List.of(BinaryOp.values()));
        PromExpr left = vector(depth - 1);
        PromExpr right = vector(depth - 1);
        if (!op.isSetOperator() && random.nextInt(3) == 0) {
            if (random.nextBoolean()) {
                left = scalar(depth - 1);
            } else {
                right = scalar(depth - 1);
            }
        }
        boolean vectors = PromChecker.typeOf(left) == Type.VECTOR && PromChecker.typeOf(right) == Type.VECTOR;
        boolean returnBool = op.isComparison() && random.nextBoolean();
        return binary(op, left, right, returnBool, vectors && random.nextBoolean() ? matching(op) : null);
    }

    private PromExpr binary(
            BinaryOp op, PromExpr left, PromExpr right, boolean returnBool, @Nullable VectorMatching matching) {
        return new PromExpr.Binary(op, leftOf(op, left), rightOf(right), returnBool, matching, NOWHERE);
    }

    private static PromExpr leftOf(BinaryOp op, PromExpr left) {
        if (op == BinaryOp.POW) {
            return closed(left);
        }
        boolean binds = !(left instanceof PromExpr.Binary binary) || precedence(binary.op()) >= precedence(op);
        return binds ? left : new PromExpr.Paren(left, NOWHERE);
    }

    private static PromExpr rightOf(PromExpr right) {
        return right instanceof PromExpr.Binary ? new PromExpr.Paren(right, NOWHERE) : right;
    }

    private static int precedence(BinaryOp op) {
        return switch (op) {
            case POW -> 6;
            case MUL, DIV, MOD, ATAN2 -> 5;
            case ADD, SUB -> 4;
            case EQL, NEQ, GTR, LSS, GTE, LTE, TRIM_UPPER, TRIM_LOWER -> 3;
            case AND, UNLESS -> 2;
            case OR -> 1;
        };
    }

    private VectorMatching matching(BinaryOp op) {
        boolean on = random.nextBoolean();
        List<String> labels = some(labelNames, on ? 0 : 1);
        boolean grouped = !op.isSetOperator() && random.nextInt(3) == 0;
        List<String> include = new ArrayList<>(grouped ? some(labelNames, 0) : List.of());
        include.removeAll(labels);
        boolean fills = !op.isSetOperator() && random.nextInt(3) == 0;
        return new VectorMatching(
                !grouped
                        ? Cardinality.ONE_TO_ONE
                        : random.nextBoolean() ? Cardinality.MANY_TO_ONE : Cardinality.ONE_TO_MANY,
                on,
                labels,
                List.copyOf(include),
                fills ? fill() : Optional.empty(),
                fills ? fill() : Optional.empty());
    }

    private Optional<Double> fill() {
        return random.nextInt(3) == 0
                ? Optional.empty()
                : Optional.of(pick(List.of(0.0, -1.5, Double.NaN, Double.NEGATIVE_INFINITY, 1e9)));
    }

    private PromExpr aggregation(int depth) {
        AggregateOp op = pick(List.of(AggregateOp.values()));
        PromExpr parameter =
                !op.hasParameter() ? null : op == AggregateOp.COUNT_VALUES ? labelName() : scalar(depth - 1);
        Grouping grouping =
                random.nextBoolean() ? Grouping.NONE : new Grouping(random.nextBoolean(), some(labelNames, 0));
        return new PromExpr.Aggregation(op, parameter, vector(depth - 1), grouping, NOWHERE);
    }

    private PromExpr call(Type returns, int depth) {
        PromFunction function;
        do {
            function = pick(List.of(PromFunction.values()));
        } while (function.returns() != returns);
        int most = Math.min(function.maxArguments(), function.minArguments() + 2);
        int count = random.nextInt(function.minArguments(), most + 1);
        List<PromExpr> args = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean labelsOfInfo = function == PromFunction.INFO && i == 1;
            if (function == PromFunction.DOUBLE_EXPONENTIAL_SMOOTHING && i > 0 && random.nextInt(4) > 0) {
                args.add(new PromExpr.NumberLiteral(random.nextInt(1, 100) / 100.0, false, NOWHERE));
            } else if (labelsOfInfo) {
                args.add(new VectorSelector(null, matchers(), TimeShift.NONE, Edges.PLAIN, NOWHERE));
            } else if (function.argument(i) == Type.STRING) {
                args.add(text(function, i));
            } else {
                PromExpr arg = expr(function.argument(i), depth - 1);
                boolean extended = EXTENDED.contains(function) && random.nextInt(3) == 0;
                args.add(extended && arg instanceof PromExpr.MatrixSelector range ? extended(range) : arg);
            }
        }
        return new PromExpr.Call(function, List.copyOf(args), NOWHERE);
    }

    private PromExpr extended(PromExpr.MatrixSelector range) {
        VectorSelector selector = range.selector();
        Edges edges = random.nextBoolean() ? Edges.ANCHORED : Edges.SMOOTHED;
        return new PromExpr.MatrixSelector(
                new VectorSelector(selector.name(), selector.matchers(), selector.shift(), edges, NOWHERE),
                range.range(),
                NOWHERE);
    }

    /// Most often what makes sense there: the name of a label, a replacement, a regex.
    private PromExpr text(PromFunction function, int argument) {
        if (function == PromFunction.LABEL_REPLACE && argument == 2) {
            return new PromExpr.StringLiteral(pick(List.of("$1", "x$1", "${1}y", "$$", "")) + value(), NOWHERE);
        }
        if (function == PromFunction.LABEL_REPLACE && argument == 4) {
            return new PromExpr.StringLiteral(pick(List.of("(.*)", "(.)(.*)", pick(words.regexes()))), NOWHERE);
        }
        return function == PromFunction.LABEL_JOIN && argument == 2 ? string() : labelName();
    }

    private VectorSelector selector(boolean shifted) {
        List<Matcher> matchers = new ArrayList<>();
        String name = random.nextInt(4) == 0 ? null : pick(words.metrics());
        matchers.add(name != null ? Matcher.equal(Labels.NAME, name) : Matcher.equal(Labels.NAME, "utf8.name"));
        for (Matcher matcher : matchers()) {
            if (name == null || !matcher.name().equals(Labels.NAME)) {
                matchers.add(matcher);
            }
        }
        Edges edges = random.nextInt(8) == 0 ? pick(List.of(Edges.values())) : Edges.PLAIN;
        return new VectorSelector(name, List.copyOf(matchers), shifted ? shift() : TimeShift.NONE, edges, NOWHERE);
    }

    private List<Matcher> matchers() {
        List<Matcher> matchers = new ArrayList<>();
        for (int i = Math.max(0, random.nextInt(-2, 4)); i > 0; i--) {
            PromVocabulary.Label label = pick(words.labels());
            Matcher.Op op = pick(List.of(Matcher.Op.values()));
            boolean regex = op == Matcher.Op.REGEX || op == Matcher.Op.NOT_REGEX;
            matchers.add(Matcher.of(label.name(), op, pick(regex ? words.regexes() : label.values())));
        }
        return List.copyOf(matchers);
    }

    private TimeShift shift() {
        if (random.nextInt(3) != 0) {
            return TimeShift.NONE;
        }
        AtModifier at = switch (random.nextInt(5)) {
            case 0 -> new AtModifier.Start();
            case 1 -> new AtModifier.End();
            case 2 -> new AtModifier.Fixed(random.nextLong(words.fromMillis(), words.untilMillis()));
            default -> null;
        };
        return new TimeShift(durations.offset(), at);
    }

    private List<String> some(List<String> from, int atLeast) {
        List<String> chosen = new ArrayList<>();
        for (String item : from) {
            if (random.nextInt(4) == 0) {
                chosen.add(item);
            }
        }
        if (chosen.size() < atLeast) {
            chosen.add(pick(from));
        }
        return List.copyOf(chosen);
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}

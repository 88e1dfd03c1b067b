package io.lambdascope.wire.otlp.metrics;

import static io.lambdascope.wire.ProtoReader.LENGTH;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.labels.Labels;
import io.lambdascope.limits.OtlpSettings.TranslationStrategy;
import io.lambdascope.model.SymbolTable;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.wire.ProtoReader;
import io.lambdascope.wire.otlp.AnyValueText;
import io.lambdascope.wire.otlp.Attribute;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Makes the labels of series out of the attributes of data points, one point after the other.
///
/// A label is the first of: the metric's name, the extra label of a bucket or quantile, what is fixed for the scope
/// (`job`, `instance`, its own name …), the point's attributes, promoted resource attributes. Attributes whose names
/// become the same give one label: their values, in the order of their keys, with `;` between.
final class PointLabels {
    /*
     * Neighbouring points mostly have the same attributes with few other values. So the bytes of each attribute are
     * compared with those at its place in the point before, and only one that differs is looked at; and which labels
     * there are in which order is found out once for each sequence of keys.
     */
    private static final int KEY = 1 << 3 | LENGTH;
    private static final int VALUE = 2 << 3 | LENGTH;

    /// Some ten times what an honest request of 32 MB unfolds to; a point of a few bytes may have many fixed labels.
    private static final int MAX_LABELS = 16 << 20;

    private static final int MAX_PLANS = 4096;

    private final MetricsBatch batch;
    private final SymbolTable symbols;
    private final TranslationStrategy strategy;
    private final int metricName;
    private final int empty;

    private final SymbolTable keys = new SymbolTable();
    private int[] labelOfKey = new int[64];

    private int[] above = {};
    private int[] below = {};
    private int firstAttribute = LabelPlan.FIRST_FIXED;
    private int[] values = new int[64];

    private int attributes;
    private int[] pointKeys = new int[32];
    private int[] placeFrom = new int[32];
    private int[] placeLength = new int[32];
    private int[] placeKey = new int[32];
    private int[] placeValue = new int[32];

    private final Map<PlanKey, LabelPlan> plans = new HashMap<>();
    private @Nullable PlanKey lastKey;
    private @Nullable LabelPlan lastPlan;
    /// the plan whose joined values of this point are there
    private @Nullable LabelPlan joined;
    private long labels;

    /// What a plan depends on, as long as the fixed labels have the same names.
    private record PlanKey(int[] keys, int extra) {
        boolean is(int[] otherKeys, int count, int otherExtra) {
            return extra == otherExtra && Arrays.equals(keys, 0, keys.length, otherKeys, 0, count);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof PlanKey that && is(that.keys, that.keys.length, that.extra);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(keys) + extra;
        }
    }

    PointLabels(MetricsBatch batch, TranslationStrategy strategy) {
        this.batch = batch;
        this.symbols = batch.symbols();
        this.strategy = strategy;
        this.metricName = symbols.intern(Labels.NAME);
        this.empty = symbols.intern("");
    }

    /// Sets the labels that all following series have.
    ///
    /// @param winning name of label and value; a later one wins over an earlier one, all win over attributes
    /// @param losing name of label and value; attributes win over them, an earlier one over a later one
    void fix(List<Attribute> winning, List<Attribute> losing) {
        int[] aboveNames = names(winning);
        int[] belowNames = names(losing);
        if (!Arrays.equals(above, aboveNames) || !Arrays.equals(below, belowNames)) {
            above = aboveNames;
            below = belowNames;
            plans.clear();
            lastKey = null;
        }
        firstAttribute = LabelPlan.FIRST_FIXED;
        for (List<Attribute> fixed : List.of(winning, losing)) {
            for (Attribute label : fixed) {
                value(firstAttribute++, symbols.intern(label.value()));
            }
        }
    }

    private int[] names(List<Attribute> fixed) {
        return fixed.stream().mapToInt(label -> symbols.intern(label.key())).toArray();
    }

    /// Begins the next point.
    void clear() {
        attributes = 0;
        joined = null;
    }

    /// Adds the attribute (`KeyValue`) that begins here.
    void read(ProtoReader in) {
        int outer = in.enter();
        int from = in.position();
        int length = in.end() - from;
        int place = attributes;
        Attribute.checkCount(place);
        reserve(place);
        byte[] bytes = in.bytes();
        int before = placeFrom[place];
        boolean asBefore = placeLength[place] == length
                && Arrays.equals(bytes, from, from + length, bytes, before, before + length);
        if (!asBefore || length == 0) {
            readParts(in, place);
            placeLength[place] = length;
        }
        placeFrom[place] = from;
        in.leave(outer);
        add(placeKey[place], placeValue[place]);
    }

    private void readParts(ProtoReader in, int place) {
        int key = -1;
        int value = empty;
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case KEY -> {
                    int length = in.length();
                    in.skip(length);
                    key = keys.intern(in.bytes(), in.position() - length, length);
                }
                case VALUE -> value = readValue(in);
                default -> in.skipField(tag);
            }
        }
        placeKey[place] = key < 0 ? keys.intern("") : key;
        placeValue[place] = value;
    }

    private int readValue(ProtoReader in) {
        int outer = in.enter();
        int from = in.position();
        int symbol = empty;
        if (in.tag() == AnyValueText.STRING) {
            int length = in.length();
            in.skip(length);
            symbol = symbols.intern(in.bytes(), in.position() - length, length);
        }
        if (in.position() < in.end()) {
            in.moveTo(from);
            symbol = symbols.intern(AnyValueText.of(in));
        }
        in.leave(outer);
        return symbol;
    }

    /// Adds an attribute that does not stand in the request as such.
    void add(Attribute attribute) {
        reserve(attributes);
        placeLength[attributes] = 0;
        add(keys.intern(attribute.key()), symbols.intern(attribute.value()));
    }

    private void add(int key, int value) {
        pointKeys[attributes] = key;
        value(firstAttribute + attributes, value);
        attributes++;
    }

    private void reserve(int place) {
        if (place == pointKeys.length) {
            pointKeys = Arrays.copyOf(pointKeys, 2 * place);
            placeFrom = Arrays.copyOf(placeFrom, 2 * place);
            placeLength = Arrays.copyOf(placeLength, 2 * place);
            placeKey = Arrays.copyOf(placeKey, 2 * place);
            placeValue = Arrays.copyOf(placeValue, 2 * place);
        }
    }

    private void value(int number, int symbol) {
        if (number >= values.length) {
            values = Arrays.copyOf(values, Math.max(number + 1, 2 * values.length));
        }
        values[number] = symbol;
    }

    /// Begins a series of the point in the batch. Labels without a value are left out.
    ///
    /// @return the series' number
    int startSeries(int name) {
        return startSeries(name, LabelPlan.NO_LABEL, empty);
    }

    /// As above, with one more label.
    int startSeries(int name, int extraName, int extraValue) {
        LabelPlan plan = plan(extraName);
        values[LabelPlan.METRIC_NAME] = name;
        values[LabelPlan.EXTRA] = extraValue;
        if (joined != plan) {
            for (int i = 0; i < plan.joins().length; i++) {
                value(firstAttribute + attributes + i, join(plan.joins()[i]));
            }
            joined = plan;
        }
        labels += plan.names().length;
        if (labels > MAX_LABELS) {
            throw new Fault(
                    FaultKind.TOO_LARGE,
                    "the request unfolds to series with more than %d labels; send smaller batches"
                            .formatted(MAX_LABELS));
        }
        int series = batch.startSeries();
        int[] names = plan.names();
        int[] numbers = plan.values();
        for (int i = 0; i < names.length; i++) {
            int value = values[numbers[i]];
            if (value != empty) {
                batch.addLabel(names[i], value);
            }
        }
        return series;
    }

    private int join(int[] numbers) {
        StringJoiner joined = new StringJoiner(";");
        for (int number : numbers) {
            joined.add(symbols.text(values[number]));
        }
        return symbols.intern(joined.toString());
    }

    private LabelPlan plan(int extra) {
        LabelPlan plan = lastPlan;
        if (plan == null || lastKey == null || !lastKey.is(pointKeys, attributes, extra)) {
            if (plans.size() == MAX_PLANS) {
                plans.clear();
            }
            lastKey = new PlanKey(Arrays.copyOf(pointKeys, attributes), extra);
            plan = plans.computeIfAbsent(lastKey, key -> newPlan(key.extra()));
            lastPlan = plan;
        }
        return plan;
    }

    private LabelPlan newPlan(int extra) {
        int[] byKey = IntStream.range(0, attributes)
                .boxed()
                .sorted(Comparator.comparing(i -> pointKeys[i], keys::compare))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] labelNames = Arrays.stream(byKey).map(i -> label(pointKeys[i])).toArray();
        int[] numbers = Arrays.stream(byKey).map(i -> firstAttribute + i).toArray();
        return LabelPlan.of(symbols, metricName, extra, above, below, labelNames, numbers);
    }

    /// The symbol of the label that an attribute becomes.
    private int label(int key) {
        if (key >= labelOfKey.length) {
            labelOfKey = Arrays.copyOf(labelOfKey, Math.max(key + 1, 2 * labelOfKey.length));
        }
        if (labelOfKey[key] == 0) {
            labelOfKey[key] = symbols.intern(LabelNames.of(keys.text(key), strategy)) + 1;
        }
        return labelOfKey[key] - 1;
    }
}

package io.lambdascope.exec.metrics;

import com.google.re2j.Pattern;
import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.labels.Labels;
import io.lambdascope.labels.Matcher;
import io.lambdascope.model.metrics.SeriesSamples;
import io.lambdascope.model.metrics.StaleMarker;
import io.lambdascope.plan.metrics.TimeFrame;
import io.lambdascope.ql.promql.PromExpr;
import io.lambdascope.ql.promql.PromExpr.Call;
import io.lambdascope.ql.promql.PromExpr.Subquery;
import io.lambdascope.ql.promql.PromExpr.VectorSelector;
import io.lambdascope.ql.promql.PromWalk;
import io.lambdascope.time.StepGrid;
import io.lambdascope.vector.SameLabels;
import io.lambdascope.vector.StepSeries;
import io.lambdascope.vector.StepWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// `info(v, {selector})`: adds to each series the labels of the info metrics that belong to the same target,
/// which is told by the labels `instance` and `job` (prometheus `promql/info.go`).
final class InfoCall {
    private static final List<String> IDENTIFYING = List.of("instance", "job");
    private static final String DEFAULT_NAME = "target_info";
    private static final String ANY_INFO_NAME = ".+_info";
    private static final long NOWHERE = Long.MIN_VALUE;

    private final Evaluation evaluation;
    private final StepGrid grid;

    /// An info series: when its newest sample was taken, per step; [#NOWHERE] for none.
    private record InfoSeries(Labels labels, long[] takenAt, boolean @Nullable [] histogram) {}

    InfoCall(Evaluation evaluation, StepGrid grid) {
        this.evaluation = evaluation;
        this.grid = grid;
    }

    Value.Vector call(Call call) {
        List<StepSeries> base = evaluation.vector(call.args().getFirst(), grid);
        List<Matcher> nameMatchers = new ArrayList<>();
        List<Matcher> dataMatchers = new ArrayList<>();
        if (call.args().size() > 1) {
            for (Matcher matcher :
                    ((VectorSelector) Evaluation.withoutParens(call.args().get(1))).matchers()) {
                (matcher.name().equals(Labels.NAME) ? nameMatchers : dataMatchers).add(matcher);
            }
        }
        if (nameMatchers.isEmpty()) {
            nameMatchers.add(Matcher.equal(Labels.NAME, DEFAULT_NAME));
        } else if (nameMatchers.stream().noneMatch(InfoCall::isPositive)) {
            nameMatchers.add(Matcher.of(Labels.NAME, Matcher.Op.REGEX, ANY_INFO_NAME));
        }
        List<StepSeries> enriched = new ArrayList<>();
        List<StepSeries> result = new ArrayList<>();
        for (StepSeries series : base) {
            boolean isInfo = nameMatchers.stream().allMatch(matcher -> matcher.matches(series.labels()));
            (isInfo ? result : enriched).add(series);
        }
        Map<Labels, Map<String, List<InfoSeries>>> infos = read(call, enriched, nameMatchers, dataMatchers);
        Set<String> wanted = new HashSet<>();
        dataMatchers.forEach(matcher -> wanted.add(matcher.name()));
        boolean required = !dataMatchers.stream().allMatch(Matcher::matchesEmpty);
        for (StepSeries series : enriched) {
            evaluation.budget.checkDeadline();
            result.addAll(enrich(series, infos.getOrDefault(identity(series.labels()), Map.of()), wanted, required));
        }
        return new Value.Vector(SameLabels.merge(result));
    }

    private static boolean isPositive(Matcher matcher) {
        return matcher.op() == Matcher.Op.EQUAL || matcher.op() == Matcher.Op.REGEX;
    }

    private static Labels identity(Labels labels) {
        return labels.filter(IDENTIFYING::contains);
    }

    /// The info series of the targets of `base`, by target and name.
    private Map<Labels, Map<String, List<InfoSeries>>> read(
            Call call, List<StepSeries> base, List<Matcher> nameMatchers, List<Matcher> dataMatchers) {
        List<Matcher> matchers = new ArrayList<>(nameMatchers);
        matchers.addAll(dataMatchers);
        boolean identified = false;
        Set<Labels> targets = new HashSet<>();
        base.forEach(series -> targets.add(identity(series.labels())));
        for (String name : IDENTIFYING) {
            Set<String> values = new LinkedHashSet<>();
            targets.forEach(target -> values.add(target.get(name)));
            values.remove("");
            if (!values.isEmpty()) {
                identified = true;
                matchers.add(oneOf(name, values));
            }
        }
        Map<Labels, Map<String, List<InfoSeries>>> infos = new HashMap<>();
        if (!identified) {
            return infos;
        }
        long[] moments = moments(call.args().getFirst());
        long lookback = evaluation.settings.lookbackMillis();
        long first = Arrays.stream(moments).min().orElseThrow();
        long last = Arrays.stream(moments).max().orElseThrow();
        evaluation.reads.forEach(matchers, first - lookback + 1, last, (labels, samples) -> {
            Labels target = identity(labels);
            if (targets.contains(target)) {
                evaluation.budget.hold(grid.steps());
                infos.computeIfAbsent(target, key -> new TreeMap<>())
                        .computeIfAbsent(labels.metricName(), key -> new ArrayList<>())
                        .add(infoSeries(labels, samples, moments, lookback));
            }
        });
        return infos;
    }

    private static Matcher oneOf(String name, Set<String> values) {
        if (values.size() == 1) {
            return Matcher.equal(name, values.iterator().next());
        }
        StringBuilder regex = new StringBuilder();
        for (String value : values) {
            regex.append(regex.isEmpty() ? "" : "|").append(Pattern.quote(value));
        }
        return Matcher.of(name, Matcher.Op.REGEX, regex.toString());
    }

    /// When info series are looked at, per step: as `@` and `offset` of the first selector and of the subqueries
    /// around it say.
    private long[] moments(PromExpr expr) {
        List<PromExpr> path = new ArrayList<>();
        findSelector(expr, path);
        long[] moments = new long[grid.steps()];
        for (int step = 0; step < moments.length; step++) {
            long moment = grid.atMillis(step);
            for (PromExpr node : path) {
                TimeFrame.Reference reference = switch (node) {
                    case VectorSelector selector -> evaluation.frame.reference(selector.shift());
                    case Subquery subquery -> evaluation.frame.reference(subquery.shift());
                    default -> throw new IllegalStateException("no shift: " + node);
                };
                moment = (reference.fixed() == null ? moment : reference.fixed()) - reference.offsetMillis();
            }
            moments[step] = moment;
        }
        return moments;
    }

    private static boolean findSelector(PromExpr expr, List<PromExpr> path) {
        boolean shifts = expr instanceof VectorSelector || expr instanceof Subquery;
        if (shifts) {
            path.add(expr);
        }
        if (expr instanceof VectorSelector) {
            return true;
        }
        for (PromExpr child : PromWalk.children(expr)) {
            if (findSelector(child, path)) {
                return true;
            }
        }
        if (shifts) {
            path.removeLast();
        }
        return false;
    }

    private static InfoSeries infoSeries(Labels labels, SeriesSamples samples, long[] moments, long lookback) {
        long[] takenAt = new long[moments.length];
        boolean[] histogram = samples.hasHistograms() ? new boolean[moments.length] : null;
        for (int step = 0; step < moments.length; step++) {
            int behind = Arrays.binarySearch(samples.timestamps(), 0, samples.size(), moments[step]);
            int newest = behind >= 0 ? behind : -behind - 2;
            boolean there = newest >= 0
                    && samples.timestamp(newest) > moments[step] - lookback
                    && !StaleMarker.isStale(samples.value(newest));
            takenAt[step] = there ? samples.timestamp(newest) : NOWHERE;
            if (there && histogram != null) {
                histogram[step] = samples.histogram(newest) != null;
            }
        }
        return new InfoSeries(labels, takenAt, histogram);
    }

    /// `series` with the labels it gets, which may be others at other steps.
    private List<StepSeries> enrich(
            StepSeries series, Map<String, List<InfoSeries>> byName, Set<String> wanted, boolean required) {
        if (byName.isEmpty()) {
            return required ? List.of() : List.of(series);
        }
        Map<List<InfoSeries>, StepWriter> writers = new LinkedHashMap<>();
        for (int step = 0; step < grid.steps(); step++) {
            if (!series.has(step)) {
                continue;
            }
            List<InfoSeries> found = new ArrayList<>();
            for (List<InfoSeries> same : byName.values()) {
                InfoSeries newest = newest(same, step);
                if (newest != null) {
                    found.add(newest);
                }
            }
            if (found.isEmpty() && required) {
                continue;
            }
            writers.computeIfAbsent(found, key -> {
                        evaluation.budget.hold(grid.steps());
                        return new StepWriter(grid.steps());
                    })
                    .copy(step, series);
        }
        List<StepSeries> result = new ArrayList<>();
        writers.forEach((found, writer) ->
                result.add(writer.finish(labels(series.labels(), found, wanted), series.dropName())));
        return result;
    }

    private static @Nullable InfoSeries newest(List<InfoSeries> same, int step) {
        InfoSeries newest = null;
        for (InfoSeries info : same) {
            if (info.takenAt[step] == NOWHERE) {
                continue;
            }
            if (info.histogram != null && info.histogram[step]) {
                throw new Fault(FaultKind.EXECUTION, "info sample should be float");
            }
            if (newest != null && newest.takenAt[step] == info.takenAt[step]) {
                throw new Fault(
                        FaultKind.EXECUTION,
                        "found duplicate series for info metric: existing %s @ %d, new %s @ %d"
                                .formatted(newest.labels, newest.takenAt[step], info.labels, info.takenAt[step]));
            }
            if (newest == null || newest.takenAt[step] < info.takenAt[step]) {
                newest = info;
            }
        }
        return newest;
    }

    private static Labels labels(Labels base, List<InfoSeries> found, Set<String> wanted) {
        Labels.Builder added = new Labels.Builder();
        for (InfoSeries info : found) {
            info.labels.forEach((name, value) -> {
                if (name.equals(Labels.NAME) || !wanted.isEmpty() && !wanted.contains(name)) {
                    return;
                }
                String before = added.get(name);
                if (before != null && !before.equals(value)) {
                    throw new Fault(FaultKind.EXECUTION, "conflicting label: " + name);
                }
                if (!base.has(name)) {
                    added.set(name, value);
                }
            });
        }
        Labels.Builder all = base.toBuilder();
        added.build().forEach(all::set);
        return all.build();
    }
}

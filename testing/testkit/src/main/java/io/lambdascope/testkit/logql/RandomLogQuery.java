package io.lambdascope.testkit.logql;

import java.util.List;
import java.util.SplittableRandom;

/// Random queries over [io.lambdascope.testkit.logs.RandomLogs].
public final class RandomLogQuery {
    private static final List<String> SELECTORS =
            List.of("{app=~\".+\"}", "{app=\"shop\"}", "{app=\"bank\", pod!=\"p1\"}", "{env=\"prod\"}");

    /// Stages that leave no line with an error, and of a stream's labels different ones.
    private static final List<String> STAGES = List.of(
            "",
            "",
            " |= \"checkout\"",
            " != \"GET\" |~ \"o.*r\"",
            " | detected_level=\"error\"",
            " | drop pod",
            " | keep app, detected_level",
            " |= \"order\" | logfmt | order > 10",
            " | logfmt | drop msg, order, trace_id | detected_level!=\"\"");

    private static final List<String> COUNTING =
            List.of("count_over_time", "rate", "bytes_over_time", "bytes_rate", "absent_over_time");

    /// Those that may be grouped come first.
    private static final List<String> UNWRAPPING = List.of(
            "avg_over_time",
            "min_over_time",
            "max_over_time",
            "stddev_over_time",
            "stdvar_over_time",
            "first_over_time",
            "last_over_time",
            "sum_over_time",
            "rate");

    private static final int GROUPED = 7;

    private static final List<String> RANGES =
            List.of("[1s]", "[4m]", "[10m]", "[1h]", "[10m] offset 5m", "[7m] offset -3m");

    private static final List<String> AGGREGATIONS = List.of(
            "sum(%s)",
            "sum by (app) (%s)",
            "sum without (pod, trace_id) (%s)",
            "avg by (app) (%s)",
            "max without (trace_id) (%s)",
            "min(%s)",
            "count by (env) (%s)",
            "stddev(%s)",
            "topk(2, %s)",
            "bottomk by (app) (1, %s)",
            "sort_desc(%s)",
            "%s");

    private final SplittableRandom random;

    public RandomLogQuery(SplittableRandom random) {
        this.random = random;
    }

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    /// A query that yields lines.
    public String lines() {
        return one(SELECTORS) + one(STAGES);
    }

    /// A query that yields numbers.
    public String numbers() {
        return switch (random.nextInt(5)) {
            case 0 -> aggregated() + " / on (app) group_left sum by (app) (count_over_time({app=~\".+\"}[10m]))";
            case 1 -> aggregated() + " or on () vector(0)";
            case 2 -> aggregated() + " > bool 2";
            default -> aggregated();
        };
    }

    private String aggregated() {
        return one(AGGREGATIONS).formatted(ranged());
    }

    private String ranged() {
        String grouping =
                random.nextBoolean() ? "" : random.nextBoolean() ? " by (app)" : " without (pod, trace_id, msg)";
        return switch (random.nextInt(4)) {
            case 0 ->
                "%s(%s |= \"order\" | logfmt | unwrap order %s)%s"
                        .formatted(one(UNWRAPPING.subList(0, GROUPED)), one(SELECTORS), one(RANGES), grouping);
            case 1 ->
                "%s(%s |= \"order\" | logfmt | drop msg, trace_id | unwrap order %s)"
                        .formatted(one(UNWRAPPING), one(SELECTORS), one(RANGES));
            case 2 ->
                "quantile_over_time(0.%d, %s |= \"took\" | json | unwrap took %s)%s"
                        .formatted(random.nextInt(1, 10), one(SELECTORS), one(RANGES), grouping);
            default -> "%s(%s%s %s)".formatted(one(COUNTING), one(SELECTORS), one(STAGES), one(RANGES));
        };
    }
}

package io.lambdascope.api.prometheus;

import io.lambdascope.ql.promql.PromExpr.AggregateOp;
import io.lambdascope.ql.promql.PromExpr.BinaryOp;
import io.lambdascope.ql.promql.PromFunction;
import java.util.SortedMap;
import java.util.TreeMap;

/// What we can do, by Prometheus' names for it (prometheus `util/features`, `cmd/prometheus/testdata/features.json`):
/// category to feature to whether we have it. Categories of what a Prometheus does beside answering (scraping, service
/// discovery) are left out.
final class Features {
    private final SortedMap<String, SortedMap<String, Boolean>> categories = new TreeMap<>();

    private Features() {
        with(
                "api",
                "admin",
                "exclude_alerts",
                "label_values_match",
                "query_stats",
                "query_warnings",
                "remote_write_receiver",
                "time_range_labels",
                "time_range_series");
        without("api", "lifecycle", "openapi_3.1", "openapi_3.2", "otlp_write_receiver");
        with("prometheus", "server_mode");
        without("prometheus", "agent_mode", "auto_reload_config");
        with(
                "promql",
                "anchored",
                "at_modifier",
                "bool",
                "by",
                "duration_expr",
                "fill",
                "fill_left",
                "fill_right",
                "group_left",
                "group_right",
                "ignoring",
                "negative_offset",
                "offset",
                "on",
                "per_query_lookback_delta",
                "per_step_stats",
                "smoothed",
                "subqueries",
                "without");
        without("promql", "delayed_name_removal", "type_and_unit_labels", "use_start_timestamps");
        for (PromFunction function : PromFunction.values()) {
            with("promql_functions", function.text());
        }
        with("promql_operators", "=~", "!~", "@");
        for (BinaryOp op : BinaryOp.values()) {
            with("promql_operators", op.text());
        }
        for (AggregateOp op : AggregateOp.values()) {
            with("promql_operators", op.text());
        }
        with("tsdb", "exemplar_storage", "isolation", "native_histograms");
    }

    static SortedMap<String, SortedMap<String, Boolean>> all() {
        return new Features().categories;
    }

    private void with(String category, String... features) {
        put(category, true, features);
    }

    private void without(String category, String... features) {
        put(category, false, features);
    }

    private void put(String category, boolean has, String... features) {
        for (String feature : features) {
            categories.computeIfAbsent(category, _ -> new TreeMap<>()).put(feature, has);
        }
    }
}

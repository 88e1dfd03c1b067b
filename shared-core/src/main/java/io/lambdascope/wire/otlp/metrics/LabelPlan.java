package io.lambdascope.wire.otlp.metrics;

import io.lambdascope.model.SymbolTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Which labels a series has, in their order, and where the value of each is found, for all data points with the same
/// attribute keys. Values are found by their number: the name of the metric, the extra label (`le`, `quantile`), fixed
/// labels, then attributes, then values joined of several attributes.
///
/// @param names symbols of label names, sorted
/// @param values the number of the value of each
/// @param joins for each joined value, the numbers of the values it is made of
record LabelPlan(int[] names, int[] values, int[][] joins) {
    static final int METRIC_NAME = 0;
    static final int EXTRA = 1;
    static final int FIRST_FIXED = 2;

    static final int NO_LABEL = -1;

    /// @param metricName the symbol of `__name__`
    /// @param extra the symbol of the extra label's name, [#NO_LABEL] if there is none
    /// @param above names of fixed labels that win over attributes; a later one over an earlier one
    /// @param below names of fixed labels that attributes win over; an earlier one over a later one
    /// @param attributes label names of the attributes, sorted by their keys
    /// @param attributeValues numbers of their values
    static LabelPlan of(
            SymbolTable symbols,
            int metricName,
            int extra,
            int[] above,
            int[] below,
            int[] attributes,
            int[] attributeValues) {
        Map<Integer, List<Integer>> sources = new TreeMap<>(symbols::compare);
        int firstBelow = FIRST_FIXED + above.length;
        for (int i = 0; i < attributes.length; i++) {
            sources.computeIfAbsent(attributes[i], _ -> new ArrayList<>()).add(attributeValues[i]);
        }
        for (int i = 0; i < below.length; i++) {
            sources.putIfAbsent(below[i], List.of(firstBelow + i));
        }
        for (int i = 0; i < above.length; i++) {
            sources.put(above[i], List.of(FIRST_FIXED + i));
        }
        if (extra != NO_LABEL) {
            sources.put(extra, List.of(EXTRA));
        }
        sources.put(metricName, List.of(METRIC_NAME));
        return of(sources, firstBelow + below.length + attributes.length);
    }

    private static LabelPlan of(Map<Integer, List<Integer>> sources, int firstJoin) {
        int[] names = new int[sources.size()];
        int[] values = new int[sources.size()];
        List<int[]> joins = new ArrayList<>();
        int n = 0;
        for (Map.Entry<Integer, List<Integer>> entry : sources.entrySet()) {
            names[n] = entry.getKey();
            values[n] = entry.getValue().getFirst();
            if (entry.getValue().size() > 1) {
                values[n] = firstJoin + joins.size();
                joins.add(entry.getValue().stream().mapToInt(Integer::intValue).toArray());
            }
            n++;
        }
        return new LabelPlan(names, values, joins.toArray(int[][]::new));
    }
}

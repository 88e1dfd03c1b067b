package io.lambdascope.vector;

import io.lambdascope.labels.LabelText;
import io.lambdascope.labels.Labels;
import java.util.StringJoiner;

/// The labels that say what a metric is: they go when an operation makes something else of it.
public final class ReservedLabels {
    private ReservedLabels() {}

    public static boolean isReserved(String name) {
        return name.equals(Labels.NAME) || name.equals("__type__") || name.equals("__unit__");
    }

    public static Labels drop(Labels labels) {
        return labels.filter(name -> !isReserved(name));
    }

    /// As Prometheus writes labels in messages: all of them inside braces, the name among them.
    public static String braced(Labels labels) {
        StringJoiner out = new StringJoiner(", ", "{", "}");
        labels.forEach((name, value) -> {
            String shown = LabelText.isPlainLabelName(name) ? name : LabelText.quote(name);
            out.add(shown + "=" + LabelText.quote(value));
        });
        return out.toString();
    }
}

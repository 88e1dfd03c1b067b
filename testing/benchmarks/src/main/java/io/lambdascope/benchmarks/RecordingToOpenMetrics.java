package io.lambdascope.benchmarks;

import io.lambdascope.labels.Labels;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Writes the recording that [BlockSize] measures as OpenMetrics text, for `promtool tsdb create-blocks-from
/// openmetrics`. Argument: `real` or `jittered`.
public final class RecordingToOpenMetrics {
    private RecordingToOpenMetrics() {}

    public static void main(String[] args) throws IOException {
        Recording recording = Recording.real();
        if (args.length != 1 || !(args[0].equals("real") || args[0].equals("jittered"))) {
            throw new IllegalArgumentException("wanted: real or jittered");
        }
        if (args[0].equals("jittered")) {
            recording = recording.withJitter(50, 1);
        }
        try (PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8)) {
            for (Recording.Series series : recording.series()) {
                String name = text(series.labels());
                for (int i = 0; i < series.times().length; i++) {
                    long time = series.times()[i];
                    out.print("%s %s %d.%03d\n".formatted(name, value(series.values()[i]), time / 1000, time % 1000));
                }
            }
            out.print("# EOF\n");
        }
    }

    private static String text(Labels labels) {
        StringBuilder text = new StringBuilder(labels.metricName()).append('{');
        labels.without(Labels.NAME).forEach((name, value) -> {
            text.append(text.charAt(text.length() - 1) == '{' ? "" : ",");
            text.append(name).append("=\"");
            text.append(value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"));
            text.append('"');
        });
        return text.append('}').toString();
    }

    private static String value(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        return Double.toString(value).toLowerCase(Locale.ROOT);
    }
}

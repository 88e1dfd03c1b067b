package io.lambdascope.benchmarks;

import io.lambdascope.labels.Labels;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
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
        write(recording, System.out);
    }

    /// Series by series, as `promtool tsdb create-blocks-from openmetrics` reads it. Closes `to`.
    public static void write(Recording recording, OutputStream to) {
        try (PrintStream out = new PrintStream(new BufferedOutputStream(to, 1 << 16), false, StandardCharsets.UTF_8)) {
            for (Recording.Series series : recording.series()) {
                String name = text(series.labels());
                for (int i = 0; i < series.times().length; i++) {
                    long time = series.times()[i];
                    out.append(name)
                            .append(' ')
                            .append(value(series.values()[i]))
                            .append(' ');
                    out.append(Long.toString(time / 1000)).append('.');
                    out.append(Long.toString(1000 + time % 1000), 1, 4).append('\n');
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

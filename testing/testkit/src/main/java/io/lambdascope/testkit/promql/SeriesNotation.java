package io.lambdascope.testkit.promql;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.StaleMarker;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Series lines of scripts: `name{label="v"} 1 2+3x4 _ stale {{count:1}}`.
public final class SeriesNotation {
    private static final Pattern ITEM = Pattern.compile(
            "(_|(?i:stale)|" + ScriptNumber.PATTERN + ")(?:([+-])(" + ScriptNumber.PATTERN + "))?(?:x([0-9]{1,6}))?");
    private static final Pattern TIMES = Pattern.compile("x([0-9]{1,6})");
    private static final String WHITE = " \t";

    private final String line;
    private int at;

    private SeriesNotation(String line) {
        this.line = line;
    }

    /// A series with what stands at each step.
    public record SeriesLine(Labels labels, List<ScriptValue> values) {}

    static SeriesLine parse(String line) {
        SeriesNotation notation = new SeriesNotation(line);
        Labels labels = notation.series();
        if (notation.at < line.length() && WHITE.indexOf(line.charAt(notation.at)) < 0) {
            throw notation.unexpected("a blank between series and values");
        }
        return new SeriesLine(labels, notation.values());
    }

    /// The labels of a text that is a series and nothing else.
    static Labels parseSeries(String text) {
        SeriesNotation notation = new SeriesNotation(text);
        Labels labels = notation.series();
        if (notation.at != text.length()) {
            throw notation.unexpected("the end of the series");
        }
        return labels;
    }

    private ScriptException unexpected(String wanted) {
        return new ScriptException("%s should stand at column %d of: %s".formatted(wanted, at + 1, line));
    }

    private boolean peek(String text) {
        return line.startsWith(text, at);
    }

    private void skipBlanks() {
        while (at < line.length() && WHITE.indexOf(line.charAt(at)) >= 0) {
            at++;
        }
    }

    private void take(char wanted) {
        skipBlanks();
        if (!peek(String.valueOf(wanted))) {
            throw unexpected("'" + wanted + "'");
        }
        at++;
    }

    private Labels series() {
        Labels.Builder labels = new Labels.Builder();
        String name = identifier(true);
        if (!name.isEmpty()) {
            labels.set(Labels.NAME, name);
        }
        int behindName = at;
        skipBlanks();
        if (!peek("{") || peek("{{")) {
            if (name.isEmpty()) {
                throw unexpected("a series");
            }
            at = behindName;
            return labels.build();
        }
        take('{');
        skipBlanks();
        while (!peek("}")) {
            label(labels);
            skipBlanks();
            if (!peek("}")) {
                take(',');
                skipBlanks();
            }
        }
        take('}');
        return labels.build();
    }

    private void label(Labels.Builder labels) {
        boolean quoted = at < line.length() && "\"'`".indexOf(line.charAt(at)) >= 0;
        String name = quoted ? string() : identifier(false);
        skipBlanks();
        if (name.isEmpty()) {
            throw unexpected("a label name");
        }
        String value = name;
        if (quoted && !peek("=")) {
            name = Labels.NAME;
        } else {
            take('=');
            skipBlanks();
            value = string();
        }
        if (labels.get(name) != null) {
            throw new ScriptException("label \"%s\" stands twice in: %s".formatted(name, line));
        }
        labels.set(name, value);
    }

    private String string() {
        GoString.Literal literal = GoString.read(line, at);
        at = literal.end();
        return literal.value();
    }

    private String identifier(boolean colons) {
        int start = at;
        while (at < line.length()) {
            char c = line.charAt(at);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || colons && c == ':';
            if (!letter && (at == start || c < '0' || c > '9')) {
                break;
            }
            at++;
        }
        return line.substring(start, at);
    }

    private List<ScriptValue> values() {
        List<ScriptValue> values = new ArrayList<>();
        skipBlanks();
        while (at < line.length()) {
            if (peek("{{")) {
                histograms(values);
            } else {
                numbers(values);
            }
            if (at < line.length() && WHITE.indexOf(line.charAt(at)) < 0) {
                throw unexpected("a blank behind a value");
            }
            skipBlanks();
        }
        return values;
    }

    private void numbers(List<ScriptValue> into) {
        Matcher item = ITEM.matcher(line).region(at, line.length());
        if (!item.lookingAt()) {
            throw unexpected("a value");
        }
        at = item.end();
        String first = item.group(1);
        @Nullable String increment = item.group(3);
        int times = item.group(4) == null ? 0 : Integer.parseInt(item.group(4));
        if (increment != null && item.group(4) == null) {
            throw new ScriptException("xN is missing behind \"%s\"".formatted(item.group()));
        }
        if (first.equals("_")) {
            addGaps(into, item, increment);
            return;
        }
        if (first.equalsIgnoreCase("stale")) {
            if (item.group(4) != null) {
                throw new ScriptException("stale cannot be repeated: \"%s\"".formatted(item.group()));
            }
            into.add(new ScriptValue.Number(StaleMarker.VALUE));
            return;
        }
        double value = ScriptNumber.parse(first);
        double step = increment == null ? 0 : ScriptNumber.parse(increment);
        step = "-".equals(item.group(2)) ? -step : step;
        for (int i = 0; i <= times; i++) {
            into.add(new ScriptValue.Number(value));
            value = increment == null ? value : value + step;
        }
    }

    private static void addGaps(List<ScriptValue> into, Matcher item, @Nullable String increment) {
        if (increment != null) {
            throw new ScriptException("a gap cannot grow: \"%s\"".formatted(item.group()));
        }
        int count = item.group(4) == null ? 1 : Integer.parseInt(item.group(4));
        for (int i = 0; i < count; i++) {
            into.add(ScriptValue.GAP);
        }
    }

    private void histograms(List<ScriptValue> into) {
        ScriptValue.Histogram first = histogram();
        ScriptValue.@Nullable Histogram increment = null;
        int sign = peek("-") ? -1 : 1;
        if (peek("+{{") || peek("-{{")) {
            at++;
            increment = histogram();
        }
        Matcher times = TIMES.matcher(line).region(at, line.length());
        int count = 0;
        if (times.lookingAt()) {
            count = Integer.parseInt(times.group(1));
            at = times.end();
        } else if (increment != null) {
            throw unexpected("xN");
        }
        NativeHistogram value = first.value();
        boolean hintGiven = increment == null ? first.hintGiven() : increment.hintGiven();
        into.add(new ScriptValue.Histogram(value, hintGiven));
        for (int i = 0; i < count; i++) {
            value = increment == null ? value : HistogramExpansion.combine(value, increment.value(), sign);
            into.add(new ScriptValue.Histogram(value, hintGiven));
        }
    }

    private ScriptValue.Histogram histogram() {
        int end = line.indexOf("}}", at);
        if (end < 0) {
            throw new ScriptException("the closing }} is missing: " + line);
        }
        String body = line.substring(at + 2, end);
        at = end + 2;
        return HistogramNotation.parse(body);
    }
}

package io.lambdascope.exec.logs.pipeline;

import io.lambdascope.exec.logs.template.LineContext;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The line that goes through a pipeline.
final class Line implements LineContext {
    private final LineLabels labels = new LineLabels();
    private final Texts texts = new Texts();
    private byte[] bytes = new byte[0];
    private int from;
    private int to;
    private long timeNanos;
    private @Nullable String text;

    LineLabels labelling() {
        return labels;
    }

    Texts texts() {
        return texts;
    }

    void start(byte[] bytes, int from, int to, long timeNanos) {
        setText(bytes, from, to);
        this.timeNanos = timeNanos;
    }

    /// Makes `bytes[from, to)` the line.
    void setText(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
        this.text = null;
    }

    void setText(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        setText(utf8, 0, utf8.length);
        this.text = text;
    }

    /// The line is `bytes()[from(), to())`, UTF-8.
    byte[] bytes() {
        return bytes;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    boolean isEmpty() {
        return from == to;
    }

    @Override
    public long timeNanos() {
        return timeNanos;
    }

    String text() {
        String made = text;
        if (made == null) {
            made = new String(bytes, from, to - from, StandardCharsets.UTF_8);
            text = made;
        }
        return made;
    }

    @Override
    public String line() {
        return text();
    }

    @Override
    public @Nullable String label(String name) {
        return labels.get(labels.name(name));
    }

    @Override
    public Map<String, String> labels() {
        Map<String, String> all = new TreeMap<>();
        labels.forEach((name, value) -> all.put(name.name, value));
        return all;
    }
}

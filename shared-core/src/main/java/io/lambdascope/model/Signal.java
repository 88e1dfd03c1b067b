package io.lambdascope.model;

/// The kinds of telemetry. `code` stands in keys, paths and formats and never changes.
public enum Signal {
    METRICS("metrics", 1),
    LOGS("logs", 2),
    TRACES("traces", 3),
    PROFILES("profiles", 4);

    private final String text;
    private final int code;

    Signal(String text, int code) {
        this.text = text;
        this.code = code;
    }

    /// As it stands in keys and paths.
    public String text() {
        return text;
    }

    /// As it stands in binary formats, 1 to 255.
    public int code() {
        return code;
    }

    public static Signal ofCode(int code) {
        for (Signal signal : values()) {
            if (signal.code == code) {
                return signal;
            }
        }
        throw new IllegalArgumentException("no signal has the code " + code);
    }
}

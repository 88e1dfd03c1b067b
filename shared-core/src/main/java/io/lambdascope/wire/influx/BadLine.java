package io.lambdascope.wire.influx;

import io.lambdascope.fault.Rejections;

/// A line that is no line of the protocol. Says why; costs no stack trace, since a body may have a million of them.
final class BadLine extends Exception {
    private static final long serialVersionUID = 1L;

    private final String format;
    private final String quote;

    /// @param format with one place for `quote`, or none
    BadLine(String format, String quote) {
        super(format, null, false, false);
        this.format = format;
        this.quote = quote;
    }

    BadLine(String text) {
        this(text, "");
    }

    String text() {
        return format.formatted("\"" + Rejections.shorten(quote) + "\"");
    }
}

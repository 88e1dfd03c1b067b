package io.lambdascope.fault;

import org.jspecify.annotations.Nullable;

/// Something that ends the request it happens in. The message is for the person who reads it in an agent's log or in
/// Grafana: lower case, with the value at fault and what would be right. It never holds secrets or payloads.
public class Fault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final FaultKind kind;

    public Fault(FaultKind kind, String message) {
        this(kind, message, null);
    }

    public Fault(FaultKind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public final FaultKind kind() {
        return kind;
    }

    /// The message, which is never absent here.
    public final String text() {
        String message = getMessage();
        return message == null ? kind.name() : message;
    }

    public static Fault badRequest(String format, @Nullable Object... args) {
        return new Fault(FaultKind.BAD_REQUEST, format.formatted(args));
    }

    public static Fault unsupported(String format, @Nullable Object... args) {
        return new Fault(FaultKind.UNSUPPORTED, format.formatted(args));
    }

    public static Fault corrupt(String format, @Nullable Object... args) {
        return new Fault(FaultKind.CORRUPT_DATA, format.formatted(args));
    }

    public static Fault unavailable(String message, Throwable cause) {
        return new Fault(FaultKind.UNAVAILABLE, message, cause);
    }
}

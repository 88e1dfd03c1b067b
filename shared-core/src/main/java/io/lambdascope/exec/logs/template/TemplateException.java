package io.lambdascope.exec.logs.template;

/// A template does not get to its end on a line.
public final class TemplateException extends Exception {
    private static final long serialVersionUID = 1L;

    TemplateException(String message) {
        super(message, null, false, false);
    }
}

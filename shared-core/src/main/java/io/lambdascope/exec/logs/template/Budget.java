package io.lambdascope.exec.logs.template;

/// What one run of a template may take.
final class Budget {
    static final int MAX_STEPS = 100_000;

    /// Of the output, and of every text on the way to it.
    static final int MAX_CHARACTERS = 1 << 20;

    private int steps;
    private long characters;

    void start() {
        steps = 0;
        characters = 0;
    }

    void step() throws TemplateException {
        if (++steps > MAX_STEPS) {
            throw new TemplateException("template takes more than %d steps".formatted(MAX_STEPS));
        }
    }

    /// A text of this length is about to be made.
    void text(long length) throws TemplateException {
        characters += length;
        if (length > MAX_CHARACTERS || characters > 8L * MAX_CHARACTERS) {
            throw new TemplateException("template makes more than %d characters".formatted(MAX_CHARACTERS));
        }
    }
}

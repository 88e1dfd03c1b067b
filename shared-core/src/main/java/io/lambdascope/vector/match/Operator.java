package io.lambdascope.vector.match;

/// A binary operator on single elements.
public enum Operator {
    ADD("+"),
    SUB("-"),
    MUL("*"),
    DIV("/"),
    MOD("%"),
    POW("^"),
    ATAN2("atan2"),
    EQL("=="),
    NEQ("!="),
    GTR(">"),
    LSS("<"),
    GTE(">="),
    LTE("<="),
    TRIM_UPPER("</"),
    TRIM_LOWER(">/");

    private final String text;

    Operator(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    public boolean isComparison() {
        return ordinal() >= EQL.ordinal() && ordinal() <= LTE.ordinal();
    }

    /// Whether the result is another kind of thing, so that the metric's name does not fit it any more.
    public boolean dropsName() {
        return ordinal() <= ATAN2.ordinal();
    }
}

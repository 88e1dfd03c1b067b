package io.lambdascope.labels;

import org.jspecify.annotations.Nullable;

/// One condition on one label. A label that a set does not have counts as the empty string.
///
/// @param regex the compiled `value` where `op` is a regex operator, else null
public record Matcher(
        String name, Op op, String value, @Nullable LabelRegex regex) {
    /// How the label's value is compared.
    public enum Op {
        EQUAL("="),
        NOT_EQUAL("!="),
        REGEX("=~"),
        NOT_REGEX("!~");

        private final String text;

        Op(String text) {
            this.text = text;
        }

        /// As it stands in a query.
        public String text() {
            return text;
        }
    }

    /// @throws io.lambdascope.fault.Fault BAD_QUERY if `value` should be a regex and is none
    public static Matcher of(String name, Op op, String value) {
        return switch (op) {
            case EQUAL, NOT_EQUAL -> new Matcher(name, op, value, null);
            case REGEX, NOT_REGEX -> new Matcher(name, op, value, LabelRegex.compile(value));
        };
    }

    public static Matcher equal(String name, String value) {
        return of(name, Op.EQUAL, value);
    }

    public boolean matches(String actual) {
        return switch (op) {
            case EQUAL -> actual.equals(value);
            case NOT_EQUAL -> !actual.equals(value);
            case REGEX -> regex != null && regex.matches(actual);
            case NOT_REGEX -> regex != null && !regex.matches(actual);
        };
    }

    public boolean matches(Labels labels) {
        return matches(labels.get(name));
    }

    /// Whether a set without this label passes.
    public boolean matchesEmpty() {
        return matches("");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Matcher that && name.equals(that.name) && op == that.op && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * name.hashCode() + op.hashCode()) + value.hashCode();
    }

    @Override
    public String toString() {
        return (LabelText.isPlainLabelName(name) ? name : LabelText.quote(name)) + op.text + LabelText.quote(value);
    }
}

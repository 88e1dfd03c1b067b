package io.lambdascope.limits;

import io.lambdascope.time.DurationText;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A setting that may differ by tenant: how it is called, which values it may have, and the one it has where nobody
/// says otherwise. [LimitGroup] makes them.
public final class Limit<T> {
    /// What values a limit may have, and how they stand in JSON.
    interface Form<T> {
        Class<T> type();

        /// Null if `json`, a value as [JsonTree] reads it, is none.
        @Nullable
        T read(Object json);

        /// The value as JSON says it: a number, a text or a boolean.
        Object write(T value);

        /// What would be right, as in `a whole number of 1 or more`.
        String right();
    }

    /// Whole numbers from `least` to `most`.
    record Count(long least, long most) implements Form<Long> {
        @Override
        public Class<Long> type() {
            return Long.class;
        }

        @Override
        public @Nullable Long read(Object json) {
            return json instanceof Long value && value >= least && value <= most ? value : null;
        }

        @Override
        public Object write(Long value) {
            return value;
        }

        @Override
        public String right() {
            return most == Long.MAX_VALUE
                    ? "a whole number of %d or more".formatted(least)
                    : "a whole number from %d to %d".formatted(least, most);
        }
    }

    /// So many a second, 0 or more.
    record Rate() implements Form<Double> {
        @Override
        public Class<Double> type() {
            return Double.class;
        }

        @Override
        public @Nullable Double read(Object json) {
            if (!(json instanceof Number number)) {
                return null;
            }
            double value = number.doubleValue();
            return value >= 0 && Double.isFinite(value) ? value : null;
        }

        @Override
        public Object write(Double value) {
            return value;
        }

        @Override
        public String right() {
            return "a number of 0 or more";
        }
    }

    /// Lengths of time, 0 or more.
    record Length() implements Form<Duration> {
        @Override
        public Class<Duration> type() {
            return Duration.class;
        }

        @Override
        public @Nullable Duration read(Object json) {
            OptionalLong millis = json instanceof String text ? DurationText.parseMillis(text) : OptionalLong.empty();
            return millis.isPresent() ? Duration.ofMillis(millis.getAsLong()) : null;
        }

        @Override
        public Object write(Duration value) {
            return DurationText.print(value.toMillis());
        }

        @Override
        public String right() {
            return "a duration like \"12h\" or \"1h30m\", or \"0\"";
        }
    }

    /// On or off.
    record Flag() implements Form<Boolean> {
        @Override
        public Class<Boolean> type() {
            return Boolean.class;
        }

        @Override
        public @Nullable Boolean read(Object json) {
            return json instanceof Boolean value ? value : null;
        }

        @Override
        public Object write(Boolean value) {
            return value;
        }

        @Override
        public String right() {
            return "true or false";
        }
    }

    private final String name;
    private final Form<T> form;
    private final T defaultValue;

    Limit(String name, Form<T> form, T defaultValue) {
        this.name = name;
        this.form = form;
        this.defaultValue = check(name, form, defaultValue);
    }

    private static <T> T check(String name, Form<T> form, T value) {
        if (form.read(form.write(value)) == null) {
            throw new IllegalArgumentException("%s must be %s, not %s".formatted(name, form.right(), value));
        }
        return value;
    }

    /// As the limits file calls it; a limit in a section of the file has the section's name and a dot before.
    public String name() {
        return name;
    }

    public T defaultValue() {
        return defaultValue;
    }

    /// `value` as JSON says it: a number, a text or a boolean.
    public Object json(T value) {
        return form.write(value);
    }

    /// What a value should be, in words.
    String right() {
        return form.right();
    }

    @Nullable
    T read(Object json) {
        return form.read(json);
    }

    T check(T value) {
        return check(name, form, value);
    }

    T cast(Object value) {
        return form.type().cast(value);
    }

    @Override
    public String toString() {
        return name;
    }
}

package io.lambdascope.limits;

import io.lambdascope.time.DurationText;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A setting that may differ by tenant: how it is called, which values it may have, and the one it has where nobody
/// says otherwise. [LimitGroup] makes them.
public final class Limit<T> {
    /// What values a limit may have, and how they stand in JSON.
    interface Form<T> {
        T cast(Object value);

        /// Null if `json`, a value as [JsonTree] reads it, is none.
        @Nullable
        T read(Object json);

        /// The value as JSON says it: a number, a text, a boolean, or a list or an object of such.
        Object write(T value);

        /// What would be right, as in `a whole number of 1 or more`.
        String right();
    }

    /// Whole numbers from `least` to `most`.
    record Count(long least, long most) implements Form<Long> {
        @Override
        public Long cast(Object value) {
            return (Long) value;
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
        public Double cast(Object value) {
            return (Double) value;
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
        public Duration cast(Object value) {
            return (Duration) value;
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
        public Boolean cast(Object value) {
            return (Boolean) value;
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

    /// The constants of an enum, each with a name of its own.
    record Choice<E extends Enum<E>>(Class<E> type, Function<E, String> text) implements Form<E> {
        @Override
        public E cast(Object value) {
            return type.cast(value);
        }

        @Override
        public @Nullable E read(Object json) {
            return constants()
                    .filter(constant -> text.apply(constant).equals(json))
                    .findFirst()
                    .orElse(null);
        }

        private Stream<E> constants() {
            return Arrays.stream(type.getEnumConstants());
        }

        @Override
        public Object write(E value) {
            return text.apply(value);
        }

        @Override
        public String right() {
            return constants().map(text).collect(Collectors.joining(", ", "one of ", ""));
        }
    }

    /// Texts, each once.
    record Texts() implements Form<Set<String>> {
        @Override
        public Set<String> cast(Object value) {
            return ((Set<?>) value).stream().map(String.class::cast).collect(Collectors.toUnmodifiableSet());
        }

        @Override
        public @Nullable Set<String> read(Object json) {
            return json instanceof List<?> items && items.stream().allMatch(String.class::isInstance)
                    ? cast(Set.copyOf(items))
                    : null;
        }

        @Override
        public Object write(Set<String> value) {
            return value.stream().sorted().toList();
        }

        @Override
        public String right() {
            return "a list of texts";
        }
    }

    /// Texts in order.
    record Listed() implements Form<List<String>> {
        @Override
        public List<String> cast(Object value) {
            return ((List<?>) value).stream().map(String.class::cast).toList();
        }

        @Override
        public @Nullable List<String> read(Object json) {
            return json instanceof List<?> items && items.stream().allMatch(String.class::isInstance)
                    ? cast(items)
                    : null;
        }

        @Override
        public Object write(List<String> value) {
            return value;
        }

        @Override
        public String right() {
            return "a list of texts";
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

    /// `value` as JSON says it: a number, a text, a boolean, or a list or an object of such.
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
        return form.cast(value);
    }

    @Override
    public String toString() {
        return name;
    }
}

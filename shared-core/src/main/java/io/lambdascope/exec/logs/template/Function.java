package io.lambdascope.exec.logs.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A function of templates.
///
/// @param least how many arguments it needs
/// @param most how many it takes
record Function(int least, int most, Body body) {
    static final int ANY = Integer.MAX_VALUE;

    interface Body {
        @Nullable
        Object call(Arguments arguments) throws TemplateException;
    }

    static Function of(int arguments, Body body) {
        return new Function(arguments, arguments, body);
    }

    static Function atLeast(int arguments, Body body) {
        return new Function(arguments, ANY, body);
    }

    /// A function of one text.
    static Function text(java.util.function.UnaryOperator<String> of) {
        return of(1, arguments -> of.apply(arguments.text(0)));
    }

    /// What a function is called with.
    ///
    /// @param context the line at hand
    record Arguments(List<@Nullable Object> values, LineContext context, Budget budget) {
        int size() {
            return values.size();
        }

        @Nullable
        Object get(int index) {
            return values.get(index);
        }

        String text(int index) throws TemplateException {
            if (values.get(index) instanceof String text) {
                return text;
            }
            throw wrongType("string", index);
        }

        int whole(int index) throws TemplateException {
            Object value = values.get(index);
            if (value instanceof Long number) {
                return Math.clamp(number, Integer.MIN_VALUE, Integer.MAX_VALUE);
            }
            if (value instanceof Double number && number == number.intValue()) {
                return number.intValue(); // 1e3 is a whole number where one is needed
            }
            throw wrongType("int", index);
        }

        GoTime time(int index) throws TemplateException {
            if (values.get(index) instanceof GoTime time) {
                return time;
            }
            throw wrongType("time.Time", index);
        }

        private TemplateException wrongType(String expected, int index) {
            return new TemplateException("wrong type for value; expected %s; got %s"
                    .formatted(expected, GoValues.typeOf(values.get(index))));
        }
    }
}

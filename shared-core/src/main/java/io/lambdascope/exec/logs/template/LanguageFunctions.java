package io.lambdascope.exec.logs.template;

import io.lambdascope.exec.logs.template.Function.Arguments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The functions of Go's templates themselves, and those over values of any kind. `and` and `or` are part of
/// [TemplateProgram], since they do not look at all of their arguments.
final class LanguageFunctions {
    private interface Order {
        boolean holds(int comparison);
    }

    private LanguageFunctions() {}

    static void addTo(Map<String, Function> functions) {
        functions.put("not", Function.of(1, of -> !GoValues.isTrue(of.get(0))));
        functions.put("eq", Function.atLeast(1, LanguageFunctions::equalsAny));
        functions.put("ne", Function.of(2, of -> !areEqual(of.get(0), of.get(1))));
        functions.put("lt", ordered(comparison -> comparison < 0));
        functions.put("le", ordered(comparison -> comparison <= 0));
        functions.put("gt", ordered(comparison -> comparison > 0));
        functions.put("ge", ordered(comparison -> comparison >= 0));
        functions.put("len", Function.of(1, of -> length(of.get(0))));
        functions.put("index", Function.atLeast(1, LanguageFunctions::element));
        functions.put("slice", new Function(1, 4, LanguageFunctions::slice));
        functions.put("print", Function.atLeast(0, of -> printed(of.values(), of.budget())));
        functions.put("println", Function.atLeast(0, LanguageFunctions::printedLine));
        functions.put(
                "printf",
                Function.atLeast(
                        1, of -> GoFormat.format(of.text(0), of.values().subList(1, of.size()), of.budget())));
        functions.put("html", escaping(GoText::html));
        functions.put("js", escaping(GoText::javascript));
        functions.put("urlquery", escaping(GoText::urlQuery));
        functions.put("call", Function.atLeast(1, of -> {
            throw new TemplateException("non-function of type " + GoValues.typeOf(of.get(0)));
        }));
        functions.put("default", new Function(1, 2, of -> isEmpty(of) ? of.get(0) : of.get(1)));
        functions.put("fromJson", Function.of(1, of -> JsonValues.read(of.text(0))));
        functions.put("__line__", Function.of(0, of -> of.context().line()));
        functions.put(
                "__timestamp__",
                Function.of(0, of -> GoTime.ofNanos(of.context().timeNanos())));
    }

    private static boolean isEmpty(Arguments of) {
        return of.size() < 2 || !GoValues.isTrue(of.get(1));
    }

    private static Function escaping(UnaryOperator<String> escape) {
        return Function.atLeast(0, of -> {
            String escaped = escape.apply(printed(of.values(), of.budget()));
            of.budget().text(escaped.length());
            return escaped;
        });
    }

    /// Values one behind the other, with a space between two of which neither is a text.
    private static String printed(List<@Nullable Object> values, Budget budget) throws TemplateException {
        StringBuilder out = new StringBuilder();
        Object before = "";
        for (Object value : values) {
            budget.step();
            if (!out.isEmpty() && !(before instanceof String) && !(value instanceof String)) {
                out.append(' ');
            }
            out.append(GoValues.print(value));
            budget.text(out.length());
            before = value;
        }
        return out.toString();
    }

    private static String printedLine(Arguments of) throws TemplateException {
        List<String> printed = new ArrayList<>();
        for (Object value : of.values()) {
            printed.add(GoValues.print(value));
        }
        String line = String.join(" ", printed) + "\n";
        of.budget().text(line.length());
        return line;
    }

    private static boolean equalsAny(Arguments of) throws TemplateException {
        if (of.size() < 2) {
            throw new TemplateException("missing argument for comparison");
        }
        for (int i = 1; i < of.size(); i++) {
            if (areEqual(of.get(0), of.get(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean areEqual(@Nullable Object left, @Nullable Object right) throws TemplateException {
        if (left == null || right == null) {
            return left == right;
        }
        boolean comparable = !(left instanceof List || left instanceof Map || left instanceof LineContext);
        if (!comparable || left.getClass() != right.getClass()) {
            throw new TemplateException(
                    comparable
                            ? "incompatible types for comparison"
                            : "non-comparable type %s: %s".formatted(GoValues.print(left), GoValues.typeOf(left)));
        }
        return left instanceof Double a && right instanceof Double b ? a.doubleValue() == b : left.equals(right);
    }

    private static Function ordered(Order order) {
        return Function.of(2, of -> {
            Object left = of.get(0);
            Object right = of.get(1);
            if (left instanceof Long a && right instanceof Long b) {
                return order.holds(Long.compare(a, b));
            }
            if (left instanceof Double a && right instanceof Double b) {
                boolean unordered = a.isNaN() || b.isNaN();
                return !unordered && order.holds(Double.compare(a + 0.0, b + 0.0));
            }
            if (left instanceof String a && right instanceof String b) {
                return order.holds(Arrays.compareUnsigned(GoValues.utf8(a), GoValues.utf8(b)));
            }
            throw new TemplateException(
                    left != null && right != null && left.getClass() == right.getClass()
                            ? "invalid type for comparison"
                            : "incompatible types for comparison");
        });
    }

    private static Long length(@Nullable Object value) throws TemplateException {
        return switch (value) {
            case String text -> GoValues.byteLength(text);
            case List<?> list -> (long) list.size();
            case LineContext context -> (long) context.labels().size();
            case Map<?, ?> map -> (long) map.size();
            case null -> throw new TemplateException("len of nil pointer");
            default -> throw new TemplateException("len of type " + GoValues.typeOf(value));
        };
    }

    private static @Nullable Object element(Arguments of) throws TemplateException {
        Object value = of.get(0);
        for (int i = 1; i < of.size(); i++) {
            value = element(value, of.get(i));
        }
        return value;
    }

    private static @Nullable Object element(@Nullable Object value, @Nullable Object index) throws TemplateException {
        if (value instanceof LineContext context && index instanceof String name) {
            String label = context.label(name);
            return label == null ? "" : label;
        }
        if (value instanceof Map<?, ?> map && index instanceof String name) {
            return map.get(name);
        }
        if (index instanceof Long number) {
            byte[] utf8 = value instanceof String text ? GoValues.utf8(text) : new byte[0];
            int size = value instanceof List<?> list ? list.size() : utf8.length;
            if ((value instanceof List || value instanceof String) && (number < 0 || number >= size)) {
                throw new TemplateException("index out of range: " + number);
            }
            if (value instanceof List<?> list) {
                return list.get(number.intValue());
            }
            if (value instanceof String) {
                return (long) (utf8[number.intValue()] & 0xff);
            }
        }
        throw new TemplateException(
                value == null
                        ? "index of untyped nil"
                        : "can't index item of type %s with %s"
                                .formatted(GoValues.typeOf(value), GoValues.typeOf(index)));
    }

    private static Object slice(Arguments of) throws TemplateException {
        Object value = of.get(0);
        byte[] utf8 = value instanceof String text ? GoValues.utf8(text) : new byte[0];
        if (!(value instanceof String) && !(value instanceof List) || value instanceof String && of.size() > 3) {
            throw new TemplateException("can't slice item of type " + GoValues.typeOf(value));
        }
        int size = value instanceof List<?> list ? list.size() : utf8.length;
        int from = of.size() > 1 ? of.whole(1) : 0;
        int to = of.size() > 2 ? of.whole(2) : size;
        if (from < 0 || to > size || from > to) {
            throw new TemplateException("invalid slice index: %d > %d".formatted(from, to));
        }
        return value instanceof List<?> list ? list.subList(from, to) : GoValues.text(utf8, from, to);
    }
}

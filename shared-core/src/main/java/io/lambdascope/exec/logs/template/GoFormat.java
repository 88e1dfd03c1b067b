package io.lambdascope.exec.logs.template;

import io.lambdascope.labels.LabelText;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `printf`, as Go's `fmt` package formats (pkg.go.dev/fmt): verbs, flags, width, precision, `*` and `[n]`. What
/// does not fit is printed as `%!d(string=x)`.
final class GoFormat {
    private static final int MAX_WIDTH = 100_000;

    private final String format;
    private final List<@Nullable Object> arguments;
    private final Budget budget;
    private final StringBuilder out = new StringBuilder();
    private int at;
    private int next;
    private boolean reordered;

    private boolean minus;
    private boolean plus;
    private boolean sharp;
    private boolean space;
    private boolean zero;
    private int width;
    private int precision;

    private GoFormat(String format, List<@Nullable Object> arguments, Budget budget) {
        this.format = format;
        this.arguments = arguments;
        this.budget = budget;
    }

    static String format(String format, List<@Nullable Object> arguments, Budget budget) throws TemplateException {
        return new GoFormat(format, arguments, budget).run();
    }

    private String run() throws TemplateException {
        while (at < format.length()) {
            char c = format.charAt(at++);
            if (c == '%') {
                directive();
            } else {
                out.append(c);
            }
            budget.step();
        }
        if (!reordered && next < arguments.size()) {
            out.append("%!(EXTRA ");
            for (int i = next; i < arguments.size(); i++) {
                Object argument = arguments.get(i);
                out.append(i > next ? ", " : "")
                        .append(
                                argument == null
                                        ? "<nil>"
                                        : GoValues.typeOf(argument) + "=" + GoValues.print(argument));
            }
            out.append(')');
        }
        return out.toString();
    }

    private void directive() throws TemplateException {
        flags();
        index();
        width = star() ? starred() : digits();
        if (width < -1) {
            minus = true;
            zero = false;
            width = -width;
        }
        precision = -1;
        if (at < format.length() && format.charAt(at) == '.') {
            at++;
            index();
            precision = Math.max(-1, star() ? starred() : Math.max(0, digits()));
        }
        index();
        if (at >= format.length()) {
            out.append("%!(NOVERB)");
            return;
        }
        int verb = format.codePointAt(at);
        at += Character.charCount(verb);
        if (verb == '%') {
            out.append('%');
        } else if (next >= arguments.size() || next < 0) {
            out.append("%!").appendCodePoint(verb).append(next < 0 ? "(BADINDEX)" : "(MISSING)");
            next = Math.max(next, 0);
        } else {
            verb((char) verb, arguments.get(next++));
        }
    }

    private void flags() {
        minus = false;
        plus = false;
        sharp = false;
        space = false;
        zero = false;
        for (; at < format.length(); at++) {
            switch (format.charAt(at)) {
                case '-' -> minus = true;
                case '+' -> plus = true;
                case '#' -> sharp = true;
                case ' ' -> space = true;
                case '0' -> zero = true;
                default -> {
                    return;
                }
            }
        }
    }

    /// `[n]`, which says which argument is next.
    private void index() {
        if (at >= format.length() || format.charAt(at) != '[') {
            return;
        }
        int end = format.indexOf(']', at);
        reordered = true;
        String inside = end < 0 ? "" : format.substring(at + 1, end);
        int number = inside.matches("[0-9]{1,5}") ? Integer.parseInt(inside) : 0;
        next = number >= 1 && number <= arguments.size() ? number - 1 : -1;
        at = end < 0 ? format.length() : end + 1;
    }

    private boolean star() {
        boolean star = at < format.length() && format.charAt(at) == '*';
        at += star ? 1 : 0;
        return star;
    }

    private int starred() {
        boolean fits = next >= 0
                && next < arguments.size()
                && arguments.get(next) instanceof Long number
                && Math.abs(number) <= MAX_WIDTH;
        if (!fits) {
            out.append("%!(BADWIDTH)");
            next++;
            return -1;
        }
        return Math.toIntExact((Long) arguments.get(next++));
    }

    private int digits() {
        int value = -1;
        while (at < format.length() && format.charAt(at) >= '0' && format.charAt(at) <= '9') {
            value = Math.min(MAX_WIDTH, Math.max(value, 0) * 10 + format.charAt(at++) - '0');
        }
        return value;
    }

    private void verb(char verb, @Nullable Object argument) throws TemplateException {
        budget.text(Math.max(width, 0) + (long) Math.max(precision, 0));
        switch (verb) {
            case 'T' -> pad(GoValues.typeOf(argument), false);
            case 'v' -> value(argument);
            default -> {
                String printed = printed(verb, argument);
                if (printed == null) {
                    out.append("%!").append(verb).append('(');
                    out.append(argument == null ? "<nil>" : GoValues.typeOf(argument) + "=" + GoValues.print(argument));
                    out.append(')');
                }
            }
        }
    }

    private void value(@Nullable Object argument) throws TemplateException {
        switch (argument) {
            case Long number -> whole('d', number);
            case Double number -> decimal('g', number);
            case String text -> pad(sharp ? LabelText.quote(text) : cut(text), false);
            case null -> pad("<nil>", false);
            default -> pad(GoValues.print(argument), false);
        }
    }

    /// What came of the verb, null if it does not fit the argument.
    private @Nullable String printed(char verb, @Nullable Object argument) throws TemplateException {
        int from = out.length();
        boolean fits = switch (argument) {
            case Long number -> whole(verb, number);
            case Double number -> decimal(verb, number);
            case Boolean truth -> verb == 't' && pad(truth.toString(), false);
            case String text -> text(verb, text);
            case List<?> list -> each(verb, list);
            case Map<?, ?> map when verb == 's' -> pad(GoValues.print(map), false);
            case LineContext context when verb == 's' -> pad(GoValues.print(context), false);
            case GoTime time when verb == 's' -> pad(time.toString(), false);
            case null, default -> false;
        };
        return fits ? out.substring(from) : null;
    }

    private boolean each(char verb, List<?> list) throws TemplateException {
        out.append('[');
        for (int i = 0; i < list.size(); i++) {
            out.append(i > 0 ? " " : "");
            verb(verb, list.get(i));
        }
        out.append(']');
        return true;
    }

    private boolean text(char verb, String text) {
        return switch (verb) {
            case 's' -> pad(cut(text), false);
            case 'q' -> pad(sharp && text.indexOf('`') < 0 ? "`" + cut(text) + "`" : LabelText.quote(cut(text)), false);
            case 'x', 'X' -> {
                StringBuilder hex = new StringBuilder();
                for (byte b : GoValues.utf8(text)) {
                    hex.append(space && !hex.isEmpty() ? " " : "").append("%02x".formatted(b));
                }
                yield pad(verb == 'X' ? hex.toString().toUpperCase(Locale.ROOT) : hex.toString(), false);
            }
            default -> false;
        };
    }

    private String cut(String text) {
        return precision < 0 || text.codePointCount(0, text.length()) <= precision
                ? text
                : text.substring(0, text.offsetByCodePoints(0, precision));
    }

    private boolean whole(char verb, long number) {
        String digits = switch (verb) {
            case 'd' -> Long.toString(number);
            case 'b' -> Long.toString(number, 2);
            case 'o', 'O' -> Long.toString(number, 8);
            case 'x' -> Long.toString(number, 16);
            case 'X' -> Long.toString(number, 16).toUpperCase(Locale.ROOT);
            case 'c', 'q', 'U' -> "";
            default -> null;
        };
        if (digits == null) {
            return false;
        }
        if (digits.isEmpty()) {
            return character(verb, number);
        }
        boolean negative = digits.startsWith("-");
        String plain = negative ? digits.substring(1) : digits;
        plain = "0".repeat(Math.max(0, precision - plain.length())) + plain;
        String prefix = switch (verb) {
            case 'b' -> sharp ? "0b" : "";
            case 'o' -> sharp ? "0" : "";
            case 'O' -> "0o";
            case 'x' -> sharp ? "0x" : "";
            case 'X' -> sharp ? "0X" : "";
            default -> "";
        };
        return number(sign(negative) + prefix, plain, precision < 0);
    }

    private boolean character(char verb, long number) {
        boolean valid = Character.isValidCodePoint((int) number) && number == (int) number;
        String character = Character.toString(valid ? (int) number : 0xfffd);
        return pad(
                switch (verb) {
                    case 'c' -> character;
                    case 'q' -> "'" + character + "'";
                    default -> "U+%04X".formatted(number) + (sharp ? " '" + character + "'" : "");
                },
                false);
    }

    private String sign(boolean negative) {
        return negative ? "-" : plus ? "+" : space ? " " : "";
    }

    private boolean decimal(char verb, double number) {
        String printed = switch (verb) {
            case 'f', 'F' -> GoFloat.fixed(number, precision < 0 ? 6 : precision);
            case 'e', 'E' -> GoFloat.exponential(number, precision < 0 ? 6 : precision);
            case 'g', 'G' -> GoFloat.general(number, precision);
            default -> null;
        };
        if (printed == null) {
            return false;
        }
        boolean signed = printed.startsWith("-") || printed.startsWith("+");
        String digits = signed ? printed.substring(1) : printed;
        boolean finite = Character.isDigit(digits.charAt(0));
        String sign = printed.startsWith("+") ? "+" : sign(printed.startsWith("-"));
        return number(sign, verb == 'E' || verb == 'G' ? digits.toUpperCase(Locale.ROOT) : digits, finite);
    }

    private boolean number(String sign, String digits, boolean mayFillWithZeros) {
        if (zero && !minus && mayFillWithZeros) {
            out.append(sign)
                    .repeat('0', Math.max(0, width - sign.length() - digits.length()))
                    .append(digits);
            return true;
        }
        return pad(sign + digits, true);
    }

    private boolean pad(String text, boolean number) {
        int fill = Math.max(0, width - text.codePointCount(0, text.length()));
        if (minus) {
            out.append(text).repeat(' ', fill);
        } else {
            out.repeat(zero && !number ? '0' : ' ', fill).append(text);
        }
        return true;
    }
}

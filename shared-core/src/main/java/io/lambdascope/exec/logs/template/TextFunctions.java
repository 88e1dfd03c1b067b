package io.lambdascope.exec.logs.template;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.lambdascope.exec.logs.template.Function.Arguments;
import io.lambdascope.fault.Fault;
import io.lambdascope.labels.TextRegex;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Functions over texts. Where Go counts bytes, bytes of UTF-8 are counted.
final class TextFunctions {
    private static final int MAX_REGEXES = 50;

    private final Map<String, Pattern> regexes = new LinkedHashMap<>();

    void addTo(Map<String, Function> functions) {
        functions.put("ToLower", Function.text(text -> text.toLowerCase(Locale.ROOT)));
        functions.put("lower", Function.text(text -> text.toLowerCase(Locale.ROOT)));
        functions.put("ToUpper", Function.text(text -> text.toUpperCase(Locale.ROOT)));
        functions.put("upper", Function.text(text -> text.toUpperCase(Locale.ROOT)));
        functions.put("title", Function.text(GoText::title));
        functions.put("Replace", Function.of(4, TextFunctions::replaceSome));
        functions.put("replace", Function.of(3, of -> replace(of, of.text(2), of.text(0), of.text(1), -1)));
        functions.put("Trim", Function.of(2, of -> GoText.trim(of.text(0), of.text(1), true, true)));
        functions.put("TrimLeft", Function.of(2, of -> GoText.trim(of.text(0), of.text(1), true, false)));
        functions.put("TrimRight", Function.of(2, of -> GoText.trim(of.text(0), of.text(1), false, true)));
        functions.put("TrimPrefix", Function.of(2, of -> withoutPrefix(of.text(0), of.text(1))));
        functions.put("TrimSuffix", Function.of(2, of -> withoutSuffix(of.text(0), of.text(1))));
        functions.put("TrimSpace", Function.text(String::strip));
        functions.put("trim", Function.text(String::strip));
        functions.put("trimAll", Function.of(2, of -> GoText.trim(of.text(1), of.text(0), true, true)));
        functions.put("trimPrefix", Function.of(2, of -> withoutPrefix(of.text(1), of.text(0))));
        functions.put("trimSuffix", Function.of(2, of -> withoutSuffix(of.text(1), of.text(0))));
        functions.put("contains", Function.of(2, of -> of.text(1).contains(of.text(0))));
        functions.put("hasPrefix", Function.of(2, of -> of.text(1).startsWith(of.text(0))));
        functions.put("hasSuffix", Function.of(2, of -> of.text(1).endsWith(of.text(0))));
        functions.put("trunc", Function.of(2, TextFunctions::truncated));
        functions.put("substr", Function.of(3, TextFunctions::substring));
        functions.put("repeat", Function.of(2, TextFunctions::repeated));
        functions.put("indent", Function.of(2, TextFunctions::indented));
        functions.put("nindent", Function.of(2, of -> "\n" + indented(of)));
        functions.put("alignLeft", Function.of(2, of -> aligned(of, true)));
        functions.put("alignRight", Function.of(2, of -> aligned(of, false)));
        functions.put("b64enc", Function.text(text -> Base64.getEncoder().encodeToString(GoValues.utf8(text))));
        functions.put("b64dec", Function.text(GoText::fromBase64));
        functions.put("urlencode", Function.text(GoText::urlQuery));
        functions.put("urldecode", Function.of(1, of -> GoText.fromUrlQuery(of.text(0))));
        functions.put("count", Function.of(2, this::count));
        functions.put("regexReplaceAll", Function.of(3, of -> replaceAll(of, false)));
        functions.put("regexReplaceAllLiteral", Function.of(3, of -> replaceAll(of, true)));
    }

    private static String withoutPrefix(String text, String prefix) {
        return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    }

    private static String withoutSuffix(String text, String suffix) {
        return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
    }

    private static String replaceSome(Arguments of) throws TemplateException {
        return replace(of, of.text(0), of.text(1), of.text(2), of.whole(3));
    }

    /// @param most how many places are replaced, all if negative
    private static String replace(Arguments of, String text, String old, String by, int most) throws TemplateException {
        StringBuilder out = new StringBuilder();
        int from = 0;
        int searched = 0;
        for (int done = 0; most < 0 || done < most; done++) {
            // the empty text stands before every character and at the end
            int found = text.indexOf(old, searched);
            if (found < 0 || old.isEmpty() && searched > text.length()) {
                break;
            }
            of.budget().text(out.length() + (long) by.length() + found - from - out.length());
            out.append(text, from, found).append(by);
            from = found + old.length();
            searched = old.isEmpty() ? nextCharacter(text, found) : from;
        }
        return out.append(text, Math.min(from, text.length()), text.length()).toString();
    }

    private static int nextCharacter(String text, int at) {
        return at < text.length() ? at + Character.charCount(text.codePointAt(at)) : at + 1;
    }

    private static String truncated(Arguments of) throws TemplateException {
        int length = of.whole(0);
        byte[] utf8 = GoValues.utf8(of.text(1));
        if (length < 0 && utf8.length + length > 0) {
            return GoValues.text(utf8, utf8.length + length, utf8.length);
        }
        return length >= 0 && utf8.length > length ? GoValues.text(utf8, 0, length) : of.text(1);
    }

    private static String substring(Arguments of) throws TemplateException {
        int from = of.whole(0);
        int to = of.whole(1);
        byte[] utf8 = GoValues.utf8(of.text(2));
        int end = from < 0 ? to : to < 0 || to > utf8.length ? utf8.length : to;
        int start = Math.max(from, 0);
        if (end < start || end > utf8.length) {
            throw new TemplateException("slice bounds out of range [%d:%d]".formatted(start, end));
        }
        return GoValues.text(utf8, start, end);
    }

    private static String repeated(Arguments of) throws TemplateException {
        int count = of.whole(0);
        if (count < 0) {
            throw new TemplateException("strings: negative Repeat count");
        }
        of.budget().text((long) count * of.text(1).length());
        return of.text(1).repeat(count);
    }

    private static String indented(Arguments of) throws TemplateException {
        int spaces = of.whole(0);
        if (spaces < 0) {
            throw new TemplateException("strings: negative Repeat count");
        }
        String text = of.text(1);
        long lines = text.chars().filter(c -> c == '\n').count() + 1;
        of.budget().text(text.length() + spaces * lines);
        String pad = " ".repeat(spaces);
        return pad + text.replace("\n", "\n" + pad);
    }

    private static String aligned(Arguments of, boolean left) throws TemplateException {
        int count = of.whole(0);
        String text = of.text(1);
        int length = text.codePointCount(0, text.length());
        if (count < 0 || count == length) {
            return text;
        }
        of.budget().text(count);
        if (length < count) {
            String pad = " ".repeat(count - length);
            return left ? text + pad : pad + text;
        }
        return left
                ? text.substring(0, text.offsetByCodePoints(0, count))
                : text.substring(text.offsetByCodePoints(0, length - count));
    }

    private Pattern regex(String text) throws TemplateException {
        Pattern known = regexes.get(text);
        if (known != null) {
            return known;
        }
        try {
            Pattern compiled = TextRegex.compile(text).pattern();
            if (regexes.size() >= MAX_REGEXES) {
                regexes.remove(regexes.keySet().iterator().next());
            }
            regexes.put(text, compiled);
            return compiled;
        } catch (Fault e) {
            throw new TemplateException(e.text());
        }
    }

    private Long count(Arguments of) throws TemplateException {
        Matcher matcher = regex(of.text(0)).matcher(of.text(1));
        long count = 0;
        while (matcher.find()) {
            of.budget().step();
            count++;
        }
        return count;
    }

    private String replaceAll(Arguments of, boolean literal) throws TemplateException {
        Matcher matcher = regex(of.text(0)).matcher(of.text(1));
        String text = of.text(1);
        StringBuilder out = new StringBuilder();
        int from = 0;
        int lastEnd = -1;
        while (matcher.find()) {
            of.budget().step();
            // an empty match right behind another does not count
            if (matcher.end() > matcher.start() || matcher.start() != lastEnd) {
                out.append(text, from, matcher.start());
                out.append(literal ? of.text(2) : expanded(of.text(2), matcher));
                from = matcher.end();
                if (out.length() > Budget.MAX_CHARACTERS) {
                    of.budget().text(out.length());
                }
            }
            lastEnd = matcher.end();
        }
        return out.append(text, from, text.length()).toString();
    }

    /// `$1`, `${1}` and `$name` stand for groups, `$$` for a dollar; a group that does not exist is empty.
    private static String expanded(String template, Matcher matcher) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < template.length()) {
            char c = template.charAt(at);
            if (c != '$' || at + 1 == template.length()) {
                out.append(c);
                at++;
                continue;
            }
            if (template.charAt(at + 1) == '$') {
                out.append('$');
                at += 2;
                continue;
            }
            boolean braces = template.charAt(at + 1) == '{';
            int from = at + (braces ? 2 : 1);
            int to = from;
            while (to < template.length()
                    && (Character.isLetterOrDigit(template.charAt(to)) || template.charAt(to) == '_')) {
                to++;
            }
            boolean named = to > from && (!braces || to < template.length() && template.charAt(to) == '}');
            if (!named) {
                out.append('$');
                at++;
                continue;
            }
            out.append(group(matcher, template.substring(from, to)));
            at = to + (braces ? 1 : 0);
        }
        return out.toString();
    }

    private static String group(Matcher matcher, String name) {
        String value = null;
        if (name.matches("[0-9]{1,4}")) {
            int number = Integer.parseInt(name);
            value = number <= matcher.groupCount() ? matcher.group(number) : null;
        } else if (matcher.pattern().namedGroups().containsKey(name)) {
            value = matcher.group(name);
        }
        return value == null ? "" : value;
    }
}

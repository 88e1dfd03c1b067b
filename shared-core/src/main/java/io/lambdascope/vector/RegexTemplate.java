package io.lambdascope.vector;

import com.google.re2j.Matcher;

/// Replacement texts as Go's `regexp.Expand` reads them: `$1`, `${1}`, `$name`, `${name}`, and `$$` for a dollar. A
/// name without braces is as long as letters, digits and underscores go; a group that is not there is empty.
final class RegexTemplate {
    private RegexTemplate() {}

    static String expand(String template, Matcher matcher) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < template.length()) {
            int dollar = template.indexOf('$', at);
            if (dollar < 0 || dollar == template.length() - 1) {
                break;
            }
            out.append(template, at, dollar);
            int from = dollar + 1;
            if (template.charAt(from) == '$') {
                out.append('$');
                at = from + 1;
                continue;
            }
            boolean braces = template.charAt(from) == '{';
            int start = braces ? from + 1 : from;
            int end = start;
            while (end < template.length() && isWord(template.charAt(end))) {
                end++;
            }
            boolean closed = !braces || end < template.length() && template.charAt(end) == '}';
            if (end == start || !closed) {
                out.append('$');
                at = from;
                continue;
            }
            out.append(group(template.substring(start, end), matcher));
            at = braces ? end + 1 : end;
        }
        return out.append(template, at, template.length()).toString();
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    private static String group(String name, Matcher matcher) {
        String group = null;
        if (name.chars().allMatch(c -> c >= '0' && c <= '9')) {
            int number = name.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(name);
            group = number <= matcher.groupCount() ? matcher.group(number) : null;
        } else {
            Integer number = matcher.pattern().namedGroups().get(name);
            group = number == null ? null : matcher.group(number);
        }
        return group == null ? "" : group;
    }
}

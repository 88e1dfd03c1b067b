package io.lambdascope.conformance;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Fills in Grafana's template variables in PromQL texts. Between quotes a variable becomes `.*` behind a regex
/// operator and `x` behind an equality; elsewhere a duration, a number or a label name, by where it stands. Quoted
/// strings that belong to no matcher, as the arguments of `label_replace`, stay as they are.
final class TemplateVariables {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{[A-Za-z_][^}]*}|\\$[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern QUOTED = Pattern.compile("(=~|!~|!=|=)?\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern LABEL_LIST =
            Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\([^()]*$");

    private TemplateVariables() {}

    static String fill(String query) {
        StringBuilder out = new StringBuilder();
        Matcher quoted = QUOTED.matcher(query);
        int at = 0;
        while (quoted.find()) {
            outside(out, query.substring(at, quoted.start()));
            String operator = quoted.group(1);
            if (operator == null) {
                out.append(quoted.group());
            } else {
                String value = operator.endsWith("~") ? ".*" : "x";
                out.append(operator).append('"');
                out.append(VARIABLE.matcher(quoted.group(2)).replaceAll(Matcher.quoteReplacement(value)));
                out.append('"');
            }
            at = quoted.end();
        }
        outside(out, query.substring(at));
        return out.toString();
    }

    private static void outside(StringBuilder out, String text) {
        Matcher variable = VARIABLE.matcher(text);
        int at = 0;
        while (variable.find()) {
            out.append(text, at, variable.start());
            String name = variable.group().replaceAll("[${}]|:.*", "");
            out.append(valueOf(name, out));
            at = variable.end();
        }
        out.append(text, at, text.length());
    }

    private static String valueOf(String name, CharSequence before) {
        if (name.equals("__range")) {
            return "1h";
        }
        if (name.endsWith("interval")
                || name.equals("__auto")
                || before.toString().endsWith("[")) {
            return "1m";
        }
        return LABEL_LIST.matcher(before).find() ? "x" : "1";
    }
}

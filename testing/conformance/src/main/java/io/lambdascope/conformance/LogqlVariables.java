package io.lambdascope.conformance;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Fills in Grafana's template variables in LogQL texts. In a string a variable becomes `.+` behind a regex operator,
/// else `x`. Elsewhere a range, a selector, or a label by its name; the parts that Logs Drilldown puts together a
/// pipeline from become nothing.
final class LogqlVariables {
    private static final Pattern TOKEN = Pattern.compile(
            "(=~|!~|\\|~)?\\s*(\"(?:[^\"\\\\]|\\\\.)*\"|`[^`]*`)|\\$\\{([A-Za-z_]\\w*)[^}]*}|\\$([A-Za-z_]\\w*)");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{[A-Za-z_][^}]*}|\\$[A-Za-z_]\\w*");

    private LogqlVariables() {}

    static String fill(String query) {
        return TOKEN.matcher(query).replaceAll(found -> Matcher.quoteReplacement(valueOf(found)));
    }

    private static String valueOf(MatchResult found) {
        if (found.group(2) != null) {
            String value = found.group(1) == null ? "x" : ".+";
            return VARIABLE.matcher(found.group()).replaceAll(Matcher.quoteReplacement(value));
        }
        String name = found.group(3) != null ? found.group(3) : found.group(4);
        return switch (name) {
            case "__auto", "__interval", "__rate_interval" -> "1m";
            case "__range" -> "1h";
            case "filters" -> "service_name=\"x\"";
            case "labelBy", "field" -> "x";
            default -> "";
        };
    }
}

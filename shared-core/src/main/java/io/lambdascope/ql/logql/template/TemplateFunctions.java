package io.lambdascope.ql.logql.template;

import java.util.Set;

/// The functions that a template may use: those of Go's templates, and those that Loki adds, most of them from
/// sprig (grafana.com/docs/loki, "Template functions").
public final class TemplateFunctions {
    /// The language's own, which need no text of their own to be found in.
    private static final Set<String> OF_GO = Set.of(
            "and",
            "call",
            "eq",
            "ge",
            "gt",
            "html",
            "index",
            "js",
            "le",
            "len",
            "lt",
            "ne",
            "not",
            "or",
            "print",
            "printf",
            "println",
            "slice",
            "urlquery");

    private static final Set<String> OF_LOKI = Set.of(
            "__line__",
            "__timestamp__",
            "Replace",
            "ToLower",
            "ToUpper",
            "Trim",
            "TrimLeft",
            "TrimPrefix",
            "TrimRight",
            "TrimSpace",
            "TrimSuffix",
            "add",
            "addf",
            "alignLeft",
            "alignRight",
            "b64dec",
            "b64enc",
            "bytes",
            "ceil",
            "contains",
            "count",
            "date",
            "default",
            "div",
            "divf",
            "duration",
            "duration_seconds",
            "float64",
            "floor",
            "fromJson",
            "hasPrefix",
            "hasSuffix",
            "indent",
            "int",
            "lower",
            "max",
            "maxf",
            "min",
            "minf",
            "mod",
            "mul",
            "mulf",
            "nindent",
            "now",
            "regexReplaceAll",
            "regexReplaceAllLiteral",
            "repeat",
            "replace",
            "round",
            "sub",
            "subf",
            "substr",
            "title",
            "toDate",
            "toDateInZone",
            "trim",
            "trimAll",
            "trimPrefix",
            "trimSuffix",
            "trunc",
            "unixEpoch",
            "unixEpochMillis",
            "unixEpochNanos",
            "unixToTime",
            "upper",
            "urldecode",
            "urlencode");

    private TemplateFunctions() {}

    public static boolean exists(String name) {
        return OF_GO.contains(name) || OF_LOKI.contains(name);
    }
}

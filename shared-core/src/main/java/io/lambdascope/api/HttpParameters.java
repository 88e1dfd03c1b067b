package io.lambdascope.api;

import io.lambdascope.fault.Fault;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads `application/x-www-form-urlencoded` text.
final class HttpParameters {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final int MAX_PARAMETERS = 10_000;

    private HttpParameters() {}

    static Map<String, List<String>> of(HttpRequest request) {
        Map<String, List<String>> parameters = ofQuery(request.rawQuery());
        String type = request.header("content-type");
        if (type != null && type.startsWith(FORM)) {
            add(new String(request.body(), StandardCharsets.UTF_8), parameters);
        }
        return parameters;
    }

    static Map<String, List<String>> ofQuery(String rawQuery) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        add(rawQuery, parameters);
        return parameters;
    }

    private static void add(String form, Map<String, List<String>> parameters) {
        int count = 0;
        int from = 0;
        while (from < form.length()) {
            int end = form.indexOf('&', from);
            end = end < 0 ? form.length() : end;
            if (end > from) {
                if (++count > MAX_PARAMETERS) {
                    throw Fault.badRequest("more than %d parameters", MAX_PARAMETERS);
                }
                addPair(form.substring(from, end), parameters);
            }
            from = end + 1;
        }
    }

    private static void addPair(String pair, Map<String, List<String>> parameters) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        parameters.computeIfAbsent(decode(name), key -> new ArrayList<>()).add(decode(value));
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            String start = text.substring(0, Math.min(text.length(), 100));
            throw Fault.badRequest("a parameter is not well-formed percent-encoding: %s", start);
        }
    }
}

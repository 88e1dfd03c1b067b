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

    private HttpParameters() {}

    static Map<String, List<String>> of(HttpRequest request) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        add(request.rawQuery(), parameters);
        String type = request.header("content-type");
        if (type != null && type.startsWith(FORM)) {
            add(new String(request.body(), StandardCharsets.UTF_8), parameters);
        }
        return parameters;
    }

    private static void add(String form, Map<String, List<String>> parameters) {
        for (String pair : form.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                parameters
                        .computeIfAbsent(decode(name), key -> new ArrayList<>())
                        .add(decode(value));
            }
        }
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Fault.badRequest("parameters are not well-formed: %s", e.getMessage());
        }
    }
}

package io.lambdascope.api;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One HTTP request, whatever door it came in by.
///
/// @param method upper case
/// @param path without stage prefix and query string, percent-encoding left as it came
/// @param rawQuery the query string as it came, without `?`; may be empty
/// @param headers names in lower case
/// @param body decoded from base64 where the door had encoded it, otherwise as sent
public record HttpRequest(String method, String path, String rawQuery, Map<String, String> headers, byte[] body) {
    public HttpRequest {
        headers = Map.copyOf(headers);
    }

    /// The value of a header, or null.
    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    /// The parameters of the query string and, where the body is a form, of the body: name to values in order.
    public Map<String, List<String>> parameters() {
        return HttpParameters.of(this);
    }

    /// The first value of a parameter of the query string alone, or null: where the body may be anything, whatever its
    /// type says.
    public @Nullable String queryParameter(String name) {
        List<String> values = HttpParameters.ofQuery(rawQuery).get(name);
        return values == null ? null : values.getFirst();
    }
}

package io.lambdascope.testkit.http;

import io.lambdascope.api.HttpRequest;
import io.lambdascope.api.HttpResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A request and the answer it must get, as a file of pairs holds them: the request line, headers, a form body behind
/// `body: `, then the status and the answer's body, each on a line of its own, and a blank line behind. Lines that
/// begin
/// with `#` are comments.
///
/// @param name of the file, and the request line
/// @param body of the request
/// @param answer body of the answer
public record GoldenPair(
        String name, String requestLine, Map<String, String> headers, String body, int status, String answer) {
    private static final String FORM = "application/x-www-form-urlencoded";

    /// The pairs of a file.
    public static List<GoldenPair> read(Path file) throws IOException {
        List<GoldenPair> pairs = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("#")) {
                continue;
            }
            if (!line.isBlank()) {
                lines.add(line);
            } else if (!lines.isEmpty()) {
                pairs.add(of(file.getFileName() + ": " + lines.getFirst(), lines));
                lines.clear();
            }
        }
        if (!lines.isEmpty()) {
            pairs.add(of(file.getFileName() + ": " + lines.getFirst(), lines));
        }
        return pairs;
    }

    private static GoldenPair of(String name, List<String> lines) {
        Map<String, String> headers = new LinkedHashMap<>();
        String body = "";
        for (String line : lines.subList(1, lines.size() - 2)) {
            int colon = line.indexOf(':');
            String value = line.substring(colon + 1).strip();
            if (line.startsWith("body:")) {
                body = value;
                headers.put("content-type", FORM);
            } else {
                headers.put(line.substring(0, colon), value);
            }
        }
        return new GoldenPair(
                name, lines.getFirst(), headers, body, Integer.parseInt(lines.get(lines.size() - 2)), lines.getLast());
    }

    /// The request, with `defaults` for headers that it does not name.
    public HttpRequest request(Map<String, String> defaults) {
        String[] parts = requestLine.split(" ", 2);
        int question = parts[1].indexOf('?');
        Map<String, String> all = new LinkedHashMap<>(defaults);
        all.putAll(headers);
        return new HttpRequest(
                parts[0],
                question < 0 ? parts[1] : parts[1].substring(0, question),
                question < 0 ? "" : parts[1].substring(question + 1),
                all,
                body.getBytes(StandardCharsets.UTF_8));
    }

    /// A request that asks by POST, with a form, what a GET asks in its query string.
    public static HttpRequest asForm(HttpRequest get) {
        Map<String, String> headers = new LinkedHashMap<>(get.headers());
        headers.put("content-type", FORM);
        return new HttpRequest("POST", get.path(), "", headers, get.rawQuery().getBytes(StandardCharsets.UTF_8));
    }

    /// An answer as it stands in a file: status and body.
    public static String text(HttpResponse response) {
        return response.status() + "\n" + new String(response.body(), StandardCharsets.UTF_8);
    }

    /// The answer it must get, as [#text].
    public String expected() {
        return status + "\n" + answer;
    }

    @Override
    public String toString() {
        return name;
    }
}

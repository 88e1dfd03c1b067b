package io.lambdascope.localstack.host.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.sun.net.httpserver.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Writes a request as the event of payload format 2.0 that an HTTP API hands to a function. The format is in AWS's
/// developer guide, "Working with AWS Lambda proxy integrations for HTTP APIs".
///
/// @param stage `$default`, or the name that stands first in `path`
/// @param path decoded, with the stage, as HTTP APIs pass it on
record HttpApiEvent(
        String stage,
        RouteTable.Match match,
        String method,
        String path,
        String rawQuery,
        Headers headers,
        String sourceIp,
        String requestId,
        Instant time,
        byte[] body) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final DateTimeFormatter COMMON_LOG_TIME =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);

    byte[] toJson() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024 + body.length * 4 / 3);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("version", "2.0");
            json.writeStringField("routeKey", match.route().key());
            json.writeStringField("rawPath", path);
            json.writeStringField("rawQueryString", rawQuery);
            writeCookies(json);
            writeObject(json, "headers", joinedHeaders());
            if (!rawQuery.isEmpty()) {
                writeObject(json, "queryStringParameters", joinedParameters());
            }
            if (!match.parameters().isEmpty()) {
                writeObject(json, "pathParameters", match.parameters());
            }
            writeContext(json);
            writeBody(json);
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private void writeCookies(JsonGenerator json) throws IOException {
        List<String> cookies = new ArrayList<>();
        for (String line : headers.getOrDefault("Cookie", List.of())) {
            for (String cookie : line.split(";")) {
                cookies.add(cookie.strip());
            }
        }
        if (!cookies.isEmpty()) {
            json.writeArrayFieldStart("cookies");
            for (String cookie : cookies) {
                json.writeString(cookie);
            }
            json.writeEndArray();
        }
    }

    private Map<String, String> joinedHeaders() {
        Map<String, String> joined = new TreeMap<>();
        headers.forEach((name, values) -> {
            if (!name.equalsIgnoreCase("Cookie")) {
                joined.put(name.toLowerCase(Locale.ROOT), String.join(",", values));
            }
        });
        joined.put("x-forwarded-for", sourceIp);
        joined.put("x-forwarded-proto", "http");
        joined.putIfAbsent("content-length", Integer.toString(body.length));
        return joined;
    }

    private Map<String, String> joinedParameters() {
        Map<String, String> joined = new LinkedHashMap<>();
        for (String pair : rawQuery.split("&")) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = decode(equals < 0 ? "" : pair.substring(equals + 1));
            joined.merge(name, value, (a, b) -> a + "," + b);
        }
        return joined;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return text;
        }
    }

    private void writeContext(JsonGenerator json) throws IOException {
        String domain = headers.getFirst("Host") == null ? "localhost" : headers.getFirst("Host");
        json.writeObjectFieldStart("requestContext");
        json.writeStringField("accountId", "000000000000");
        json.writeStringField("apiId", "local");
        json.writeStringField("domainName", domain);
        json.writeStringField("domainPrefix", "local");
        json.writeObjectFieldStart("http");
        json.writeStringField("method", method);
        json.writeStringField("path", path);
        json.writeStringField("protocol", "HTTP/1.1");
        json.writeStringField("sourceIp", sourceIp);
        String agent = headers.getFirst("User-Agent");
        json.writeStringField("userAgent", agent == null ? "" : agent);
        json.writeEndObject();
        json.writeStringField("requestId", requestId);
        json.writeStringField("routeKey", match.route().key());
        json.writeStringField("stage", stage);
        json.writeStringField("time", COMMON_LOG_TIME.format(time));
        json.writeNumberField("timeEpoch", time.toEpochMilli());
        json.writeEndObject();
    }

    private void writeBody(JsonGenerator json) throws IOException {
        if (body.length == 0) {
            json.writeBooleanField("isBase64Encoded", false);
            return;
        }
        String text = isText() ? textOrEmpty() : "";
        if (text.isEmpty()) {
            json.writeBinaryField("body", body);
            json.writeBooleanField("isBase64Encoded", true);
        } else {
            json.writeStringField("body", text);
            json.writeBooleanField("isBase64Encoded", false);
        }
    }

    /// The types whose bodies an HTTP API passes as text; a form is not among them.
    private boolean isText() {
        String type = headers.getFirst("Content-Type");
        if (type == null || headers.getFirst("Content-Encoding") != null) {
            return false;
        }
        String plain = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return plain.startsWith("text/")
                || plain.equals("application/json")
                || plain.equals("application/javascript")
                || plain.equals("application/xml");
    }

    private String textOrEmpty() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException _) {
            return "";
        }
    }

    private static void writeObject(JsonGenerator json, String name, Map<String, String> values) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, String> entry : values.entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
    }
}

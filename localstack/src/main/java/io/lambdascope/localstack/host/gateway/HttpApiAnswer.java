package io.lambdascope.localstack.host.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a function answered in payload format 2.0. JSON without a `statusCode` is itself the body of a 200.
record HttpApiAnswer(int status, Map<String, String> headers, List<String> cookies, byte[] body) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String DEFAULT_TYPE = "text/plain;charset=UTF-8";

    /// @throws IOException if `payload` is no such answer
    static HttpApiAnswer parse(byte[] payload) throws IOException {
        int status = 0;
        Map<String, String> headers = new LinkedHashMap<>();
        List<String> cookies = new ArrayList<>();
        String body = "";
        boolean base64 = false;
        try (JsonParser parser = JSON.createParser(payload)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return bare(payload);
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                switch (field) {
                    case "statusCode" -> status = Integer.parseInt(parser.getText());
                    case "isBase64Encoded" -> base64 = value == JsonToken.VALUE_TRUE;
                    case "body" -> body = value == JsonToken.VALUE_NULL ? "" : parser.getText();
                    case "headers" -> readHeaders(parser, headers);
                    case "cookies" -> readCookies(parser, cookies);
                    default -> parser.skipChildren();
                }
            }
        } catch (NumberFormatException e) {
            throw new IOException("statusCode is no number", e);
        }
        if (status == 0) {
            return bare(payload);
        }
        if (status < 100 || status > 599) {
            throw new IOException("statusCode is %d".formatted(status));
        }
        return new HttpApiAnswer(status, withType(headers, DEFAULT_TYPE), cookies, decode(body, base64));
    }

    private static HttpApiAnswer bare(byte[] payload) {
        return new HttpApiAnswer(200, Map.of("content-type", "application/json"), List.of(), payload);
    }

    private static Map<String, String> withType(Map<String, String> headers, String type) {
        if (headers.keySet().stream().noneMatch(name -> name.equalsIgnoreCase("content-type"))) {
            headers.put("content-type", type);
        }
        return headers;
    }

    private static byte[] decode(String body, boolean base64) throws IOException {
        try {
            return base64 ? Base64.getDecoder().decode(body) : body.getBytes(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IOException("body is not base64", e);
        }
    }

    private static void readHeaders(JsonParser parser, Map<String, String> headers) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value.isScalarValue() && value != JsonToken.VALUE_NULL) {
                headers.put(name, parser.getText());
            } else {
                parser.skipChildren();
            }
        }
    }

    private static void readCookies(JsonParser parser, List<String> cookies) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() == JsonToken.VALUE_STRING) {
            cookies.add(parser.getText());
        }
    }
}

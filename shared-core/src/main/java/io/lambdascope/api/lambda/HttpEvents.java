package io.lambdascope.api.lambda;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.lambdascope.api.HttpRequest;
import io.lambdascope.api.HttpResponse;
import io.lambdascope.api.Routes;
import io.lambdascope.fault.Fault;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Requests and responses as an HTTP API of API Gateway carries them to and from a function, payload format 2.0.
public final class HttpEvents {
    /// What may stand in a path as it is, beside letters and digits (RFC 3986, `pchar` and the slash).
    private static final String PLAIN_IN_PATHS = "/-._~!$&'()*+,;=:@";

    private static final String HEX = "0123456789ABCDEF";

    /// Fits into an answer of 6 MB even if every byte has to be escaped.
    private static final int ANY_QUOTED_BYTES = 900_000;

    private HttpEvents() {}

    /// The request in an event: stage prefix gone, body decoded, and the path, which HTTP APIs pass on decoded, encoded
    /// again.
    ///
    /// @throws Fault BAD_REQUEST if the event is none of an HTTP API
    public static HttpRequest requestOf(APIGatewayV2HTTPEvent event) {
        APIGatewayV2HTTPEvent.RequestContext context = event.getRequestContext();
        String path = event.getRawPath();
        if (context == null || context.getHttp() == null || path == null) {
            throw Fault.badRequest("the event is no request of an HTTP API in payload format 2.0");
        }
        String stage = context.getStage();
        String query = event.getRawQueryString();
        return new HttpRequest(
                context.getHttp().getMethod().toUpperCase(Locale.ROOT),
                encode(stage == null ? path : Routes.withoutStage(path, stage)),
                query == null ? "" : query,
                lowerCase(event.getHeaders()),
                bodyOf(event));
    }

    private static String encode(String path) {
        StringBuilder encoded = new StringBuilder(path.length() + 16);
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || PLAIN_IN_PATHS.indexOf(c) >= 0;
            if (plain) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        return encoded.toString();
    }

    private static Map<String, String> lowerCase(@Nullable Map<String, String> headers) {
        Map<String, String> lower = new LinkedHashMap<>();
        if (headers != null) {
            headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
        }
        return lower;
    }

    private static byte[] bodyOf(APIGatewayV2HTTPEvent event) {
        String body = event.getBody();
        if (body == null) {
            return new byte[0];
        }
        if (!event.getIsBase64Encoded()) {
            return body.getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Base64.getDecoder().decode(body);
        } catch (IllegalArgumentException e) {
            throw Fault.badRequest("the event's body is not base64: %s", e.getMessage());
        }
    }

    /// The event that answers with `response`. Text stays text, so that it can be read where events are looked at. But
    /// a large one that takes more room quoted than in base64 goes in base64, so that a body of a given size always
    /// fits.
    public static APIGatewayV2HTTPResponse answerOf(HttpResponse response) {
        String text = isText(response) && fitsQuoted(response.body()) ? textOf(response.body()) : null;
        return APIGatewayV2HTTPResponse.builder()
                .withStatusCode(response.status())
                .withHeaders(response.headers())
                .withBody(text == null ? Base64.getEncoder().encodeToString(response.body()) : text)
                .withIsBase64Encoded(text == null)
                .build();
    }

    private static boolean isText(HttpResponse response) {
        String type = response.headers().getOrDefault("content-type", "text/plain");
        return !response.headers().containsKey("content-encoding")
                && (type.startsWith("text/") || type.startsWith("application/json"));
    }

    /// Whether the body is small, or JSON's escapes cost no more than base64 would.
    private static boolean fitsQuoted(byte[] body) {
        if (body.length < ANY_QUOTED_BYTES) {
            return true;
        }
        long escapes = 0;
        for (byte b : body) {
            if (b == '"' || b == '\\' || b == '\n' || b == '\r' || b == '\t') {
                escapes++;
            } else if (b >= 0 && b < ' ') {
                escapes += 5;
            }
        }
        return escapes <= body.length / 3;
    }

    private static @Nullable String textOf(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException _) {
            return null;
        }
    }
}

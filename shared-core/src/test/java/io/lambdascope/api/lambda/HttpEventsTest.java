package io.lambdascope.api.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.lambdascope.api.HttpRequest;
import io.lambdascope.api.HttpResponse;
import io.lambdascope.fault.Fault;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpEventsTest {
    @ParameterizedTest
    @CsvSource({
        "$default, /loki/api/v1/push, /loki/api/v1/push",
        "prod, /prod/loki/api/v1/push, /loki/api/v1/push",
        "prod, /prod, /",
        "prod, /production/ready, /production/ready",
        "prod, /ready, /ready",
        "$default, /label/a b?c/values, /label/a%20b%3Fc/values",
        "$default, /label/100%/values, /label/100%25/values",
        "$default, /label/größe/values, /label/gr%C3%B6%C3%9Fe/values",
        "$default, /querier.v1.QuerierService/Series, /querier.v1.QuerierService/Series",
    })
    void pathsLoseTheStageAndAreEncodedAgain(String stage, String rawPath, String path) {
        assertThat(HttpEvents.requestOf(event(stage, "get", rawPath).build()).path())
                .isEqualTo(path);
    }

    @Test
    void requestKeepsMethodQueryAndHeaders() {
        HttpRequest request = HttpEvents.requestOf(event("$default", "post", "/x")
                .withRawQueryString("a=1%202&a=3")
                .withHeaders(Map.of("X-Scope-OrgID", "team"))
                .build());
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.rawQuery()).isEqualTo("a=1%202&a=3");
        assertThat(request.header("x-scope-orgid")).isEqualTo("team");
        assertThat(request.body()).isEmpty();
    }

    @Test
    void bodiesAreDecodedWhereTheyWereEncoded() {
        byte[] bytes = {0, -1, 7};
        HttpRequest binary = HttpEvents.requestOf(event("$default", "POST", "/x")
                .withBody(Base64.getEncoder().encodeToString(bytes))
                .withIsBase64Encoded(true)
                .build());
        HttpRequest text = HttpEvents.requestOf(
                event("$default", "POST", "/x").withBody("größe").build());
        assertThat(binary.body()).isEqualTo(bytes);
        assertThat(text.body()).isEqualTo("größe".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatIsNoRequestIsRefused() {
        assertThatThrownBy(() -> HttpEvents.requestOf(new APIGatewayV2HTTPEvent()))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("payload format 2.0");
        APIGatewayV2HTTPEvent broken = event("$default", "POST", "/x")
                .withBody("not base64!")
                .withIsBase64Encoded(true)
                .build();
        assertThatThrownBy(() -> HttpEvents.requestOf(broken)).hasMessageContaining("not base64");
    }

    @Test
    void answersAreTextWhereTheyCanBeRead() {
        APIGatewayV2HTTPResponse text = HttpEvents.answerOf(HttpResponse.text(400, "größe"));
        assertThat(text.getStatusCode()).isEqualTo(400);
        assertThat(text.getBody()).isEqualTo("größe");
        assertThat(text.getIsBase64Encoded()).isFalse();

        byte[] notUtf8 = {(byte) 0xff};
        APIGatewayV2HTTPResponse binary = HttpEvents.answerOf(new HttpResponse(200, Map.of(), notUtf8));
        assertThat(binary.getIsBase64Encoded()).isTrue();
        assertThat(Base64.getDecoder().decode(binary.getBody())).isEqualTo(notUtf8);
    }

    @Test
    void largeTextGoesTheShorterWay() {
        String quotes = "\"\"".repeat(1_000_000);
        assertThat(HttpEvents.answerOf(HttpResponse.text(200, quotes)).getIsBase64Encoded())
                .isTrue();
        String plain = "\"plain\":".repeat(200_000);
        assertThat(HttpEvents.answerOf(HttpResponse.text(200, plain)).getIsBase64Encoded())
                .isFalse();
        assertThat(HttpEvents.answerOf(HttpResponse.text(200, "\"\"")).getIsBase64Encoded())
                .isFalse();
    }

    private static APIGatewayV2HTTPEvent.APIGatewayV2HTTPEventBuilder event(String stage, String method, String path) {
        return APIGatewayV2HTTPEvent.builder()
                .withRawPath(path)
                .withRequestContext(APIGatewayV2HTTPEvent.RequestContext.builder()
                        .withStage(stage)
                        .withHttp(APIGatewayV2HTTPEvent.RequestContext.Http.builder()
                                .withMethod(method)
                                .withPath(path)
                                .build())
                        .build());
    }
}

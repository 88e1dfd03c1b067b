package io.lambdascope.localstack.host.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpApiAnswerTest {
    @Test
    void aWholeAnswer() throws IOException {
        HttpApiAnswer answer = parse("""
                {"statusCode":404,"headers":{"Content-Type":"text/html","X-N":7,"X-Null":null},\
                "multiValueHeaders":null,"cookies":["a=1","b=2"],"body":"AP8=","isBase64Encoded":true}""");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.headers()).containsEntry("Content-Type", "text/html").containsEntry("X-N", "7");
        assertThat(answer.headers()).doesNotContainKey("X-Null");
        assertThat(answer.cookies()).containsExactly("a=1", "b=2");
        assertThat(answer.body()).containsExactly(0, 0xff);
    }

    @Test
    void whatIsNotSaidIsAssumed() throws IOException {
        HttpApiAnswer answer = parse("{\"statusCode\":\"201\",\"body\":\"größe\"}");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.headers()).containsEntry("content-type", "text/plain;charset=UTF-8");
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("größe");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1}", "\"text\"", "[1]", "null"})
    void jsonWithoutAStatusIsTheBody(String json) throws IOException {
        HttpApiAnswer answer = parse(json);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).containsEntry("content-type", "application/json");
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"statusCode\":200,",
                "{\"statusCode\":\"ok\"}",
                "{\"statusCode\":99}",
                "{\"statusCode\":200,\"body\":\"!\",\"isBase64Encoded\":true}",
                "nonsense"
            })
    void otherAnswersAreRefused(String json) {
        assertThatThrownBy(() -> parse(json)).isInstanceOf(IOException.class);
    }

    private static HttpApiAnswer parse(String json) throws IOException {
        return HttpApiAnswer.parse(json.getBytes(StandardCharsets.UTF_8));
    }
}

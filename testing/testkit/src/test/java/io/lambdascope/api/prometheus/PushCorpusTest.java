package io.lambdascope.api.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.api.HttpResponse;
import io.lambdascope.head.HeadSettings;
import io.lambdascope.ingest.PushSettings;
import io.lambdascope.ingest.PushWorld;
import io.lambdascope.limits.Tenant;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Damaged bodies that were found once, the shortest for each answer, and what they are answered. A file for each
/// protocol in `push-corpus`: status and body of the answer, then the content in hexadecimal; what breaks a push is
/// added to it.
class PushCorpusTest {
    record Case(PushProtocol protocol, String answer, byte[] content) {
        @Override
        public String toString() {
            return protocol + " " + answer;
        }
    }

    static Stream<Case> cases() {
        return Arrays.stream(PushProtocol.values()).flatMap(PushCorpusTest::casesOf);
    }

    private static Stream<Case> casesOf(PushProtocol protocol) {
        String file = "/push-corpus/%s.txt"
                .formatted(protocol.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        try (InputStream in = PushCorpusTest.class.getResourceAsStream(file)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.strip().split("\n\n")).map(lines -> {
                String[] parts = lines.split("\n", 2);
                return new Case(protocol, parts[0], HexFormat.of().parseHex(parts[1].strip()));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void isAnsweredAsEver(Case known) {
        PushWorld world = new PushWorld(PushSettings.DEFAULTS, HeadSettings.DEFAULTS);
        HttpResponse response =
                world.push(new Tenant("team-a"), known.protocol().request(known.content()));
        String body = new String(response.body(), StandardCharsets.UTF_8);
        assertThat((response.status() + " " + body).strip()).isEqualTo(known.answer());
    }
}

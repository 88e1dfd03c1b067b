package io.lambdascope.localstack.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.zip.GZIPOutputStream;

/// Lines of Telegraf's inputs cpu, mem, disk, net and http_response, in a request as its output `influxdb` makes it.
/// Telegraf itself is in no registry that a build of ours asks.
final class TelegrafLines {
    private static final InstantSource CLOCK = InstantSource.system();

    private TelegrafLines() {}

    static Closeable push(String endpoint, String tenant) throws IOException {
        String lines = PushingClient.resource("telegraf.lines").replace("NOW", CLOCK.millis() / 1000 + "000000000");
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(body)) {
            gzip.write(lines.getBytes(StandardCharsets.UTF_8));
        }
        URI url = URI.create(endpoint + "/api/v1/push/influx/write?consistency=any&db=telegraf");
        HttpURLConnection request = (HttpURLConnection) url.toURL().openConnection();
        request.setRequestMethod("POST");
        request.setRequestProperty("User-Agent", "Telegraf/1.32.0 Go/1.23.0");
        request.setRequestProperty("Content-Type", "text/plain; charset=utf-8");
        request.setRequestProperty("Content-Encoding", "gzip");
        request.setRequestProperty("X-Scope-OrgID", tenant);
        request.setDoOutput(true);
        try (OutputStream out = request.getOutputStream()) {
            body.writeTo(out);
        }
        // anything else is an error to Telegraf
        assertThat(request.getResponseCode()).isEqualTo(HttpURLConnection.HTTP_NO_CONTENT);
        return PushingClient.done();
    }
}

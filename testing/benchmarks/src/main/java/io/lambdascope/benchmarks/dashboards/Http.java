package io.lambdascope.benchmarks.dashboards;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPInputStream;

/// Asks as Grafana does: one connection that stays open, answers compressed.
final class Http {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static URI at(URI api, DashboardQuery query) {
        return api.resolve("query_range?query=%s&start=%s&end=%s&step=%s"
                .formatted(
                        URLEncoder.encode(query.text(), StandardCharsets.UTF_8),
                        query.grid().startMillis() / 1000.0,
                        query.grid().endMillis() / 1000.0,
                        query.grid().stepMillis() / 1000.0));
    }

    /// Nanoseconds from the question to the last byte of the answer.
    long time(DashboardQuery query, URI api) throws IOException, InterruptedException {
        HttpRequest request = request(at(api, query));
        long began = System.nanoTime();
        HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        long took = System.nanoTime() - began;
        check(response);
        return took;
    }

    /// The answer as text.
    String answer(DashboardQuery query, URI api) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = client.send(request(at(api, query)), HttpResponse.BodyHandlers.ofByteArray());
        check(response);
        return text(response);
    }

    private static HttpRequest request(URI uri) {
        return HttpRequest.newBuilder(uri)
                .header("accept-encoding", "gzip")
                .timeout(Duration.ofMinutes(1))
                .build();
    }

    private static void check(HttpResponse<byte[]> response) throws IOException {
        if (response.statusCode() != 200) {
            throw new IOException("%s answers %d: %s".formatted(response.uri(), response.statusCode(), text(response)));
        }
    }

    private static String text(HttpResponse<byte[]> response) throws IOException {
        boolean gzip =
                response.headers().firstValue("content-encoding").orElse("").equals("gzip");
        byte[] body = response.body();
        if (gzip) {
            try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
                body = in.readAllBytes();
            }
        }
        return new String(body, StandardCharsets.UTF_8);
    }

    /// Waits until `uri` answers 200.
    void awaitAnswer(URI uri, Duration patience) throws IOException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                if (client.send(request(uri), HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == 200) {
                    return;
                }
            } catch (IOException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
            }
            Thread.sleep(50);
        }
    }
}

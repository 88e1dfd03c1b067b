package io.lambdascope.wire.remoteread;

import io.lambdascope.testkit.metrics.RemoteWriteBody;
import io.lambdascope.testkit.metrics.RemoteWriteBody.Message;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;

/// Has a real Prometheus store [RecordedSeries] and records what it answers to remote reads: how the files beside
/// `PrometheusAnswersTest` were made, with Prometheus 2.42 started as
/// `prometheus --web.enable-remote-write-receiver --enable-feature=native-histograms` over an empty folder.
final class PrometheusRecorder {
    private PrometheusRecorder() {}

    /// @param args the base URL of the Prometheus, and the folder to write to
    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Path.of(args[1]);
        try (HttpClient client = HttpClient.newHttpClient()) {
            post(client, args[0] + "/api/v1/write", RemoteWriteBody.of(RecordedSeries.batch()));
            for (ReadRequest.Form form : ReadRequest.Form.values()) {
                byte[] answer = post(client, args[0] + "/api/v1/read", request(form));
                Files.write(folder.resolve(form + ".bin"), answer);
            }
        }
    }

    /// For the floats and for the histograms; for the floats alone where samples are wanted, among which Prometheus
    /// 2.42
    /// has no histograms.
    static byte[] request(ReadRequest.Form form) {
        Message request = new Message().message(1, query("recorded_float"));
        if (form == ReadRequest.Form.STREAMED_XOR_CHUNKS) {
            request.message(1, query("recorded_histogram"));
        }
        return RemoteWriteBody.snappy(request.varint(2, form.ordinal()).bytes());
    }

    private static Message query(String name) {
        return new Message()
                .varint(1, RecordedSeries.START)
                .varint(2, RecordedSeries.END)
                .message(3, new Message().text(2, "__name__").text(3, name));
    }

    private static byte[] post(HttpClient client, String url, byte[] body) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = client.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("content-type", "application/x-protobuf")
                        .header("content-encoding", "snappy")
                        .POST(BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofByteArray());
        if (response.statusCode() / 100 != 2) {
            throw new IOException(url + " answered " + response.statusCode() + ": " + new String(response.body()));
        }
        return response.body();
    }
}

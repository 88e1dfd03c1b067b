package io.lambdascope.api.otlp;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.lambdascope.api.HttpRequest;
import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.wire.ProtoWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// The two encodings of OTLP over HTTP, and the few messages that we write in them.
enum OtlpMedia {
    PROTOBUF("application/x-protobuf"),
    JSON("application/json");

    private final String contentType;

    OtlpMedia(String contentType) {
        this.contentType = contentType;
    }

    String contentType() {
        return contentType;
    }

    /// What a request says that it is in.
    ///
    /// @throws Fault UNSUPPORTED_MEDIA if that is neither
    static OtlpMedia of(HttpRequest request) {
        String header = request.header("content-type");
        String type = header == null ? "" : header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return switch (type) {
            case "application/x-protobuf", "application/protobuf" -> PROTOBUF;
            case "application/json" -> JSON;
            default ->
                throw new Fault(
                        FaultKind.UNSUPPORTED_MEDIA,
                        header == null
                                ? "there is no content-type; send application/x-protobuf or application/json"
                                : "content-type \"%s\" is not read here; send application/x-protobuf or application/json"
                                        .formatted(header));
        };
    }

    /// An `Export…ServiceResponse`: empty if everything is stored, with `partial_success` otherwise
    /// (opentelemetry-proto `collector/metrics/v1/metrics_service.proto` and its siblings).
    ///
    /// @param rejectedName what JSON calls the number of those that were refused, as in `rejectedDataPoints`
    byte[] response(OtlpExport.Outcome outcome, String rejectedName) {
        if (outcome.isComplete()) {
            return switch (this) {
                case PROTOBUF -> new byte[0];
                case JSON -> utf8("{}");
            };
        }
        return switch (this) {
            case PROTOBUF -> {
                ProtoWriter out = new ProtoWriter(512);
                int partial = out.begin(1);
                if (outcome.rejected() > 0) {
                    out.varint(1, outcome.rejected());
                }
                out.text(2, outcome.text());
                out.end(partial);
                yield out.toByteArray();
            }
            case JSON ->
                utf8("{\"partialSuccess\":{\"%s\":\"%d\",\"errorMessage\":%s}}"
                        .formatted(rejectedName, outcome.rejected(), quote(outcome.text())));
        };
    }

    /// A `google.rpc.Status`, which every answer but a success is (googleapis `google/rpc/status.proto`).
    byte[] status(int code, String message) {
        return switch (this) {
            case PROTOBUF -> {
                ProtoWriter out = new ProtoWriter(512);
                out.varint(1, code);
                out.text(2, message);
                yield out.toByteArray();
            }
            case JSON -> utf8("{\"code\":%d,\"message\":%s}".formatted(code, quote(message)));
        };
    }

    private static String quote(String text) {
        return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package io.lambdascope.localstack.host.lambda;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.lambdascope.localstack.host.HttpExchanges;
import io.lambdascope.localstack.host.lambda.InvokeOutcome.Answered;
import io.lambdascope.localstack.host.lambda.InvokeOutcome.Failed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The Runtime API (version 2018-06-01) that processes of functions poll. Each process is told a path of its own, so
/// the paths here are `/{process}/2018-06-01/runtime/…`.
final class RuntimeApi implements HttpHandler {
    private static final String VERSION = "2018-06-01";
    private static final JsonFactory JSON = new JsonFactory();

    private final Function<String, @Nullable FunctionProcess> processes;

    RuntimeApi(Function<String, @Nullable FunctionProcess> processes) {
        this.processes = processes;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String[] path = exchange.getRequestURI().getPath().split("/");
            FunctionProcess process = path.length > 4 ? processes.apply(path[1]) : null;
            if (process == null || !path[2].equals(VERSION) || !path[3].equals("runtime")) {
                answer(exchange, 403, "no such process");
            } else if (path[4].equals("invocation") && path.length == 6 && path[5].equals("next")) {
                next(exchange, process);
            } else if (path[4].equals("invocation") && path.length == 7 && path[6].equals("response")) {
                response(exchange, process, path[5]);
            } else if (path[4].equals("invocation") && path.length == 7 && path[6].equals("error")) {
                error(exchange, process, path[5]);
            } else if (path[4].equals("init") && path.length == 6 && path[5].equals("error")) {
                // The process ends right after this, and its end fails the invocation that it was started for.
                HttpExchanges.body(exchange, LambdaLimits.MAX_ANSWER_BYTES);
                answer(exchange, 202, "");
            } else {
                answer(exchange, 404, "no such operation");
            }
        }
    }

    private static void next(HttpExchange exchange, FunctionProcess process) throws IOException {
        Invocation invocation;
        try {
            invocation = process.pool.poll(process).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        } catch (ExecutionException e) {
            throw new IOException(e);
        }
        if (invocation == null) {
            answer(exchange, 410, "the process is not wanted any more");
            return;
        }
        FunctionSettings settings = process.pool.settings();
        var headers = exchange.getResponseHeaders();
        long deadline = Instant.now().plus(settings.timeout()).toEpochMilli();
        headers.set("Lambda-Runtime-Aws-Request-Id", invocation.id);
        headers.set("Lambda-Runtime-Deadline-Ms", Long.toString(deadline));
        headers.set(
                "Lambda-Runtime-Invoked-Function-Arn",
                "arn:aws:lambda:us-east-1:000000000000:function:" + settings.name());
        // The runtime client crashes without one.
        String root = invocation.id.replace("-", "");
        headers.set(
                "Lambda-Runtime-Trace-Id", "Root=1-%s-%s;Sampled=0".formatted(root.substring(0, 8), root.substring(8)));
        headers.set("Content-Type", "application/json");
        HttpExchanges.send(exchange, 200, invocation.payload);
    }

    private static void response(HttpExchange exchange, FunctionProcess process, String id) throws IOException {
        byte[] payload = HttpExchanges.body(exchange, LambdaLimits.MAX_ANSWER_BYTES);
        if (payload == null) {
            Failed tooLarge = Failed.of(
                    "Function.ResponseSizeTooLarge",
                    id,
                    "Response payload size exceeded maximum allowed payload size (%d bytes)."
                            .formatted(LambdaLimits.MAX_ANSWER_BYTES));
            process.pool.complete(process, id, tooLarge);
            answer(exchange, 413, "the answer is larger than 6 MB");
        } else if (process.pool.complete(process, id, new Answered(payload))) {
            answer(exchange, 202, "");
        } else {
            answer(exchange, 400, "the process does not work on this request");
        }
    }

    private static void error(HttpExchange exchange, FunctionProcess process, String id) throws IOException {
        byte[] payload = HttpExchanges.body(exchange, LambdaLimits.MAX_ANSWER_BYTES);
        if (payload == null) {
            answer(exchange, 413, "the error is larger than 6 MB");
            return;
        }
        boolean mine = process.pool.complete(process, id, new Failed(errorTypeOf(payload), payload));
        answer(exchange, mine ? 202 : 400, "");
    }

    private static String errorTypeOf(byte[] payload) {
        try (JsonParser parser = JSON.createParser(payload)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.FIELD_NAME
                        && parser.currentName().equals("errorType")) {
                    String type = parser.nextTextValue();
                    return type == null ? "Unknown" : type;
                }
            }
        } catch (IOException _) {
            return "Unknown";
        }
        return "Unknown";
    }

    private static void answer(HttpExchange exchange, int status, String message) throws IOException {
        HttpExchanges.send(exchange, status, message.getBytes(StandardCharsets.UTF_8));
    }
}

package io.lambdascope.localstack.host.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.lambdascope.localstack.host.HttpExchanges;
import io.lambdascope.localstack.host.lambda.InvokeOutcome.Answered;
import io.lambdascope.localstack.host.lambda.InvokeOutcome.Failed;
import io.lambdascope.localstack.host.lambda.InvokeOutcome.Throttled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The Invoke operation of Lambda's API (version 2015-03-31), synchronous only, as an AWS SDK calls it:
/// `POST /2015-03-31/functions/{name}/invocations`. Signatures are not looked at.
final class InvokeApi implements HttpHandler {
    static final String PATH = "/2015-03-31/functions/";
    private static final String OPERATION = "/invocations";

    private final Function<String, @Nullable FunctionPool> pools;

    InvokeApi(Function<String, @Nullable FunctionPool> pools) {
        this.pools = pools;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (!exchange.getRequestMethod().equals("POST") || !path.endsWith(OPERATION)) {
                refuse(exchange, 404, "UnknownOperationException", "only Invoke is known here");
                return;
            }
            String name = path.substring(PATH.length(), path.length() - OPERATION.length());
            FunctionPool pool = pools.apply(name.substring(name.lastIndexOf(':') + 1));
            if (pool == null) {
                refuse(exchange, 404, "ResourceNotFoundException", "Function not found: " + name);
                return;
            }
            String type = exchange.getRequestHeaders().getFirst("X-Amz-Invocation-Type");
            if (type != null && !type.equals("RequestResponse")) {
                refuse(
                        exchange,
                        400,
                        "InvalidParameterValueException",
                        "invocation type %s is not supported here: use RequestResponse".formatted(type));
                return;
            }
            byte[] payload = HttpExchanges.body(exchange, LambdaLimits.MAX_EVENT_BYTES);
            if (payload == null) {
                refuse(
                        exchange,
                        413,
                        "RequestTooLargeException",
                        "Request must be smaller than %d bytes for the InvokeFunction operation"
                                .formatted(LambdaLimits.MAX_EVENT_BYTES));
                return;
            }
            invoke(exchange, pool, payload);
        }
    }

    private static void invoke(HttpExchange exchange, FunctionPool pool, byte[] payload) throws IOException {
        InvokeOutcome outcome;
        try {
            outcome = pool.invoke(payload, Duration.ZERO, Duration.ofMinutes(20));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        switch (outcome) {
            case Answered(byte[] answer) -> answer(exchange, 200, answer);
            case Failed failed -> {
                exchange.getResponseHeaders().set("X-Amz-Function-Error", "Unhandled");
                answer(exchange, 200, failed.payload());
            }
            case Throttled _ -> refuse(exchange, 429, "TooManyRequestsException", "Rate Exceeded.");
            case null -> refuse(exchange, 500, "ServiceException", "the invocation has not ended");
        }
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.set("X-Amz-Executed-Version", "$LATEST");
        headers.set("Content-Type", "application/json");
        HttpExchanges.send(exchange, status, body);
    }

    private static void refuse(HttpExchange exchange, int status, String type, String message) throws IOException {
        exchange.getResponseHeaders().set("x-amzn-ErrorType", type);
        String body = status == 429
                ? "{\"Reason\":\"ReservedFunctionConcurrentInvocationLimitExceeded\",\"Type\":\"User\",\"message\":\"%s\"}"
                        .formatted(message)
                : "{\"Type\":\"User\",\"Message\":\"%s\"}".formatted(message);
        answer(exchange, status, body.getBytes(StandardCharsets.UTF_8));
    }
}

package io.lambdascope.functions.query;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.lambdascope.api.HttpRequest;
import io.lambdascope.api.HttpResponse;
import io.lambdascope.api.lambda.HttpEvents;
import jakarta.inject.Named;

/// Answers what is asked over HTTP.
@Named("query")
public class QueryFunction implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
    @Override
    public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
        return HttpEvents.answerOf(answer(HttpEvents.requestOf(event)));
    }

    private static HttpResponse answer(HttpRequest request) {
        return switch (request.path()) {
            case "/ready", "/-/healthy" -> HttpResponse.text(200, "ready\n");
            default -> HttpResponse.text(404, "nothing is served at " + request.path());
        };
    }
}

package io.lambdascope.functions.query;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.lambdascope.api.lambda.HttpEvents;
import jakarta.inject.Named;

/// Answers what is asked over HTTP.
@Named("query")
public class QueryFunction implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
    private final QueryWiring services;

    QueryFunction(QueryWiring services) {
        this.services = services;
    }

    @Override
    public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
        return HttpEvents.answerOf(services.door().answer(HttpEvents.requestOf(event)));
    }
}

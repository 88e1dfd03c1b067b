package io.lambdascope.functions.query;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.lambdascope.api.Access;
import io.lambdascope.api.HttpRequest;
import io.lambdascope.api.HttpResponse;
import io.lambdascope.api.Routes;
import io.lambdascope.api.lambda.HttpEvents;
import io.lambdascope.fault.Fault;
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
        return HttpEvents.answerOf(answer(HttpEvents.requestOf(event)));
    }

    private HttpResponse answer(HttpRequest request) {
        return switch (Routes.match(request.method(), request.path())) {
            case Routes.Match.Found found
            when found.route().right() == Routes.Right.NONE -> HttpResponse.text(200, "ready\n");
            case Routes.Match.Found found
            when found.route().function() == Routes.Function.QUERY -> query(request, found);
            case Routes.Match.Found _, Routes.Match.OtherMethod _, Routes.Match.NotFound _ ->
                HttpResponse.text(404, "nothing is served at " + request.path());
        };
    }

    private HttpResponse query(HttpRequest request, Routes.Match.Found found) {
        Access access;
        try {
            access = services.verifier().verify(request);
        } catch (Fault fault) {
            return HttpResponse.text(401, fault.text());
        }
        return services.prometheus().answer(request, found, access);
    }
}

package io.lambdascope.functions.ingest;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.lambdascope.api.HttpRequest;
import io.lambdascope.api.HttpResponse;
import io.lambdascope.api.Routes;
import io.lambdascope.api.lambda.HttpEvents;
import jakarta.inject.Named;

/// Takes what agents push.
@Named("push")
public class PushFunction implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
    private final IngestWiring services;

    PushFunction(IngestWiring services) {
        this.services = services;
    }

    @Override
    public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
        return HttpEvents.answerOf(answer(HttpEvents.requestOf(event)));
    }

    private HttpResponse answer(HttpRequest request) {
        return switch (Routes.match(request.method(), request.path())) {
            case Routes.Match.Found(Routes.Route route, var _)
            when route.function() == Routes.Function.INGEST -> services.push(request);
            case Routes.Match.Found _, Routes.Match.OtherMethod _, Routes.Match.NotFound _ ->
                HttpResponse.text(404, "nothing is pushed to " + request.path());
        };
    }
}

package io.lambdascope.functions.compact;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.lambdascope.compact.CompactReport;
import io.lambdascope.compact.CompactRequest;
import io.lambdascope.compact.CompactService;
import jakarta.inject.Named;
import java.time.InstantSource;
import java.util.Map;

/// Compacts whatever needs it. A schedule's event says nothing: the tables know what there is to do. An
/// operator's may name one tenant, or look ahead; see [CompactRequest#of].
@Named("compact")
public class CompactFunction implements RequestHandler<Map<String, Object>, CompactReport> {
    private final InstantSource clock = InstantSource.system();
    private final CompactService service;

    CompactFunction(CompactWiring wiring) {
        this.service = wiring.service();
    }

    @Override
    public CompactReport handleRequest(Map<String, Object> event, Context context) {
        return service.compact(
                CompactRequest.of(event), clock.instant().plusMillis(context.getRemainingTimeInMillis()));
    }
}

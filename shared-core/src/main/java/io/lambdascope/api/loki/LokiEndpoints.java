package io.lambdascope.api.loki;

import io.lambdascope.api.HttpResponse;
import java.util.Map;

/// Some paths of Loki's API that belong together, and what answers at each.
public interface LokiEndpoints {
    /// Answers the requests at one path, whatever method [io.lambdascope.api.Routes] has let through.
    @FunctionalInterface
    interface Endpoint {
        /// @throws io.lambdascope.fault.Fault to be told as the protocol tells errors
        HttpResponse answer(LokiCall call);
    }

    /// Endpoints by the paths of their routes.
    Map<String, Endpoint> byPath();
}

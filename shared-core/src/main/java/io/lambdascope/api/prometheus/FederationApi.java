package io.lambdascope.api.prometheus;

import io.lambdascope.api.Access;
import io.lambdascope.api.AnswerBody;
import io.lambdascope.api.FrontDoor;
import io.lambdascope.api.HttpRequest;
import io.lambdascope.api.HttpResponse;
import io.lambdascope.api.Routes.Match;
import io.lambdascope.api.TextFaults;
import io.lambdascope.query.SampleReads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// Federation (prometheus `web/federate.go`): the newest sample of each series, exposed as a target exposes its
/// metrics, for a Prometheus that scrapes it.
public final class FederationApi implements FrontDoor.Endpoint {
    private static final String TOO_LARGE_ADVICE = "match fewer series, or accept gzip";

    private final SampleReads reads;
    private final InstantSource clock;
    private final Duration longest;

    /// @param longest how much time there is for an answer
    public FederationApi(SampleReads reads, InstantSource clock, Duration longest) {
        this.reads = reads;
        this.clock = clock;
        this.longest = longest;
    }

    @Override
    public HttpResponse answer(HttpRequest request, Match.Found found, Access access) {
        return TextFaults.answer("federation", () -> {
            access.check(found.route().right());
            PrometheusRequests requests = new PrometheusRequests(
                    found.variables(), request.parameters(), access.tenantsOf(request), clock.instant(), longest);
            List<MetricFamily> families = MetricFamily.of(reads.newest(requests.newest()));
            return respond(families, ExpositionFormat.accepted(request.header("accept")), request);
        });
    }

    private static HttpResponse respond(List<MetricFamily> families, ExpositionFormat format, HttpRequest request) {
        try (AnswerBody body = switch (format.kind()) {
            case TEXT -> AnswerBody.text(request, TOO_LARGE_ADVICE);
            case PROTOBUF -> AnswerBody.binary(request, TOO_LARGE_ADVICE);
        }) {
            switch (format.kind()) {
                case TEXT -> new ExpositionText(format.names(), body).write(families);
                case PROTOBUF -> new ExpositionProtobuf(format.names(), body).write(families);
            }
            return body.respond(200, format.contentType());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

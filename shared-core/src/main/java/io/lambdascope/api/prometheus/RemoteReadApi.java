package io.lambdascope.api.prometheus;

import io.lambdascope.api.Access;
import io.lambdascope.api.AnswerBody;
import io.lambdascope.api.FrontDoor;
import io.lambdascope.api.HttpRequest;
import io.lambdascope.api.HttpResponse;
import io.lambdascope.api.Routes.Match;
import io.lambdascope.api.TextFaults;
import io.lambdascope.query.SampleReads;
import io.lambdascope.query.SamplesRequest;
import io.lambdascope.wire.remoteread.ReadAnswer;
import io.lambdascope.wire.remoteread.ReadRequest;
import io.lambdascope.wire.remoteread.ReadRequestDecoder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// Remote read (prometheus `storage/remote/read_handler.go`): stored samples for a Prometheus that evaluates them
/// itself. An answer that Prometheus would stream is one body here.
public final class RemoteReadApi implements FrontDoor.Endpoint {
    private static final int MAX_REQUEST_BYTES = 1 << 20;

    private final SampleReads reads;
    private final InstantSource clock;
    private final Duration longest;

    /// @param longest how much time there is for an answer
    public RemoteReadApi(SampleReads reads, InstantSource clock, Duration longest) {
        this.reads = reads;
        this.clock = clock;
        this.longest = longest;
    }

    @Override
    public HttpResponse answer(HttpRequest request, Match.Found found, Access access) {
        return TextFaults.answer("remote read", () -> {
            access.check(found.route().right());
            ReadRequest read = ReadRequestDecoder.decode(request.body(), MAX_REQUEST_BYTES);
            ReadAnswer answer =
                    ReadAnswer.to(read, AnswerBody.MAX_BINARY_BYTES, most -> AnswerBody.tooLarge(most, advice(read)));
            reads.samples(
                    new SamplesRequest(
                            access.tenantsOf(request),
                            read.queries().stream().map(RemoteReadApi::read).toList(),
                            clock.instant().plus(longest)),
                    answer::add);
            return respond(answer);
        });
    }

    private static SamplesRequest.Read read(ReadRequest.Query query) {
        return new SamplesRequest.Read(query.matchers(), query.range(), query.labelsOnly());
    }

    private static String advice(ReadRequest read) {
        boolean chunks = read.accepted().contains(ReadRequest.Form.STREAMED_XOR_CHUNKS.ordinal());
        return "ask for fewer series or a shorter time" + (chunks ? "" : ", or accept STREAMED_XOR_CHUNKS");
    }

    private static HttpResponse respond(ReadAnswer answer) {
        byte[] body = answer.finish();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", answer.contentType());
        if (answer.isSnappy()) {
            headers.put("content-encoding", "snappy");
        }
        return new HttpResponse(200, headers, body);
    }
}

package io.lambdascope.wire.remoteread;

import io.lambdascope.fault.Fault;
import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.SeriesSamples;
import io.lambdascope.wire.ProtoWriter;
import java.util.List;

/// Writes the answer to a remote read request: series come query by query and in the order of their labels, and are
/// written at once.
public sealed interface ReadAnswer permits SamplesAnswer, ChunksAnswer {
    /// Says that an answer gets too large.
    @FunctionalInterface
    interface TooLarge {
        Fault fault(int most);
    }

    /// The answer in the first form that the client accepts and that we write.
    ///
    /// @param maxBytes the most that [#finish] may give
    /// @throws Fault BAD_REQUEST if there is no such form
    static ReadAnswer to(ReadRequest request, int maxBytes, TooLarge tooLarge) {
        List<Integer> accepted =
                request.accepted().isEmpty() ? List.of(ReadRequest.Form.SAMPLES.ordinal()) : request.accepted();
        for (int form : accepted) {
            if (form == ReadRequest.Form.SAMPLES.ordinal()) {
                return new SamplesAnswer(request.queries().size(), maxBytes, tooLarge);
            }
            if (form == ReadRequest.Form.STREAMED_XOR_CHUNKS.ordinal()) {
                return new ChunksAnswer(maxBytes, tooLarge);
            }
        }
        throw Fault.badRequest(
                "server does not support any of the requested response types: %s; supported: 0 (SAMPLES), 1"
                        + " (STREAMED_XOR_CHUNKS)",
                accepted);
    }

    /// Adds a series to what answers query number `query`, which is never below the last one's.
    ///
    /// @param samples valid during the call; none where the query wants labels only
    /// @throws Fault as [TooLarge] makes it
    void add(int query, Labels labels, SeriesSamples samples);

    /// The body. Nothing is added afterwards.
    ///
    /// @throws Fault as [TooLarge] makes it
    byte[] finish();

    String contentType();

    /// Whether the body is compressed as remote write is.
    boolean isSnappy();

    static void writeLabels(Labels labels, ProtoWriter out) {
        for (int i = 0; i < labels.size(); i++) {
            int label = out.begin(1);
            out.text(1, labels.name(i));
            out.text(2, labels.value(i));
            out.end(label);
        }
    }
}

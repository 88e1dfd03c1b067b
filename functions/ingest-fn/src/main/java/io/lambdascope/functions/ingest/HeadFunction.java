package io.lambdascope.functions.ingest;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.lambdascope.ingest.HeadService;
import jakarta.inject.Named;
import java.util.List;

/// Appends what the queue delivers to the head, and names the messages that are to be delivered again.
@Named("head")
public class HeadFunction implements RequestHandler<SQSEvent, SQSBatchResponse> {
    private final IngestWiring services;

    HeadFunction(IngestWiring services) {
        this.services = services;
    }

    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
        List<HeadService.Message> messages = event.getRecords().stream()
                .map(record -> new HeadService.Message(record.getMessageId(), record.getBody()))
                .toList();
        return new SQSBatchResponse(services.head().handle(messages).stream()
                .map(SQSBatchResponse.BatchItemFailure::new)
                .toList());
    }
}

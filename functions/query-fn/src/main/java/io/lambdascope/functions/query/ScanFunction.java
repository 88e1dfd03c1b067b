package io.lambdascope.functions.query;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.lambdascope.aws.ScanPayload;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// Runs a piece of a plan for the query function.
@Named("scan")
public class ScanFunction implements RequestStreamHandler {
    private final QueryWiring services;

    ScanFunction(QueryWiring services) {
        this.services = services;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        byte[] request = ScanPayload.decode(input.readAllBytes());
        output.write(ScanPayload.encode(services.scans().invoke(request)));
    }
}

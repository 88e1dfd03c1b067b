package io.lambdascope.localstack.host.lambda;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// One event on its way to a process and its outcome on the way back.
final class Invocation {
    final String id = UUID.randomUUID().toString();
    final byte[] payload;
    final CompletableFuture<InvokeOutcome> outcome = new CompletableFuture<>();

    Invocation(byte[] payload) {
        this.payload = payload;
    }
}

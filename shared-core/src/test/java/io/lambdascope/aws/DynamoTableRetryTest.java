package io.lambdascope.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.store.Table;
import io.lambdascope.store.Table.Outcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// What [DynamoTable] does with answers that emulators do not give.
class DynamoTableRetryTest {
    private static final int ATTEMPTS = 4;

    /// Answers from a script, and remembers what it was asked.
    private static final class ScriptedDynamo implements DynamoDbClient {
        final Deque<RuntimeException> failures = new ArrayDeque<>();
        final List<TransactWriteItemsRequest> transactions = new ArrayList<>();
        final List<Integer> batches = new ArrayList<>();
        int leftUndone;

        @Override
        public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
            transactions.add(request);
            failIfPlanned();
            return TransactWriteItemsResponse.builder().build();
        }

        @Override
        public BatchWriteItemResponse batchWriteItem(BatchWriteItemRequest request) {
            failIfPlanned();
            List<WriteRequest> writes = request.requestItems().getOrDefault("t", List.of());
            batches.add(writes.size());
            List<WriteRequest> left = writes.subList(0, Math.min(leftUndone, writes.size()));
            leftUndone = Math.max(0, leftUndone - 10);
            return BatchWriteItemResponse.builder()
                    .unprocessedItems(left.isEmpty() ? Map.of() : Map.of("t", left))
                    .build();
        }

        private void failIfPlanned() {
            RuntimeException failure = failures.poll();
            if (failure != null) {
                throw failure;
            }
        }

        @Override
        public String serviceName() {
            return "dynamodb";
        }

        @Override
        public void close() {}
    }

    private final ScriptedDynamo dynamo = new ScriptedDynamo();
    private final List<Long> pauses = new ArrayList<>();
    private final Table table = new DynamoTable(
            dynamo, "t", () -> "token", new Backoff(ATTEMPTS, 100, new SplittableRandom(1), pauses::add));

    @ParameterizedTest
    @ValueSource(strings = {"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"})
    void triesAgainUnderTheSameName(String reason) {
        dynamo.failures.add(cancelled("None", reason));
        dynamo.failures.add(cancelled(reason, "None"));
        assertThat(commit()).isEqualTo(Outcome.DONE);
        assertThat(dynamo.transactions)
                .hasSize(3)
                .extracting(TransactWriteItemsRequest::clientRequestToken)
                .containsOnly("token");
        assertThat(pauses).hasSize(2);
        assertThat(pauses.get(0)).isBetween(0L, 100L);
        assertThat(pauses.get(1)).isBetween(0L, 200L);
    }

    @Test
    void givesUpAfterSomeAttempts() {
        Stream.generate(() -> cancelled("TransactionConflict")).limit(ATTEMPTS).forEach(dynamo.failures::add);
        assertFault(FaultKind.UNAVAILABLE, this::commit);
        assertThat(dynamo.transactions).hasSize(ATTEMPTS);
    }

    @Test
    void aFailedConditionIsAnAnswerWhateverElseHappened() {
        dynamo.failures.add(cancelled("TransactionConflict", "ConditionalCheckFailed"));
        assertThat(commit()).isEqualTo(Outcome.CONDITION_FAILED);
        assertThat(dynamo.transactions).hasSize(1);
    }

    @Test
    void anotherReasonIsAFaultOfOurs() {
        dynamo.failures.add(cancelled("ValidationError"));
        assertFault(FaultKind.INTERNAL, this::commit);
    }

    @Test
    void sendsAgainWhatWasLeftUndone() {
        dynamo.leftUndone = 15;
        table.putAll(items(30));
        assertThat(dynamo.batches).containsExactly(25, 15, 5, 5);
        assertThat(pauses).hasSize(2);
    }

    @Test
    void givesUpOnWhatIsAlwaysLeftUndone() {
        dynamo.leftUndone = 1000;
        assertFault(FaultKind.UNAVAILABLE, () -> table.putAll(items(3)));
        assertThat(dynamo.batches).hasSize(ATTEMPTS);
    }

    @Test
    void throttlingErrorsOfTheServiceAndLostConnectionsPass() {
        for (RuntimeException failure : List.of(
                answer(400, "ProvisionedThroughputExceededException"),
                answer(400, "ThrottlingException"),
                answer(500, "InternalServerError"),
                answer(503, "ServiceUnavailable"),
                SdkClientException.create("connection reset"))) {
            dynamo.failures.add(failure);
            assertFault(FaultKind.UNAVAILABLE, () -> table.putAll(items(1)));
        }
    }

    @Test
    void aMissingTableOrPermissionDoesNotPass() {
        for (String code : List.of("ResourceNotFoundException", "AccessDeniedException", "ValidationException")) {
            dynamo.failures.add(answer(400, code));
            assertFault(FaultKind.INTERNAL, () -> table.putAll(items(1)));
        }
    }

    private Outcome commit() {
        return table.transact(List.of(new Table.Write.Create(items(1).getFirst())));
    }

    private static List<Table.Item> items(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Table.Item(new Table.Key("p", "s" + i), Map.of(), 0))
                .toList();
    }

    private static RuntimeException cancelled(String... reasons) {
        return TransactionCanceledException.builder()
                .message("cancelled")
                .statusCode(400)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("TransactionCanceledException")
                        .build())
                .cancellationReasons(Stream.of(reasons)
                        .map(reason -> CancellationReason.builder().code(reason).build())
                        .toList())
                .build();
    }

    private static RuntimeException answer(int status, String code) {
        return DynamoDbException.builder()
                .message("refused")
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                .build();
    }

    private static void assertFault(FaultKind kind, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.kind()).isEqualTo(kind));
    }
}

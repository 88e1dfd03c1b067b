package io.lambdascope.aws;

import io.lambdascope.store.Ids;
import io.lambdascope.store.Table;
import io.lambdascope.store.TableLimits;
import io.lambdascope.store.Utf8Order;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// A DynamoDB table with the key `part` (text), `sort` (text) and time to live in `expires`.
public final class DynamoTable implements Table {
    private static final int MAX_BATCH = 25;
    private static final String CONDITION_FAILED = "ConditionalCheckFailed";

    /// Reasons to cancel a transaction that are gone when it is sent again.
    private static final Set<String> PASSING =
            Set.of("TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded");

    private final DynamoDbClient dynamo;
    private final String table;
    private final Ids ids;
    private final Backoff backoff;

    /// @param ids names transactions, so that one that is sent twice takes effect once
    public DynamoTable(DynamoDbClient dynamo, String table, Ids ids, Backoff backoff) {
        this.dynamo = dynamo;
        this.table = table;
        this.ids = ids;
        this.backoff = backoff;
    }

    @Override
    public Optional<Item> get(Key key) {
        TableLimits.requireKey(key);
        Map<String, AttributeValue> values = call(
                        "get",
                        () -> dynamo.getItem(request -> request.tableName(table)
                                .key(DynamoItems.of(key))
                                .consistentRead(true)))
                .item();
        return values.isEmpty() ? Optional.empty() : Optional.of(DynamoItems.toItem(values));
    }

    @Override
    public Page query(String partition, String fromSort, String toSort, @Nullable String next) {
        if (Utf8Order.INSTANCE.compare(fromSort, toSort) > 0) {
            return new Page(List.of(), null);
        }
        QueryRequest.Builder request = QueryRequest.builder()
                .tableName(table)
                .consistentRead(true)
                .keyConditionExpression("#part = :part AND #sort BETWEEN :from AND :to")
                .expressionAttributeNames(Map.of("#part", TableLimits.PARTITION, "#sort", TableLimits.SORT))
                .expressionAttributeValues(Map.of(
                        ":part", AttributeValue.fromS(partition),
                        ":from", AttributeValue.fromS(fromSort),
                        ":to", AttributeValue.fromS(toSort)));
        if (next != null) {
            request.exclusiveStartKey(DynamoItems.of(new Key(partition, next)));
        }
        QueryResponse answer = call("query", () -> dynamo.query(request.build()));
        AttributeValue last = answer.lastEvaluatedKey().get(TableLimits.SORT);
        return new Page(answer.items().stream().map(DynamoItems::toItem).toList(), last == null ? null : last.s());
    }

    @Override
    public void putAll(Collection<Item> items) {
        TableLimits.requireItems(items);
        writeAll(items.stream()
                .map(item -> WriteRequest.builder()
                        .putRequest(put -> put.item(DynamoItems.of(item)))
                        .build())
                .toList());
    }

    @Override
    public void deleteAll(Collection<Key> keys) {
        TableLimits.requireKeys(keys);
        writeAll(keys.stream()
                .map(key -> WriteRequest.builder()
                        .deleteRequest(delete -> delete.key(DynamoItems.of(key)))
                        .build())
                .toList());
    }

    private void writeAll(List<WriteRequest> writes) {
        for (int from = 0; from < writes.size(); from += MAX_BATCH) {
            writeBatch(writes.subList(from, Math.min(from + MAX_BATCH, writes.size())));
        }
    }

    /// DynamoDB answers a throttled batch with what it has left undone.
    private void writeBatch(List<WriteRequest> batch) {
        List<WriteRequest> left = batch;
        for (int attempt = 1; ; attempt++) {
            List<WriteRequest> now = left;
            left = call("batch write", () -> dynamo.batchWriteItem(request -> request.requestItems(Map.of(table, now))))
                    .unprocessedItems()
                    .getOrDefault(table, List.of());
            if (left.isEmpty()) {
                return;
            }
            backoff.await(
                    attempt,
                    "batch write to " + table,
                    new IllegalStateException("%d of %d items were left undone".formatted(left.size(), batch.size())));
        }
    }

    @Override
    public Outcome transact(List<Write> writes) {
        TableLimits.requireTransaction(writes);
        List<TransactWriteItem> items =
                writes.stream().map(write -> DynamoItems.toWrite(table, write)).toList();
        String token = ids.next();
        String what = "transaction on " + table;
        for (int attempt = 1; ; attempt++) {
            try {
                dynamo.transactWriteItems(
                        request -> request.transactItems(items).clientRequestToken(token));
                return Outcome.DONE;
            } catch (TransactionCanceledException e) {
                Set<String> reasons = e.cancellationReasons().stream()
                        .map(CancellationReason::code)
                        .collect(Collectors.toSet());
                if (reasons.contains(CONDITION_FAILED)) {
                    return Outcome.CONDITION_FAILED;
                }
                if (reasons.stream().noneMatch(PASSING::contains)) {
                    throw AwsFaults.of(what, e);
                }
                backoff.await(attempt, what, e);
            } catch (TransactionInProgressException e) {
                backoff.await(attempt, what, e);
            } catch (SdkException e) {
                throw AwsFaults.of(what, e);
            }
        }
    }

    private <T> T call(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            throw AwsFaults.of("%s on %s".formatted(what, table), e);
        }
    }
}

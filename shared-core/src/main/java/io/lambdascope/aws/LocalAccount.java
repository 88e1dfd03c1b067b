package io.lambdascope.aws;

import io.lambdascope.store.TableLimits;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyExistsException;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/// Makes over emulators what Terraform makes in an account. Each method leaves alone what is there, so all of them may
/// run at every start.
public final class LocalAccount {
    private LocalAccount() {}

    public static void ensureBucket(S3Client s3, String bucket) {
        try {
            s3.createBucket(request -> request.bucket(bucket));
        } catch (BucketAlreadyOwnedByYouException | BucketAlreadyExistsException alreadyThere) {
            // It is there.
        }
    }

    /// A table as [DynamoTable] expects it.
    public static void ensureTable(DynamoDbClient dynamo, String table) {
        try {
            dynamo.createTable(request -> request.tableName(table)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .attributeDefinitions(text(TableLimits.PARTITION), text(TableLimits.SORT))
                    .keySchema(key(TableLimits.PARTITION, KeyType.HASH), key(TableLimits.SORT, KeyType.RANGE)));
            dynamo.waiter().waitUntilTableExists(request -> request.tableName(table));
            dynamo.updateTimeToLive(request -> request.tableName(table)
                    .timeToLiveSpecification(
                            ttl -> ttl.attributeName(TableLimits.EXPIRES).enabled(true)));
        } catch (ResourceInUseException _) {
            // It is there.
        }
    }

    private static AttributeDefinition text(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    /// A queue, and beside it one for dead letters, named like it with `-dead` at the end. A queue that is there gets
    /// these attributes.
    ///
    /// @param visibilitySeconds how long a received message is hidden
    /// @param maxReceiveCount how often a message is received before it goes to the dead letters
    /// @return the queue's URL
    public static String ensureQueue(SqsClient sqs, String queue, int visibilitySeconds, int maxReceiveCount) {
        String deadUrl = ensureQueue(sqs, deadLettersOf(queue));
        String deadArn = sqs.getQueueAttributes(
                        request -> request.queueUrl(deadUrl).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
        String redrive = "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":%d}".formatted(deadArn, maxReceiveCount);
        String url = ensureQueue(sqs, queue);
        sqs.setQueueAttributes(request -> request.queueUrl(url)
                .attributes(Map.of(
                        QueueAttributeName.VISIBILITY_TIMEOUT,
                        Integer.toString(visibilitySeconds),
                        QueueAttributeName.REDRIVE_POLICY,
                        redrive)));
        return url;
    }

    private static String ensureQueue(SqsClient sqs, String queue) {
        try {
            return sqs.getQueueUrl(request -> request.queueName(queue)).queueUrl();
        } catch (QueueDoesNotExistException _) {
            return sqs.createQueue(request -> request.queueName(queue)).queueUrl();
        }
    }

    /// The name of the queue that holds what `queue` could not deliver.
    public static String deadLettersOf(String queue) {
        return queue + "-dead";
    }
}

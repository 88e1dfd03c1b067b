package io.lambdascope.localstack.host.events;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/// The event that a batch of messages is, and the answer that says which of them failed, both as AWS's developer
/// guide has them ("Using Lambda with Amazon SQS").
final class QueueEvents {
    private static final JsonFactory JSON = new JsonFactory();

    private QueueEvents() {}

    static byte[] event(List<Message> messages, String queueArn) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeArrayFieldStart("Records");
            for (Message message : messages) {
                writeRecord(json, message, queueArn);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private static void writeRecord(JsonGenerator json, Message message, String queueArn) throws IOException {
        json.writeStartObject();
        json.writeStringField("messageId", message.messageId());
        json.writeStringField("receiptHandle", message.receiptHandle());
        json.writeStringField("body", message.body());
        json.writeObjectFieldStart("attributes");
        for (Map.Entry<String, String> attribute : message.attributesAsStrings().entrySet()) {
            json.writeStringField(attribute.getKey(), attribute.getValue());
        }
        json.writeEndObject();
        json.writeObjectFieldStart("messageAttributes");
        for (Map.Entry<String, MessageAttributeValue> attribute :
                message.messageAttributes().entrySet()) {
            writeAttribute(json, attribute.getKey(), attribute.getValue());
        }
        json.writeEndObject();
        json.writeStringField("md5OfBody", message.md5OfBody());
        json.writeStringField("eventSource", "aws:sqs");
        json.writeStringField("eventSourceARN", queueArn);
        json.writeStringField("awsRegion", "us-east-1");
        json.writeEndObject();
    }

    private static void writeAttribute(JsonGenerator json, String name, MessageAttributeValue value)
            throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("dataType", value.dataType());
        if (value.stringValue() != null) {
            json.writeStringField("stringValue", value.stringValue());
        }
        if (value.binaryValue() != null) {
            json.writeBinaryField("binaryValue", value.binaryValue().asByteArrayUnsafe());
        }
        json.writeArrayFieldStart("stringListValues");
        json.writeEndArray();
        json.writeArrayFieldStart("binaryListValues");
        json.writeEndArray();
        json.writeEndObject();
    }

    /// The ids that `answer` names as failed: none if it is empty or names no failures.
    ///
    /// @return null if the answer is wrong, which fails the whole batch
    static @Nullable Set<String> failures(byte[] answer) {
        Set<String> failed = new HashSet<>();
        if (answer.length == 0) {
            return failed;
        }
        try (JsonParser parser = JSON.createParser(answer)) {
            JsonToken first = parser.nextToken();
            if (first != JsonToken.START_OBJECT) {
                return first == JsonToken.VALUE_NULL || first == JsonToken.VALUE_STRING ? failed : null;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean list = parser.currentName().equals("batchItemFailures");
                if (parser.nextToken() == JsonToken.START_ARRAY && list) {
                    if (!readFailures(parser, failed)) {
                        return null;
                    }
                } else {
                    parser.skipChildren();
                }
            }
        } catch (IOException _) {
            return null;
        }
        return failed;
    }

    private static boolean readFailures(JsonParser parser, Set<String> failed) throws IOException {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            String id = null;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean isId = parser.currentName().equals("itemIdentifier");
                JsonToken value = parser.nextToken();
                if (isId && value == JsonToken.VALUE_STRING) {
                    id = parser.getText();
                } else {
                    parser.skipChildren();
                }
            }
            if (id == null || id.isEmpty()) {
                return false;
            }
            failed.add(id);
        }
        return true;
    }
}

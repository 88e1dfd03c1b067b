package io.lambdascope.aws;

import io.lambdascope.fault.Fault;
import io.lambdascope.store.Table.Attribute;
import io.lambdascope.store.Table.Item;
import io.lambdascope.store.Table.Key;
import io.lambdascope.store.Table.Write;
import io.lambdascope.store.TableLimits;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/// Items and writes as DynamoDB spells them.
final class DynamoItems {
    private DynamoItems() {}

    static Map<String, AttributeValue> of(Key key) {
        return Map.of(
                TableLimits.PARTITION, AttributeValue.fromS(key.partition()),
                TableLimits.SORT, AttributeValue.fromS(key.sort()));
    }

    static Map<String, AttributeValue> of(Item item) {
        Map<String, AttributeValue> values = new HashMap<>(of(item.key()));
        item.attributes().forEach((name, attribute) -> values.put(name, of(attribute)));
        if (item.expiresAtSeconds() != 0) {
            values.put(TableLimits.EXPIRES, number(item.expiresAtSeconds()));
        }
        return values;
    }

    private static AttributeValue of(Attribute attribute) {
        return switch (attribute) {
            case Attribute.Text(String value) -> AttributeValue.fromS(value);
            case Attribute.Number(long value) -> number(value);
            case Attribute.Bytes(byte[] value) -> AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(value));
        };
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    static Item toItem(Map<String, AttributeValue> values) {
        Map<String, Attribute> attributes = new HashMap<>();
        long expires = 0;
        Key key = new Key(textOf(values, TableLimits.PARTITION), textOf(values, TableLimits.SORT));
        for (Map.Entry<String, AttributeValue> entry : values.entrySet()) {
            switch (entry.getKey()) {
                case TableLimits.PARTITION, TableLimits.SORT -> {}
                case TableLimits.EXPIRES ->
                    expires = toLong(key, entry.getValue().n());
                default -> attributes.put(entry.getKey(), toAttribute(key, entry.getKey(), entry.getValue()));
            }
        }
        return new Item(key, attributes, expires);
    }

    private static String textOf(Map<String, AttributeValue> values, String name) {
        AttributeValue value = values.get(name);
        if (value == null || value.s() == null) {
            throw Fault.corrupt("an item has no text attribute \"%s\"", name);
        }
        return value.s();
    }

    private static Attribute toAttribute(Key key, String name, AttributeValue value) {
        return switch (value.type()) {
            case S -> new Attribute.Text(value.s());
            case N -> new Attribute.Number(toLong(key, value.n()));
            case B -> new Attribute.Bytes(value.b().asByteArrayUnsafe());
            default ->
                throw Fault.corrupt(
                        "item %s / %s has attribute \"%s\" of type %s, which we never write",
                        key.partition(), key.sort(), name, value.type());
        };
    }

    private static long toLong(Key key, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw Fault.corrupt("item %s / %s has number %s, which is no long", key.partition(), key.sort(), text);
        }
    }

    static TransactWriteItem toWrite(String table, Write write) {
        return switch (write) {
            case Write.Create(Item item) ->
                put(
                        Put.builder()
                                .conditionExpression("attribute_not_exists(#part)")
                                .expressionAttributeNames(Map.of("#part", TableLimits.PARTITION)),
                        table,
                        item);
            case Write.Put(Item item) -> put(Put.builder(), table, item);
            case Write.Replace(Item item, String name, long expected) ->
                put(
                        Put.builder()
                                .conditionExpression(
                                        expected == 0 ? "attribute_not_exists(#part) OR #n = :n" : "#n = :n")
                                .expressionAttributeNames(
                                        expected == 0
                                                ? Map.of("#part", TableLimits.PARTITION, "#n", name)
                                                : Map.of("#n", name))
                                .expressionAttributeValues(Map.of(":n", number(expected))),
                        table,
                        item);
            case Write.Update update -> update(table, update);
            case Write.Delete(Key key) ->
                TransactWriteItem.builder()
                        .delete(delete -> delete.tableName(table).key(of(key)))
                        .build();
        };
    }

    private static TransactWriteItem put(Put.Builder put, String table, Item item) {
        return TransactWriteItem.builder()
                .put(put.tableName(table).item(of(item)).build())
                .build();
    }

    private static TransactWriteItem update(String table, Write.Update write) {
        Map<String, String> names = new HashMap<>(Map.of("#part", TableLimits.PARTITION, "#x", TableLimits.EXPIRES));
        Map<String, AttributeValue> values = new HashMap<>();
        StringBuilder set = new StringBuilder();
        write.attributes().forEach((name, attribute) -> {
            int i = values.size();
            names.put("#a" + i, name);
            values.put(":a" + i, of(attribute));
            set.append(set.isEmpty() ? "SET " : ", ").append("#a%d = :a%d".formatted(i, i));
        });
        if (write.expiresAtSeconds() == 0) {
            set.append(" REMOVE #x");
        } else {
            values.put(":x", number(write.expiresAtSeconds()));
            set.append(set.isEmpty() ? "SET " : ", ").append("#x = :x");
        }
        Update.Builder update = Update.builder()
                .tableName(table)
                .key(of(write.key()))
                .conditionExpression("attribute_exists(#part)")
                .updateExpression(set.toString().strip())
                .expressionAttributeNames(names);
        if (!values.isEmpty()) {
            update.expressionAttributeValues(values);
        }
        return TransactWriteItem.builder().update(update.build()).build();
    }
}

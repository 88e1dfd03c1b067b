package io.lambdascope.wire.otlp.logs;

import static io.lambdascope.wire.ProtoReader.LENGTH;

import io.lambdascope.fault.Fault;
import io.lambdascope.labels.LabelText;
import io.lambdascope.limits.AttributeRule.Action;
import io.lambdascope.model.SymbolTable;
import io.lambdascope.wire.ProtoReader;
import io.lambdascope.wire.otlp.AnyValueText;
import io.lambdascope.wire.otlp.Attribute;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads the attributes (`KeyValue`s) of resources, of scopes or of log records into labels and structured metadata.
/// A map is an attribute for each of its entries, called `map_entry`; other values are as [AnyValueText] writes them.
/// Attributes without a value are left out.
final class LogAttributes {
    private static final int KEY = 1 << 3 | LENGTH;
    private static final int VALUE = 2 << 3 | LENGTH;
    private static final int MAP_ENTRY = 1 << 3 | LENGTH;

    private static final int MAX_DEPTH = 64;

    /// Of the name of an entry of a map, with the names of the maps that it is in: each entry has it whole.
    private static final int MAX_NAME_BYTES = 1 << 12;

    private final ProtoReader in;
    private final SymbolTable symbols;
    private final Function<String, Action> actions;

    private final SymbolTable keys = new SymbolTable();
    /// by key: the symbol of the name that it becomes + 1
    private int[] names = new int[64];
    private @Nullable Action[] actionOf = new Action[64];

    private final SymbolPairs labels = new SymbolPairs();
    private final SymbolPairs metadata = new SymbolPairs();
    private int count;

    /// @param symbols of the batch
    /// @param actions what becomes of an attribute with this key
    LogAttributes(ProtoReader in, SymbolTable symbols, Function<String, Action> actions) {
        this.in = in;
        this.symbols = symbols;
        this.actions = actions;
    }

    /// Forgets those that were read.
    void clear() {
        labels.clear();
        metadata.clear();
        count = 0;
    }

    /// Those that become labels of the stream.
    SymbolPairs labels() {
        return labels;
    }

    /// Those that become structured metadata.
    SymbolPairs metadata() {
        return metadata;
    }

    /// Reads the one that begins here.
    ///
    /// @throws Fault BAD_REQUEST if it is one too many, or nested too deeply
    void read() {
        int outer = in.enter();
        int key = -1;
        int value = -1;
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case KEY -> {
                    int length = in.length();
                    in.skip(length);
                    key = keys.intern(in.bytes(), in.position() - length, length);
                }
                case VALUE -> {
                    value = in.position();
                    in.skip(in.length());
                }
                default -> in.skipField(tag);
            }
        }
        if (key >= 0 && keys.length(key) > 0 && value >= 0) {
            Action action = actionOf(key);
            if (action != Action.DROP) {
                in.moveTo(value);
                readValue(key, action == Action.INDEX_LABEL ? labels : metadata, 0);
            }
        }
        in.leave(outer);
    }

    /// Reads the `AnyValue` that begins here.
    private void readValue(int key, SymbolPairs target, int depth) {
        if (depth > MAX_DEPTH) {
            throw Fault.badRequest("attribute values are nested more than %d deep", MAX_DEPTH);
        }
        int outer = in.enter();
        int from = in.position();
        int tag = in.tag();
        if (tag == AnyValueText.MAP) {
            readMap(key, target, depth);
        } else if (tag == AnyValueText.STRING) {
            int length = in.length();
            in.skip(length);
            add(key, symbols.intern(in.bytes(), in.position() - length, length), target);
        } else if (tag != 0) {
            in.moveTo(from);
            add(key, symbols.intern(AnyValueText.of(in)), target);
        }
        in.leave(outer);
    }

    private void readMap(int key, SymbolPairs target, int depth) {
        int outer = in.enter();
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            if (tag == MAP_ENTRY) {
                readEntry(key, target, depth);
            } else {
                in.skipField(tag);
            }
        }
        in.leave(outer);
    }

    private void readEntry(int map, SymbolPairs target, int depth) {
        int outer = in.enter();
        String name = "";
        int value = -1;
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case KEY -> name = in.text();
                case VALUE -> {
                    value = in.position();
                    in.skip(in.length());
                }
                default -> in.skipField(tag);
            }
        }
        if (value >= 0) {
            in.moveTo(value);
            readValue(nested(map, name), target, depth + 1);
        }
        in.leave(outer);
    }

    private int nested(int map, String name) {
        byte[] entry = name.getBytes(StandardCharsets.UTF_8);
        int length = keys.length(map) + 1 + entry.length;
        if (length > MAX_NAME_BYTES) {
            throw Fault.badRequest(
                    "an entry of a map among the attributes has a name of %d bytes with those of its maps, at most %d"
                            + " are read",
                    length, MAX_NAME_BYTES);
        }
        byte[] joined = Arrays.copyOfRange(keys.bytes(), keys.start(map), keys.start(map) + length);
        joined[keys.length(map)] = '_';
        System.arraycopy(entry, 0, joined, keys.length(map) + 1, entry.length);
        return keys.intern(joined, 0, length);
    }

    private void add(int key, int value, SymbolPairs target) {
        if (symbols.length(value) > 0) {
            Attribute.checkCount(count++);
            target.add(nameOf(key), value);
        }
    }

    private Action actionOf(int key) {
        if (key >= actionOf.length) {
            actionOf = Arrays.copyOf(actionOf, Math.max(key + 1, 2 * actionOf.length));
        }
        Action action = actionOf[key];
        if (action == null) {
            action = actions.apply(keys.text(key));
            actionOf[key] = action;
        }
        return action;
    }

    private int nameOf(int key) {
        if (key >= names.length) {
            names = Arrays.copyOf(names, Math.max(key + 1, 2 * names.length));
        }
        if (names[key] == 0) {
            names[key] = 1 + symbols.intern(LabelText.escapeName(keys.text(key)));
        }
        return names[key] - 1;
    }
}

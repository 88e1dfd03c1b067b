package io.lambdascope.exec.logs.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Label names for the names of fields in lines: letters, digits and underscores of ASCII, each other character
/// an underscore, not beginning with a digit. Names of fields within fields are joined with underscores. Found by
/// the bytes of the field, without making anything the second time.
final class FieldNames {
    /// More than telemetry has; a line of random keys brings as many as it likes.
    private static final int MAX_FIELDS = 50_000;

    private final LineLabels labels;
    private final Needs needs;
    private @Nullable Field[] table = new Field[256];
    private int size;
    private int generation;
    private Field root;

    FieldNames(LineLabels labels, Needs needs) {
        this.labels = labels;
        this.needs = needs;
        this.root = new Field(null, new byte[0], "", 0);
    }

    /// What holds all fields. Valid, as every field, until the next call.
    Field root() {
        if (generation != labels.generation() || size > MAX_FIELDS) {
            generation = labels.generation();
            table = new Field[256];
            size = 0;
            root = new Field(null, new byte[0], "", 0);
        }
        return root;
    }

    /// The field of the name `bytes[from, to)` within `parent`.
    Field within(Field parent, byte[] bytes, int from, int to) {
        int hash = parent.hash;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        hash = 31 * hash + 1;
        int mixed = hash ^ hash >>> 16;
        for (Field field = table[mixed & table.length - 1]; field != null; field = field.next) {
            if (field.hash == hash
                    && field.parent == parent
                    && Arrays.equals(field.raw, 0, field.raw.length, bytes, from, to)) {
                return field;
            }
        }
        byte[] raw = Arrays.copyOfRange(bytes, from, to);
        Field field =
                new Field(parent, raw, joined(parent.joined, new String(raw, StandardCharsets.UTF_8).strip()), hash);
        if (size <= MAX_FIELDS) {
            if (++size > table.length) {
                grow();
            }
            put(field);
        }
        return field;
    }

    private void put(Field field) {
        int slot = (field.hash ^ field.hash >>> 16) & table.length - 1;
        field.next = table[slot];
        table[slot] = field;
    }

    private void grow() {
        Field[] old = table;
        table = new Field[2 * old.length];
        for (Field chain : old) {
            while (chain != null) {
                Field next = chain.next;
                put(chain);
                chain = next;
            }
        }
    }

    private static String joined(String before, String name) {
        if (name.isEmpty()) {
            return before;
        }
        StringBuilder joined = new StringBuilder(before);
        if (!before.isEmpty()) {
            joined.append('_');
        } else if (name.charAt(0) >= '0' && name.charAt(0) <= '9') {
            joined.append('_');
        }
        name.codePoints()
                .forEach(c -> joined.append(
                        c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' ? (char) c : '_'));
        return joined.toString();
    }

    /// Files the value of a field, unless it is of no use or one was found before.
    boolean file(Field field, String value) {
        if (!field.mayBeOfUse() || labels.areFull()) {
            return false;
        }
        LabelName name = labels.filedAs(field.label());
        if (!needs.has(name.name) || !labels.find(name)) {
            return false;
        }
        labels.set(name, value);
        return true;
    }

    /// A field, and what it is called as a label.
    final class Field {
        private final @Nullable Field parent;
        private final byte[] raw;
        private final String joined;
        private final int hash;
        private final boolean ofUse;
        private final boolean holdsUseful;
        private @Nullable LabelName label;
        private @Nullable Field next;

        private Field(@Nullable Field parent, byte[] raw, String joined, int hash) {
            this.parent = parent;
            this.raw = raw;
            this.joined = joined;
            this.hash = hash;
            this.ofUse = needs.has(joined) || needs.has(joined + LabelName.EXTRACTED);
            this.holdsUseful = needs.hasBelow(joined.isEmpty() ? "" : joined + "_");
        }

        boolean hasName() {
            return !joined.isEmpty();
        }

        /// Whether its value may be of use.
        boolean mayBeOfUse() {
            return ofUse;
        }

        /// Whether the value of a field inside may be of use.
        boolean mayHoldUseful() {
            return holdsUseful;
        }

        LabelName label() {
            LabelName made = label;
            if (made == null) {
                made = labels.name(joined);
                label = made;
            }
            return made;
        }
    }
}

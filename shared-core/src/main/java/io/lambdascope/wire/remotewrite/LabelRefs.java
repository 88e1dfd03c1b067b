package io.lambdascope.wire.remotewrite;

import static io.lambdascope.wire.ProtoReader.VARINT;

import io.lambdascope.wire.ProtoReader;
import java.util.Arrays;

/// References to symbols in the order they came: name, value, name, value … if the sender keeps the rules.
final class LabelRefs {
    private int[] refs = new int[64];
    private int size;

    void clear() {
        size = 0;
    }

    /// Adds those of one field, packed or not.
    void read(ProtoReader in, int tag) {
        if (tag % 8 == VARINT) {
            add(in.varint());
            return;
        }
        int outer = in.enter();
        while (in.position() < in.end()) {
            add(in.varint());
        }
        in.leave(outer);
    }

    /// @param ref unsigned; what is more than a table can hold stays out of the range of each
    void add(long ref) {
        if (size == refs.length) {
            refs = Arrays.copyOf(refs, 2 * size);
        }
        refs[size++] = ref < 0 || ref > Integer.MAX_VALUE ? Integer.MAX_VALUE : (int) ref;
    }

    int size() {
        return size;
    }

    int get(int index) {
        return refs[index];
    }

    /// The largest of them, -1 if there is none.
    int highest() {
        int highest = -1;
        for (int i = 0; i < size; i++) {
            highest = Math.max(highest, refs[i]);
        }
        return highest;
    }
}

package io.lambdascope.wire.remotewrite;

import static io.lambdascope.wire.ProtoReader.LENGTH;

import io.lambdascope.fault.Fault;
import io.lambdascope.labels.Labels;
import io.lambdascope.model.SymbolTable;
import io.lambdascope.wire.ProtoReader;
import java.util.Arrays;

/// The strings of a remote write 2.0 request by their index, as symbols of the batch that the request becomes.
final class RequestSymbols {
    private static final int SYMBOLS = 4 << 3 | LENGTH;

    private final SymbolTable table;
    private int[] numbers = new int[256];
    private int size;

    private RequestSymbols(SymbolTable table) {
        this.table = table;
    }

    /// Enters the symbols of `message` into `table`. They may stand before, between and behind the series.
    ///
    /// @throws Fault BAD_REQUEST if there are none although the message says something, or if the first is not the
    ///     empty string, which stands for what is absent
    static RequestSymbols read(byte[] message, SymbolTable table) {
        RequestSymbols symbols = new RequestSymbols(table);
        ProtoReader in = new ProtoReader(message);
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            if (tag == SYMBOLS) {
                int length = in.length();
                symbols.add(message, in.position(), length);
                in.skip(length);
            } else {
                in.skipField(tag);
            }
        }
        if (symbols.size == 0 && message.length > 0) {
            throw Fault.badRequest("body is no io.prometheus.write.v2.Request: it has no symbols");
        }
        return symbols;
    }

    private void add(byte[] message, int from, int length) {
        if (size == 0 && length > 0) {
            throw Fault.badRequest("the first symbol must be the empty string, it has %d bytes", length);
        }
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * size);
        }
        numbers[size++] = table.intern(message, from, length);
    }

    int size() {
        return size;
    }

    /// The number of symbol `ref` in the table.
    int number(int ref) {
        return numbers[ref];
    }

    String text(int ref) {
        return table.text(numbers[ref]);
    }

    /// The number in the table of the metric name among `labels`, or -1 if they have none.
    int metricName(LabelRefs labels) {
        int label = table.find(Labels.NAME);
        for (int i = 0; i < labels.size(); i += 2) {
            int value = number(labels.get(i + 1));
            if (number(labels.get(i)) == label && table.length(value) > 0) {
                return value;
            }
        }
        return -1;
    }

    /// Labels from `refs`, which are pairs.
    Labels labels(LabelRefs refs) {
        Labels.Builder labels = new Labels.Builder();
        for (int i = 0; i < refs.size(); i += 2) {
            labels.set(text(refs.get(i)), text(refs.get(i + 1)));
        }
        return labels.build();
    }
}

package io.lambdascope.head;

import io.lambdascope.model.SymbolTable;

/// Numbers the symbols of a table anew in the order in which a segment names them, so that what nobody names is left
/// out and the next new one needs no number at all.
public final class SymbolNumbers {
    private final SymbolTable symbols;
    /// by symbol: its number + 1
    private final int[] numbers;
    private final int[] order;
    private int size;

    public SymbolNumbers(SymbolTable symbols) {
        this.symbols = symbols;
        this.numbers = new int[symbols.size()];
        this.order = new int[symbols.size()];
    }

    /// How many symbols have a number.
    public int size() {
        return size;
    }

    /// The number of `symbol`, given now if it has none: then it is what [#size] was before.
    public int of(int symbol) {
        int number = numbers[symbol];
        if (number == 0) {
            order[size++] = symbol;
            number = size;
            numbers[symbol] = number;
        }
        return number - 1;
    }

    /// Two columns: lengths, and bytes.
    public void writeTo(ColumnWriter payload) {
        ColumnWriter lengths = new ColumnWriter(size + 16);
        ColumnWriter texts = new ColumnWriter(16 * size);
        for (int i = 0; i < size; i++) {
            int symbol = order[i];
            lengths.varint(symbols.length(symbol));
            texts.bytes(symbols.bytes(), symbols.start(symbol), symbols.length(symbol));
        }
        payload.column(lengths);
        payload.column(texts);
    }

    /// Reads what [#writeTo] wrote into `into`.
    ///
    /// @return the symbol in `into` of each number
    public static int[] read(ColumnReader payload, int count, SymbolTable into) {
        ColumnReader lengths = payload.column();
        ColumnReader texts = payload.column();
        int[] symbols = new int[count];
        for (int i = 0; i < count; i++) {
            int length = lengths.count(texts.remaining());
            symbols[i] = into.intern(texts.array(), texts.position(), length);
            texts.skip(length);
        }
        return symbols;
    }
}

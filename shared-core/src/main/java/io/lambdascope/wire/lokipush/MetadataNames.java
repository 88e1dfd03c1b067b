package io.lambdascope.wire.lokipush;

import io.lambdascope.labels.LabelText;
import io.lambdascope.model.SymbolTable;
import java.util.Arrays;

/// Names of structured metadata as LogQL can ask for them: what is no label name becomes one.
final class MetadataNames {
    private final SymbolTable symbols;
    /// by symbol: the symbol of the name that it becomes + 1, 0 if nobody asked yet
    private int[] names = new int[256];

    MetadataNames(SymbolTable symbols) {
        this.symbols = symbols;
    }

    /// The symbol of the name that `symbol` becomes.
    int of(int symbol) {
        if (symbol >= names.length) {
            names = Arrays.copyOf(names, Math.max(symbol + 1, 2 * names.length));
        }
        if (names[symbol] == 0) {
            String name = symbols.text(symbol);
            names[symbol] =
                    1 + (LabelText.isPlainLabelName(name) ? symbol : symbols.intern(LabelText.escapeName(name)));
        }
        return names[symbol] - 1;
    }
}

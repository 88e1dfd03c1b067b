package io.lambdascope.ingest.logs;

import io.lambdascope.labels.Labels;
import io.lambdascope.limits.LogsLimits;
import io.lambdascope.limits.TenantLimits;
import io.lambdascope.model.LabelSets;
import io.lambdascope.model.SymbolTable;
import io.lambdascope.model.logs.LogsBatch;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Gives entries the structured metadata `detected_level`.
final class Levels {
    private final LogsBatch batch;
    private final SymbolTable symbols;
    private final LevelDetector detector = new LevelDetector();
    private final UnaryOperator<@Nullable String> metadata = this::metadata;
    /// by name: its symbol, -1 if the batch does not have it
    private final Map<String, Integer> names = new HashMap<>();
    private int entry;

    private Levels(LogsBatch batch) {
        this.batch = batch;
        this.symbols = batch.symbols();
    }

    /// Tenants that take no structured metadata get none from us either.
    static void detect(LogsBatch batch, TenantLimits limits) {
        if (limits.get(LogsLimits.DISCOVER_LOG_LEVELS) && limits.get(LogsLimits.ALLOW_STRUCTURED_METADATA)) {
            new Levels(batch).run();
        }
    }

    private void run() {
        int[] found = new int[batch.entryCount()];
        for (int stream = 0; stream < batch.streamCount(); stream++) {
            Labels labels = batch.streams().labels(stream);
            for (entry = batch.entryStart(stream); entry < batch.entryEnd(stream); entry++) {
                String level =
                        detector.detect(labels, metadata, batch.lines(), batch.lineStart(entry), batch.lineEnd(entry));
                found[entry] = symbols.intern(level);
            }
        }
        batch.metadata().put(symbols.intern(LevelDetector.LABEL), found);
    }

    private @Nullable String metadata(String name) {
        LabelSets sets = batch.metadata();
        if (sets.start(entry) == sets.end(entry)) {
            return null;
        }
        int symbol = names.computeIfAbsent(name, symbols::find);
        int value = symbol < 0 ? -1 : sets.value(entry, symbol);
        return value < 0 ? null : symbols.text(value);
    }
}

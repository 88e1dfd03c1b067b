package io.lambdascope.ingest.logs;

import io.lambdascope.fault.Rejections;
import io.lambdascope.labels.LabelText;
import io.lambdascope.limits.LogsLimits;
import io.lambdascope.limits.TenantLimits;
import io.lambdascope.model.LabelSets;
import io.lambdascope.model.SymbolTable;
import io.lambdascope.model.logs.LogsBatch;
import io.lambdascope.model.logs.ServiceName;
import java.util.function.Supplier;

/// What the labels of a stream must be. Ids and texts of what breaks a rule are Loki's.
final class StreamRules {
    private static final int UNKNOWN = 0;
    private static final int GOOD = 1;
    private static final int BAD = 2;

    private final LabelSets streams;
    private final SymbolTable symbols;
    private final Rejections rejections;
    private final long maxNames;
    private final long maxNameLength;
    private final long maxValueLength;
    private final int serviceName;
    /// by symbol: whether it is a name
    private final byte[] names;

    StreamRules(LogsBatch batch, TenantLimits limits, Rejections rejections) {
        this.streams = batch.streams();
        this.symbols = batch.symbols();
        this.rejections = rejections;
        this.maxNames = limits.get(LogsLimits.MAX_LABEL_NAMES_PER_SERIES);
        this.maxNameLength = limits.get(LogsLimits.MAX_LABEL_NAME_LENGTH);
        this.maxValueLength = limits.get(LogsLimits.MAX_LABEL_VALUE_LENGTH);
        this.serviceName = symbols.find(ServiceName.LABEL);
        this.names = new byte[symbols.size()];
    }

    /// @param entries how many the stream has, all of which are refused with it
    boolean accepts(int stream, int entries) {
        int from = streams.start(stream);
        int to = streams.end(stream);
        if (from == to) {
            return reject("missing_labels", entries, () -> "error at least one label pair is required per stream");
        }
        int count = 0;
        int[] pairs = streams.pairs();
        for (int at = from; at < to; at += 2) {
            int name = pairs[at];
            int value = pairs[at + 1];
            count += name == serviceName ? 0 : 1;
            if (!isName(name)) {
                return reject(
                        "invalid_labels",
                        entries,
                        () -> "error parsing labels '%s' with error: \"%s\" is no label name"
                                .formatted(quote(stream), shown(name)));
            }
            if (symbols.length(name) > maxNameLength) {
                return reject(
                        "label_name_too_long",
                        entries,
                        () -> "stream '%s' has label name too long: '%s'".formatted(quote(stream), shown(name)));
            }
            if (symbols.length(value) > maxValueLength) {
                return reject(
                        "label_value_too_long",
                        entries,
                        () -> "stream '%s' has label value too long: '%s'".formatted(quote(stream), shown(value)));
            }
        }
        if (count > maxNames) {
            int named = count;
            return reject(
                    "max_label_names_per_series",
                    entries,
                    () -> "entry for stream '%s' has %d label names; limit %d"
                            .formatted(quote(stream), named, maxNames));
        }
        return true;
    }

    private boolean isName(int symbol) {
        if (names[symbol] == UNKNOWN) {
            names[symbol] = (byte) (LabelText.isPlainLabelName(symbols.text(symbol)) ? GOOD : BAD);
        }
        return names[symbol] == GOOD;
    }

    private boolean reject(String id, int entries, Supplier<String> text) {
        rejections.add(id, entries, text);
        return false;
    }

    private String quote(int stream) {
        return streams.quote(stream);
    }

    private String shown(int symbol) {
        return Rejections.shorten(symbols.text(symbol));
    }
}

package io.lambdascope.wire.remotewrite;

import static io.lambdascope.wire.ProtoReader.VARINT;

import io.lambdascope.model.metrics.MetricMetadata;
import io.lambdascope.model.metrics.MetricMetadata.Type;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.wire.ProtoReader;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The metadata that a 2.0 request has with each of its series, which all series of a family repeat: the batch gets it
/// once.
final class SeriesMetadata {
    private final MetricsBatch batch;
    private final RequestSymbols symbols;
    private final DecodedObjects objects;
    private final Set<MetricMetadata> added = new HashSet<>();

    /// by number of a metric name in the batch's table: what was said of it last; empty until something is said
    private @Nullable MetricMetadata[] lastOfName = {};

    private final LabelRefs refs = new LabelRefs();
    private Type type = Type.UNKNOWN;

    SeriesMetadata(MetricsBatch batch, RequestSymbols symbols, DecodedObjects objects) {
        this.batch = batch;
        this.symbols = symbols;
        this.objects = objects;
    }

    void clear() {
        refs.clear();
    }

    /// Reads what the series begun last says.
    void read(ProtoReader in) {
        int outer = in.enter();
        type = Type.UNKNOWN;
        long help = 0;
        long unit = 0;
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case 1 << 3 | VARINT -> type = Type.ofCode((int) in.varint());
                case 3 << 3 | VARINT -> help = in.varint();
                case 4 << 3 | VARINT -> unit = in.varint();
                default -> in.skipField(tag);
            }
        }
        in.leave(outer);
        refs.clear();
        refs.add(help);
        refs.add(unit);
    }

    /// Help and unit, or nothing where the series has no metadata.
    LabelRefs refs() {
        return refs;
    }

    /// Adds what the series with `labels` said, unless it is nothing or is known already.
    void addFor(LabelRefs labels) {
        if (refs.size() == 0) {
            return;
        }
        String help = symbols.text(refs.get(0));
        String unit = symbols.text(refs.get(1));
        int name = symbols.metricName(labels);
        if (name < 0 || type == Type.UNKNOWN && help.isEmpty() && unit.isEmpty()) {
            return;
        }
        if (lastOfName.length == 0) {
            lastOfName = new MetricMetadata[batch.symbols().size()];
        }
        MetricMetadata last = lastOfName[name];
        if (last != null
                && last.type() == type
                && last.help().equals(help)
                && last.unit().equals(unit)) {
            return;
        }
        String family = MetricFamily.of(batch.symbols().text(name), type);
        MetricMetadata item = new MetricMetadata(family, type, help, unit);
        lastOfName[name] = item;
        if (added.add(item)) {
            objects.add();
            batch.addMetadata(item);
        }
    }
}

package io.lambdascope.query;

import io.lambdascope.labels.Labels;
import io.lambdascope.source.logs.StreamSummary;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/// What there is to ask LogQL for: streams, of which no line is read. Every method may fail with a
/// [io.lambdascope.fault.Fault]: OVER_LIMIT, TIMEOUT, UNAVAILABLE, CORRUPT_DATA.
@FunctionalInterface
public interface LogStreams {
    /// Passes on what every unit knows of the streams that are asked for: a stream comes once for each unit and
    /// selector. The limit of the request does not count.
    void forEach(SeriesRequest request, Consumer<StreamSummary> consumer);

    /// In the order of their labels, each once.
    default SortedSet<Labels> streams(SeriesRequest request) {
        BoundedSet<Labels> found = new BoundedSet<>(request.limit());
        forEach(request, stream -> found.add(stream.labels()));
        return found.items();
    }

    default SortedSet<String> labelNames(SeriesRequest request) {
        SortedSet<String> names = new TreeSet<>();
        forEach(request, stream -> stream.labels().forEach((name, _) -> names.add(name)));
        return names;
    }

    /// @param name of the label
    default SortedSet<String> labelValues(String name, SeriesRequest request) {
        BoundedSet<String> values = new BoundedSet<>(request.limit());
        forEach(request, stream -> {
            if (stream.labels().has(name)) {
                values.add(stream.labels().get(name));
            }
        });
        return values.items();
    }
}

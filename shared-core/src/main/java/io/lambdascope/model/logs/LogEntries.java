package io.lambdascope.model.logs;

import io.lambdascope.labels.Labels;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// Entries of one stream on their way out, oldest first, as columns: times, lines, structured metadata. Whoever made
/// them says how long the arrays keep their contents.
///
/// Lines lie one behind the other, so that all of them can be searched at once: line `i` is
/// `lines[lineStarts[i], lineStarts[i + 1])`.
///
/// @param size how many entries
/// @param times nanoseconds since the Unix epoch, ascending, at least `size` of them
/// @param lines bytes of the lines, UTF-8; of no meaning where lines were not asked for
/// @param lineStarts at least `size + 1`; all the same where lines were not asked for
/// @param metadata the columns of structured metadata that were asked for and that at least one entry has, by name
public record LogEntries(int size, long[] times, byte[] lines, int[] lineStarts, List<MetadataColumn> metadata) {
    /// Texts by number. Texts are made when asked for and kept.
    public interface Texts {
        String get(int number);

        int size();
    }

    /// One key of structured metadata.
    ///
    /// @param numbers for each entry the number of its value in `values`, -1 if it has none; equal numbers mean
    ///     equal values, different numbers may too
    public record MetadataColumn(String name, int[] numbers, Texts values) {
        /// The value of `entry`, or the empty string where it has none.
        public String value(int entry) {
            int number = numbers[entry];
            return number < 0 ? "" : values.get(number);
        }

        public boolean has(int entry) {
            return numbers[entry] >= 0;
        }
    }

    /// The same in arrays of its own, which keep their contents.
    public LogEntries copy() {
        int first = lineStarts[0];
        int[] starts = new int[size + 1];
        for (int i = 0; i <= size; i++) {
            starts[i] = lineStarts[i] - first;
        }
        List<MetadataColumn> columns = metadata.stream()
                .map(column -> new MetadataColumn(column.name, Arrays.copyOf(column.numbers, size), column.values))
                .toList();
        return new LogEntries(
                size, Arrays.copyOf(times, size), Arrays.copyOfRange(lines, first, lineStarts[size]), starts, columns);
    }

    public String line(int entry) {
        int from = lineStarts[entry];
        return new String(lines, from, lineStarts[entry + 1] - from, StandardCharsets.UTF_8);
    }

    /// How many bytes the line has.
    public int lineLength(int entry) {
        return lineStarts[entry + 1] - lineStarts[entry];
    }

    /// The structured metadata of `entry`, as far as it was asked for.
    public Labels metadataOf(int entry) {
        String[] pairs = new String[2 * metadata.size()];
        int n = 0;
        for (MetadataColumn column : metadata) {
            if (column.has(entry)) {
                pairs[n++] = column.name();
                pairs[n++] = column.value(entry);
            }
        }
        return Labels.ofSorted(n == pairs.length ? pairs : Arrays.copyOf(pairs, n));
    }
}

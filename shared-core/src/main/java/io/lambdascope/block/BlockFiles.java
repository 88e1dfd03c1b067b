package io.lambdascope.block;

import io.lambdascope.source.Unit;
import io.lambdascope.store.ObjectStore;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.schema.MessageType;

/// The tables of one block while it is written: on local disk first, then, at [#finish], in the object store.
public final class BlockFiles implements Closeable {
    private final ObjectStore store;
    private final String prefix;
    private final Path scratch;
    private final String format;
    private final List<Path> files = new ArrayList<>();
    private final List<TableWriter> writers = new ArrayList<>();

    /// @param prefix under which the block's objects go, ends in `/`; never used before
    /// @param scratch an existing directory for files, which are deleted at [#close]
    /// @param format what [TableReader#format] will say
    public BlockFiles(ObjectStore store, String prefix, Path scratch, String format) {
        this.store = store;
        this.prefix = prefix;
        this.scratch = scratch;
        this.format = format;
    }

    /// Begins a table.
    ///
    /// @param name of its object below the prefix
    /// @param rowGroupBytes when the buffered row group reaches this, it is written
    public TableWriter newTable(
            String name, MessageType schema, ParquetProperties properties, int zstdLevel, long rowGroupBytes) {
        try {
            Path file = Files.createTempFile(scratch, "block", ".parquet");
            files.add(file);
            TableWriter writer = new TableWriter(file, name, schema, properties, zstdLevel, rowGroupBytes);
            writers.add(writer);
            return writer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends the tables and puts them where readers look for them. Whatever happens before this returns, no reader knows
    /// of them: the catalog does.
    public List<Unit.Table> finish() {
        List<Unit.Table> tables = new ArrayList<>();
        Map<String, String> keyValues = Map.of(TableReader.FORMAT_KEY, format);
        for (int i = 0; i < writers.size(); i++) {
            Unit.Table table = writers.get(i).finish(keyValues);
            store.put(prefix + table.name(), files.get(i));
            tables.add(table);
        }
        return tables;
    }

    /// Deletes the local files.
    @Override
    public void close() {
        try {
            for (TableWriter writer : writers) {
                writer.close();
            }
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

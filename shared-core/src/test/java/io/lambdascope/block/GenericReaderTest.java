package io.lambdascope.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.parquet.PlainReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A block of metrics is Parquet like any other: here parquet-java's own record assembly reads it, which knows nothing
/// of us.
class GenericReaderTest {
    @TempDir
    Path folder;

    private List<Group> records(String table) throws IOException {
        Path file = folder.resolve(table);
        try (InputStream in = GenericReaderTest.class.getResourceAsStream("/golden/metrics-block-v1/" + table)) {
            if (in == null) {
                throw new IOException("no golden " + table);
            }
            Files.copy(in, file);
        }
        List<Group> records = new ArrayList<>();
        try (ParquetFileReader reader =
                new ParquetFileReader(new LocalInputFile(file), PlainReadOptions.of(new ZstdCodecs(3)))) {
            MessageType schema = reader.getFileMetaData().getSchema();
            PageReadStore pages = reader.readNextRowGroup();
            while (pages != null) {
                RecordReader<Group> groups = new ColumnIOFactory()
                        .getColumnIO(schema)
                        .getRecordReader(pages, new GroupRecordConverter(schema));
                for (long row = 0; row < pages.getRowCount(); row++) {
                    records.add(groups.read());
                }
                pages = reader.readNextRowGroup();
            }
        }
        return records;
    }

    @Test
    void recordsHaveLabelsTimesAndCounts() throws IOException {
        List<Group> records = records("series.parquet");
        TreeSet<String> names = new TreeSet<>();
        for (Group row : records) {
            if (row.getFieldRepetitionCount("metric") == 1) {
                names.add(row.getString("metric", 0));
            }
            assertThat(row.getLong("min_time", 0)).isLessThanOrEqualTo(row.getLong("max_time", 0));
            assertThat(row.getInteger("samples", 0)).isPositive();
            assertThat(row.getBinary("values", 0).length()).isPositive();
        }
        assertThat(names).isNotEmpty().allMatch(name -> name.startsWith("metric_"));
        assertThat(records("exemplars.parquet")).isNotEmpty().allMatch(row -> row.getLong("time", 0) > 0);
        assertThat(records("metadata.parquet"))
                .isNotEmpty()
                .allMatch(row -> row.getString("family", 0).startsWith("metric_"));
    }
}
